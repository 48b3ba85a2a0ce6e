/*
 * unpack.c - see unpack.h.
 */
#include "cli/unpack.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

enum { GZIP_WINDOW = 15 + 16 /* zlib: the largest window, gzip only */, UINT_PIECE = 1 << 30 };

struct Unpack {
  Packing packing;
  z_stream gzip;
  ZSTD_DStream *zstd;
  bool inside; /* of a member or frame */
};

typedef struct Signature {
  Packing packing;
  const char *name, *command;
  unsigned char size, bytes[PACKING_BYTES];
} Signature;

static const Signature signatures[] = {
  {PACKING_GZIP, "gzip", "gzip -dc", 2, {0x1f, 0x8b}},
  {PACKING_ZSTD, "zstd", "zstd -dc", 4, {0x28, 0xb5, 0x2f, 0xfd}},
  {PACKING_XZ, "xz", "xz -dc", 6, {0xfd, '7', 'z', 'X', 'Z', 0}},
  {PACKING_BZIP2, "bzip2", "bzip2 -dc", 4, {'B', 'Z', 'h', '1'}},
  {PACKING_ZIP, "zip", "unzip -p", 4, {'P', 'K', 3, 4}},
  {PACKING_LZ4, "lz4", "lz4 -dc", 4, {0x04, 0x22, 0x4d, 0x18}},
};

enum { SIGNATURES = sizeof signatures / sizeof *signatures };

static bool skippable_frame(const unsigned char *bytes, size_t size)
{
  return size >= 4 && (bytes[0] & 0xf0) == 0x50 && bytes[1] == 0x2a && bytes[2] == 0x4d && bytes[3] == 0x18;
}

Packing packing_of(const unsigned char *bytes, size_t size)
{
  if (skippable_frame(bytes, size)) return PACKING_ZSTD;
  for (int i = 0; i < SIGNATURES; i++) {
    const Signature *s = &signatures[i];
    size_t same = s->packing == PACKING_BZIP2 ? 3 : s->size; /* its fourth byte is a level */
    if (size >= s->size && memcmp(bytes, s->bytes, same) == 0) return s->packing;
  }
  return PACKING_NONE;
}

const char *packing_name(Packing packing)
{
  for (int i = 0; i < SIGNATURES; i++)
    if (signatures[i].packing == packing) return signatures[i].name;
  return "plain";
}

const char *packing_command(Packing packing)
{
  for (int i = 0; i < SIGNATURES; i++)
    if (signatures[i].packing == packing) return signatures[i].command;
  return "cat";
}

Unpack *unpack_new(Packing packing)
{
  Unpack *unpack = calloc(1, sizeof *unpack);
  if (!unpack) return NULL;
  unpack->packing = packing;
  if (packing == PACKING_GZIP ? inflateInit2(&unpack->gzip, GZIP_WINDOW) == Z_OK
                              : (unpack->zstd = ZSTD_createDStream()) != NULL)
    return unpack;
  free(unpack);
  return NULL;
}

void unpack_free(Unpack *unpack)
{
  if (!unpack) return;
  if (unpack->packing == PACKING_GZIP) inflateEnd(&unpack->gzip);
  ZSTD_freeDStream(unpack->zstd);
  free(unpack);
}

/* Between members: the next one, or the zeroes with which tapes are filled. */
static bool next_member(Unpack *unpack, const unsigned char **in, size_t *in_size, const char **ret_why)
{
  while (*in_size > 0 && **in == 0) {
    ++*in;
    --*in_size;
  }
  if (*in_size == 0) return true;
  if (**in != 0x1f) {
    *ret_why = "behind the end of the compressed data stands something else";
    return false;
  }
  inflateReset(&unpack->gzip);
  unpack->inside = true;
  return true;
}

static const char *gzip_trouble(const Unpack *unpack)
{
  if (unpack->gzip.msg) return unpack->gzip.msg;
  return "the compressed data are damaged";
}

static bool unpack_gzip(Unpack *unpack, const unsigned char **in, size_t *in_size, char *to, size_t room,
                        size_t *ret_size, const char **ret_why)
{
  z_stream *z = &unpack->gzip;
  *ret_size = 0;
  if (!unpack->inside && !next_member(unpack, in, in_size, ret_why)) return false;
  if (!unpack->inside) return true;
  z->next_in = (unsigned char *)(size_t)*in; /* zlib only reads there */
  z->avail_in = (uInt)(*in_size < UINT_PIECE ? *in_size : UINT_PIECE);
  z->next_out = (unsigned char *)to;
  z->avail_out = (uInt)(room < UINT_PIECE ? room : UINT_PIECE);
  uInt room_given = z->avail_out;
  int result = inflate(z, Z_NO_FLUSH);
  *ret_size = room_given - z->avail_out;
  *in_size -= (size_t)(z->next_in - *in);
  *in = z->next_in;
  if (result == Z_STREAM_END) unpack->inside = false;
  if (result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR) return true;
  *ret_why = gzip_trouble(unpack);
  return false;
}

static bool unpack_zstd(Unpack *unpack, const unsigned char **in, size_t *in_size, char *to, size_t room,
                        size_t *ret_size, const char **ret_why)
{
  ZSTD_inBuffer from = {*in, *in_size, 0};
  ZSTD_outBuffer out = {to, room, 0};
  *ret_size = 0;
  if (*in_size == 0 && !unpack->inside) return true;
  size_t result = ZSTD_decompressStream(unpack->zstd, &out, &from);
  *in += from.pos;
  *in_size -= from.pos;
  *ret_size = out.pos;
  if (ZSTD_isError(result)) {
    *ret_why = ZSTD_getErrorName(result);
    return false;
  }
  unpack->inside = result != 0;
  return true;
}

bool unpack_some(Unpack *unpack, const unsigned char **in, size_t *in_size, char *to, size_t room, size_t *ret_size,
                 const char **ret_why)
{
  return (unpack->packing == PACKING_GZIP ? unpack_gzip : unpack_zstd)(unpack, in, in_size, to, room, ret_size,
                                                                      ret_why);
}

bool unpack_complete(const Unpack *unpack)
{
  return !unpack->inside;
}
