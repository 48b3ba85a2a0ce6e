/*
 * unpack.h - compressed data: gzip and zstd, told by their first bytes; several members or frames one
 * behind the other are one text.
 */
#ifndef MOT_CLI_UNPACK_H
#define MOT_CLI_UNPACK_H

#include <stdbool.h>
#include <stddef.h>

typedef enum Packing {
  PACKING_NONE, PACKING_GZIP, PACKING_ZSTD,
  PACKING_XZ, PACKING_BZIP2, PACKING_ZIP, PACKING_LZ4 /* known, not unpacked */
} Packing;

/* How many first bytes packing_of wants to see. */
enum { PACKING_BYTES = 6 };
Packing packing_of(const unsigned char *bytes, size_t size);
/* "gzip"; and the command that unpacks it to standard output. */
const char *packing_name(Packing packing);
const char *packing_command(Packing packing);

typedef struct Unpack Unpack;

/* NULL when there is no memory. */
Unpack *unpack_new(Packing packing);
void unpack_free(Unpack *unpack);
/* Takes bytes from *in (moved past what was used) and writes at most `room` at `to`.  False: the data are
 * damaged, *ret_why says how. */
bool unpack_some(Unpack *unpack, const unsigned char **in, size_t *in_size, char *to, size_t room, size_t *ret_size,
                 const char **ret_why);
/* May the data end here? */
bool unpack_complete(const Unpack *unpack);

#endif
