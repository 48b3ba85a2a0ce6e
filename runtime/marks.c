/* marks.c - see marks.h. */
#include "runtime/marks.h"

#if defined __x86_64__
#include <immintrin.h>

static void find_16(const char *text, size_t words, Marks *marks)
{
  const __m128i quote = _mm_set1_epi8('"'), escape = _mm_set1_epi8('\\'), blank = _mm_set1_epi8(' ');
  for (size_t i = 0; i < words; i++) {
    uint64_t quotes = 0, others = 0;
    for (unsigned part = 0; part < 64; part += 16) {
      __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(text + 64 * i + part));
      __m128i other = _mm_or_si128(_mm_cmpeq_epi8(bytes, escape), _mm_cmplt_epi8(bytes, blank));
      quotes |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, quote)) << part;
      others |= (uint64_t)(unsigned)_mm_movemask_epi8(other) << part;
    }
    marks->quotes[i] = quotes;
    marks->others[i] = others;
  }
}

__attribute__((target("avx2"))) static void find_32(const char *text, size_t words, Marks *marks)
{
  const __m256i quote = _mm256_set1_epi8('"'), escape = _mm256_set1_epi8('\\'), blank = _mm256_set1_epi8(' ');
  for (size_t i = 0; i < words; i++) {
    uint64_t quotes = 0, others = 0;
    for (unsigned part = 0; part < 64; part += 32) {
      __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)(text + 64 * i + part));
      __m256i other = _mm256_or_si256(_mm256_cmpeq_epi8(bytes, escape), _mm256_cmpgt_epi8(blank, bytes));
      quotes |= (uint64_t)(unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, quote)) << part;
      others |= (uint64_t)(unsigned)_mm256_movemask_epi8(other) << part;
    }
    marks->quotes[i] = quotes;
    marks->others[i] = others;
  }
}

__attribute__((target("avx512bw"))) static void find_64(const char *text, size_t words, Marks *marks)
{
  const __m512i quote = _mm512_set1_epi8('"'), escape = _mm512_set1_epi8('\\'), blank = _mm512_set1_epi8(' ');
  for (size_t i = 0; i < words; i++) {
    __m512i bytes = _mm512_loadu_si512(text + 64 * i);
    marks->quotes[i] = _mm512_cmpeq_epi8_mask(bytes, quote);
    marks->others[i] = _mm512_cmpeq_epi8_mask(bytes, escape) | _mm512_cmplt_epi8_mask(bytes, blank);
  }
}

MarksFinder marks_finder_any(unsigned number)
{
  if (number == 0) return find_16;
  if (number == 1 && __builtin_cpu_supports("avx2")) return find_32;
  if (number == 2 && __builtin_cpu_supports("avx512bw")) return find_64;
  return NULL;
}

#else

/* Eight bytes of which some have their highest bit set and no other, as eight bits, the first one lowest. */
static uint64_t joined(uint64_t bytes)
{
  return (bytes >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

/* The highest bit of each byte that is zero; none carries into the next. */
static uint64_t zeroes(uint64_t bytes)
{
  const uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f);
  return ~(((bytes & low) + low) | bytes | low);
}

static void find_8(const char *text, size_t words, Marks *marks)
{
  const uint64_t ones = UINT64_C(0x0101010101010101);
  for (size_t i = 0; i < words; i++) {
    uint64_t quotes = 0, others = 0, bytes;
    for (unsigned part = 0; part < 64; part += 8) {
      memcpy(&bytes, text + 64 * i + part, sizeof bytes);
      uint64_t other = zeroes(bytes ^ ones * '\\') | zeroes(bytes & ones * 0xe0) | (bytes & ones * 0x80);
      quotes |= joined(zeroes(bytes ^ ones * '"')) << part;
      others |= joined(other) << part;
    }
    marks->quotes[i] = quotes;
    marks->others[i] = others;
  }
}

MarksFinder marks_finder_any(unsigned number)
{
  return number == 0 ? find_8 : NULL;
}
#endif

MarksFinder marks_finder(void)
{
  MarksFinder best = marks_finder_any(0);
  for (unsigned i = 1; i < 3; i++) {
    MarksFinder finder = marks_finder_any(i);
    if (finder) best = finder;
  }
  return best;
}
