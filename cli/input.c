/*
 * input.c - see input.h.
 */
#define _GNU_SOURCE /* memrchr */
#include "cli/input.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/file.h"
#include "cli/interrupt.h"
#include "cli/say.h"

enum { PACKED = 1 << 16 };

static InputStatus fail(const Input *input, const char *why)
{
  say("%s: %s", file_shown(input->path), why);
  return INPUT_BROKEN;
}

/* Reads at most `room` bytes of the file; 0 with *ret_status INPUT_END at its end. */
static size_t read_file(Input *input, void *to, size_t room, InputStatus *ret_status)
{
  for (;;) {
    if (interrupt_or_input(input->fd)) return *ret_status = INPUT_INTERRUPTED, 0;
    ssize_t n = read(input->fd, to, room);
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (n < 0) return *ret_status = fail(input, strerror(errno)), 0;
    *ret_status = n == 0 ? INPUT_END : INPUT_BYTES;
    input->read += (uint64_t)n;
    return (size_t)n;
  }
}

/* ---- compressed bytes ---- */

static InputStatus damaged(const Input *input, const char *why)
{
  say("%s: %s", file_shown(input->path), why);
  say_more("after %" PRIu64 " bytes of the file, which gave %" PRIu64 " bytes of events",
           input->read - input->packed_size, input->given + (input->filled - input->used));
  return INPUT_BROKEN;
}

static InputStatus fill_packed(Input *input)
{
  InputStatus status;
  input->packed_at = input->packed;
  input->packed_size = read_file(input, input->packed, PACKED, &status);
  if (status == INPUT_END && !unpack_complete(input->unpack))
    return damaged(input, "the compressed data end too early: the file was cut off");
  return status;
}

static InputStatus fill_unpacked(Input *input)
{
  for (;;) {
    size_t size;
    const char *why = NULL;
    bool fine = unpack_some(input->unpack, &input->packed_at, &input->packed_size, input->block + input->filled,
                            input->room - input->filled, &size, &why);
    input->filled += size;
    if (!fine) return damaged(input, why);
    if (size > 0) return INPUT_BYTES;
    if (input->packed_size > 0) continue;
    InputStatus status = fill_packed(input);
    if (status != INPUT_BYTES) return status;
  }
}

/* ---- whole lines ---- */

static InputStatus fill(Input *input)
{
  if (input->unpack) return fill_unpacked(input);
  InputStatus status;
  input->filled += read_file(input, input->block + input->filled, input->room - input->filled, &status);
  return status;
}

static size_t whole_lines(const Input *input, size_t seen)
{
  const char *last = memrchr(input->block + seen, '\n', input->filled - seen);
  return last ? (size_t)(last + 1 - input->block) : 0;
}

/* How much of the block can be given out: up to its last line feed, all when it is full. */
static size_t ready(const Input *input, size_t seen)
{
  size_t size = whole_lines(input, seen);
  return size == 0 && input->filled == input->room ? input->filled : size;
}

/* Reads on until there are whole lines, or the source ends in whatever way. */
static size_t read_on(Input *input)
{
  size_t size = whole_lines(input, 0);
  while (size == 0 && input->status == INPUT_BYTES) {
    size_t seen = input->filled;
    input->status = fill(input);
    size = ready(input, seen);
  }
  if (size == 0 && input->status == INPUT_END) size = input->filled;
  return size;
}

InputStatus input_next(Input *input, const char **ret_bytes, size_t *ret_size)
{
  input->filled -= input->used;
  memmove(input->block, input->block + input->used, input->filled);
  input->used = 0;
  size_t size = read_on(input);
  *ret_bytes = input->block;
  *ret_size = input->used = size;
  input->given += size;
  return size > 0 ? INPUT_BYTES : input->status;
}

/* ---- opening ---- */

/* The first bytes tell what the rest is. */
static bool start_unpacking(Input *input)
{
  Packing packing = packing_of((const unsigned char *)input->block, input->filled);
  if (packing == PACKING_NONE) return true;
  if (packing != PACKING_GZIP && packing != PACKING_ZSTD) {
    say("%s: %s data are not unpacked here", file_shown(input->path), packing_name(packing));
    say_more("unpack them on the way: %s %s | mot run RULES", packing_command(packing), input->path);
    return false;
  }
  input->packed = malloc(PACKED);
  input->unpack = unpack_new(packing);
  if (!input->packed || !input->unpack) return say_no_memory();
  memcpy(input->packed, input->block, input->filled);
  input->packed_at = input->packed;
  input->packed_size = input->filled;
  input->filled = 0;
  return true;
}

bool input_open(Input *input, const char *path, size_t block)
{
  *input = (Input){.path = path, .fd = -1, .block = malloc(block), .room = block};
  if (!input->block) return say_no_memory();
  /* Not waiting: a pipe that nobody writes to yet would keep open() from seeing an interruption. */
  input->fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (input->fd < 0) return fail(input, strerror(errno)), false;
  InputStatus status = INPUT_BYTES;
  while (status == INPUT_BYTES && input->filled < PACKING_BYTES)
    input->filled += read_file(input, input->block + input->filled, PACKED - input->filled, &status);
  if (status == INPUT_BROKEN) return false;
  return start_unpacking(input);
}

bool input_waits(const Input *input)
{
  struct pollfd poller = {.fd = input->fd, .events = POLLIN};
  return input->status == INPUT_BYTES && input->packed_size == 0 && poll(&poller, 1, 0) == 0;
}

void input_close(Input *input)
{
  if (input->fd > STDIN_FILENO) close(input->fd);
  unpack_free(input->unpack);
  free(input->packed);
  free(input->block);
  *input = (Input){.fd = -1};
}
