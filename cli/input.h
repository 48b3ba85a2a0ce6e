/*
 * input.h - the bytes of one source of events, unpacked, in blocks that end with a whole line where they can.
 */
#ifndef MOT_CLI_INPUT_H
#define MOT_CLI_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/unpack.h"

typedef enum InputStatus {
  INPUT_BYTES,
  INPUT_END,
  INPUT_BROKEN,              /* said on standard error; bytes of an unfinished last line were kept back */
  INPUT_INTERRUPTED
} InputStatus;

typedef struct InputBlock {
  char *bytes;               /* what is read or unpacked: [0, filled) */
  size_t filled, used;       /* [0, used) is given out; with what is behind it the next block begins */
  uint64_t read;             /* bytes of the file up to here */
  InputStatus status;        /* of the last read: anything but INPUT_BYTES is final */
} InputBlock;

typedef struct InputAhead InputAhead;

typedef struct Input {
  const char *path;          /* "-": standard input */
  uint64_t read;             /* bytes of the file that gave what was given out */
  /* private; what follows belongs to the thread that reads */
  int fd;
  uint64_t taken, given;     /* bytes: taken from the file; in blocks made */
  InputBlock blocks[2];      /* with one thread only the first */
  size_t room;               /* of each */
  unsigned char *packed;     /* compressed bytes not yet unpacked */
  const unsigned char *packed_at;
  size_t packed_size;
  Unpack *unpack;            /* NULL: plain */
  char why[512], more[160];  /* of what is broken */
  InputAhead *ahead;         /* a thread that reads; NULL: none */
} Input;

/* Blocks of this size for a run of one thread: they fit in the second cache with what becomes of them; and of
 * several. */
enum { INPUT_BLOCK = 1 << 18, INPUT_BLOCK_THREADS = 1 << 22 };

/* `ahead`: a thread of its own reads, and unpacks, the next block while one is at work, when the source is a
 * file.  False after saying why not.  `input` can be closed in any case. */
bool input_open(Input *input, const char *path, size_t block, bool ahead);
/* The next bytes; they are good until the next call. */
InputStatus input_next(Input *input, const char **ret_bytes, size_t *ret_size);
/* Would input_next wait for somebody to write? */
bool input_waits(const Input *input);
void input_close(Input *input);

#endif
