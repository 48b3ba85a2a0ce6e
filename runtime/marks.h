/*
 * marks.h - where quotes, and bytes that need care, stand in a text: a bit for each byte.
 */
#ifndef MOT_RUNTIME_MARKS_H
#define MOT_RUNTIME_MARKS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { MARKS_PIECE = 64 << 10, MARKS_WORDS = MARKS_PIECE / 64 };

/* Bit i % 64 of word i / 64 stands for byte i.  Behind the last byte all bits of a word are set, so that no
 * search goes on beyond. */
typedef struct Marks {
  uint64_t quotes[MARKS_WORDS + 2];
  uint64_t others[MARKS_WORDS + 2]; /* backslashes, control characters, what is not ASCII */
} Marks;

/* Marks `words` times 64 bytes. */
typedef void (*MarksFinder)(const char *text, size_t words, Marks *marks);
/* The one that suits the processor best. */
MarksFinder marks_finder(void);
/* Those that any processor, of its kind, has; for tests.  NULL: there are no more. */
MarksFinder marks_finder_any(unsigned number);

/* Marks `size` bytes, at most MARKS_PIECE; 63 more must be readable. */
static inline void marks_find(MarksFinder finder, const char *text, size_t size, Marks *marks)
{
  size_t words = (size + 63) / 64;
  finder(text, words, marks);
  memset(&marks->quotes[words], 0xff, 2 * sizeof *marks->quotes);
  memset(&marks->others[words], 0xff, 2 * sizeof *marks->others);
}

/* Takes the mark of a byte away. */
static inline void marks_clear(uint64_t *bits, size_t at)
{
  bits[at / 64] &= ~(UINT64_C(1) << at % 64);
}

/* The first mark at or behind a place: 8 bytes of bits are looked at from that of the place on. */
static inline size_t marks_next(const uint64_t *bits, size_t at)
{
  uint64_t word;
  memcpy(&word, (const char *)bits + at / 8, sizeof word);
  word >>= at % 8;
  if (__builtin_expect(word != 0, 1)) return at + (size_t)__builtin_ctzll(word);
  size_t i = at / 64;
  word = bits[i] >> at % 64 << at % 64;
  while (word == 0) word = bits[++i];
  return i * 64 + (size_t)__builtin_ctzll(word);
}

#endif
