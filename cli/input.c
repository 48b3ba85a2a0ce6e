/*
 * input.c - see input.h.
 */
#define _GNU_SOURCE /* memrchr */
#include "cli/input.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/file.h"
#include "cli/interrupt.h"
#include "cli/say.h"

enum { PACKED = 1 << 16 };

/* Kept until the block is asked for: a thread that reads ahead says nothing itself. */
static InputStatus fail(Input *input, const char *why)
{
  snprintf(input->why, sizeof input->why, "%s", why);
  return INPUT_BROKEN;
}

static void say_broken(const Input *input)
{
  say("%s: %s", file_shown(input->path), input->why);
  if (*input->more) say_more("%s", input->more);
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
    input->taken += (uint64_t)n;
    return (size_t)n;
  }
}

/* ---- compressed bytes ---- */

static InputStatus damaged(Input *input, const InputBlock *block, const char *why)
{
  snprintf(input->more, sizeof input->more,
           "after %" PRIu64 " bytes of the file, which gave %" PRIu64 " bytes of events",
           input->taken - input->packed_size, input->given + block->filled);
  return fail(input, why);
}

static InputStatus fill_packed(Input *input, const InputBlock *block)
{
  InputStatus status;
  input->packed_at = input->packed;
  input->packed_size = read_file(input, input->packed, PACKED, &status);
  if (status == INPUT_END && !unpack_complete(input->unpack))
    return damaged(input, block, "the compressed data end too early: the file was cut off");
  return status;
}

static InputStatus fill_unpacked(Input *input, InputBlock *block)
{
  for (;;) {
    size_t size;
    const char *why = NULL;
    bool fine = unpack_some(input->unpack, &input->packed_at, &input->packed_size, block->bytes + block->filled,
                            input->room - block->filled, &size, &why);
    block->filled += size;
    if (!fine) return damaged(input, block, why);
    if (size > 0) return INPUT_BYTES;
    if (input->packed_size > 0) continue;
    InputStatus status = fill_packed(input, block);
    if (status != INPUT_BYTES) return status;
  }
}

/* ---- whole lines ---- */

static InputStatus fill(Input *input, InputBlock *block)
{
  if (input->unpack) return fill_unpacked(input, block);
  InputStatus status;
  block->filled += read_file(input, block->bytes + block->filled, input->room - block->filled, &status);
  return status;
}

static size_t whole_lines(const InputBlock *block, size_t seen)
{
  const char *last = memrchr(block->bytes + seen, '\n', block->filled - seen);
  return last ? (size_t)(last + 1 - block->bytes) : 0;
}

/* How much of the block can be given out: up to its last line feed, all when it is full. */
static size_t ready(const Input *input, const InputBlock *block, size_t seen)
{
  size_t size = whole_lines(block, seen);
  return size == 0 && block->filled == input->room ? block->filled : size;
}

/* Reads on until there are whole lines, or the source ends in whatever way. */
static size_t read_on(Input *input, InputBlock *block)
{
  size_t size = whole_lines(block, 0);
  while (size == 0 && block->status == INPUT_BYTES) {
    size_t seen = block->filled;
    block->status = fill(input, block);
    size = ready(input, block, seen);
  }
  if (size == 0 && block->status == INPUT_END) size = block->filled;
  return size;
}

/* The block behind another, or in its place. */
static void next_block(Input *input, InputBlock *to, const InputBlock *from)
{
  size_t rest = from->filled - from->used;
  memmove(to->bytes, from->bytes + from->used, rest);
  to->filled = rest;
  to->status = from->status;
  to->used = read_on(input, to);
  to->read = input->taken;
  input->given += to->used;
}

/* ---- reading ahead: blocks are numbered from 1, and lie in two places by turns ---- */

struct InputAhead {
  pthread_t thread;
  pthread_mutex_t lock;
  pthread_cond_t changed;
  unsigned asked, made;      /* the latest block that was asked for, and made: those before `asked` are done with */
  bool over;
};

static bool may_make(InputAhead *ahead, unsigned number)
{
  pthread_mutex_lock(&ahead->lock);
  while (ahead->asked + 1 < number && !ahead->over) pthread_cond_wait(&ahead->changed, &ahead->lock);
  bool over = ahead->over;
  pthread_mutex_unlock(&ahead->lock);
  return !over;
}

static void set(InputAhead *ahead, unsigned *what, unsigned number)
{
  pthread_mutex_lock(&ahead->lock);
  *what = number;
  pthread_cond_broadcast(&ahead->changed);
  pthread_mutex_unlock(&ahead->lock);
}

static void *read_ahead(void *user)
{
  Input *input = user;
  InputAhead *ahead = input->ahead;
  for (unsigned number = 1; may_make(ahead, number); number++) {
    InputBlock *block = &input->blocks[number % 2];
    next_block(input, block, &input->blocks[(number - 1) % 2]);
    set(ahead, &ahead->made, number);
    if (block->used == 0) break;
  }
  return NULL;
}

/* Asked for again, the last block is still there. */
static InputBlock *take_ahead(Input *input)
{
  InputAhead *ahead = input->ahead;
  InputBlock *block = &input->blocks[ahead->asked % 2];
  if (ahead->asked > 0 && block->used == 0) return block;
  unsigned number = ahead->asked + 1;
  set(ahead, &ahead->asked, number);
  pthread_mutex_lock(&ahead->lock);
  while (ahead->made < number) pthread_cond_wait(&ahead->changed, &ahead->lock);
  pthread_mutex_unlock(&ahead->lock);
  return &input->blocks[number % 2];
}

static bool is_file(int fd)
{
  struct stat st;
  return fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

/* Without memory or a thread for it everything goes on as it does otherwise. */
static void start_ahead(Input *input)
{
  InputAhead *ahead = is_file(input->fd) ? calloc(1, sizeof *ahead) : NULL;
  input->blocks[1].bytes = ahead ? malloc(input->room) : NULL;
  if (!input->blocks[1].bytes) {
    free(ahead);
    return;
  }
  pthread_mutex_init(&ahead->lock, NULL);
  pthread_cond_init(&ahead->changed, NULL);
  input->ahead = ahead;
  if (pthread_create(&ahead->thread, NULL, read_ahead, input) == 0) return;
  input->ahead = NULL;
  free(ahead);
}

static void stop_ahead(Input *input)
{
  InputAhead *ahead = input->ahead;
  if (!ahead) return;
  pthread_mutex_lock(&ahead->lock);
  ahead->over = true;
  pthread_cond_broadcast(&ahead->changed);
  pthread_mutex_unlock(&ahead->lock);
  pthread_join(ahead->thread, NULL);
  pthread_cond_destroy(&ahead->changed);
  pthread_mutex_destroy(&ahead->lock);
  free(ahead);
}

InputStatus input_next(Input *input, const char **ret_bytes, size_t *ret_size)
{
  InputBlock *block = &input->blocks[0];
  if (input->ahead)
    block = take_ahead(input);
  else
    next_block(input, block, block);
  input->read = block->read;
  *ret_bytes = block->bytes;
  *ret_size = block->used;
  if (block->used > 0) return INPUT_BYTES;
  if (block->status == INPUT_BROKEN) say_broken(input);
  return block->status;
}

/* ---- opening ---- */

/* The first bytes tell what the rest is. */
static bool start_unpacking(Input *input)
{
  InputBlock *first = &input->blocks[0];
  Packing packing = packing_of((const unsigned char *)first->bytes, first->filled);
  if (packing == PACKING_NONE) return true;
  if (packing != PACKING_GZIP && packing != PACKING_ZSTD) {
    say("%s: %s data are not unpacked here", file_shown(input->path), packing_name(packing));
    say_more("unpack them on the way: %s %s | mot run RULES", packing_command(packing), input->path);
    return false;
  }
  input->packed = malloc(PACKED);
  input->unpack = unpack_new(packing);
  if (!input->packed || !input->unpack) return say_no_memory();
  memcpy(input->packed, first->bytes, first->filled);
  input->packed_at = input->packed;
  input->packed_size = first->filled;
  first->filled = 0;
  return true;
}

static bool open_broken(Input *input, const char *why)
{
  fail(input, why);
  say_broken(input);
  return false;
}

bool input_open(Input *input, const char *path, size_t block, bool ahead)
{
  *input = (Input){.path = path, .fd = -1, .room = block, .blocks = {{.bytes = malloc(block)}}};
  InputBlock *first = &input->blocks[0];
  if (!first->bytes) return say_no_memory();
  /* Not waiting: a pipe that nobody writes to yet would keep open() from seeing an interruption. */
  input->fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (input->fd < 0) return open_broken(input, strerror(errno));
  InputStatus status = INPUT_BYTES;
  while (status == INPUT_BYTES && first->filled < PACKING_BYTES)
    first->filled += read_file(input, first->bytes + first->filled, PACKED - first->filled, &status);
  if (status == INPUT_BROKEN) return say_broken(input), false;
  if (!start_unpacking(input)) return false;
  if (ahead) start_ahead(input);
  return true;
}

bool input_waits(const Input *input)
{
  struct pollfd poller = {.fd = input->fd, .events = POLLIN};
  if (input->ahead) return false; /* nobody writes to a file as one speaks */
  return input->blocks[0].status == INPUT_BYTES && input->packed_size == 0 && poll(&poller, 1, 0) == 0;
}

void input_close(Input *input)
{
  stop_ahead(input);
  if (input->fd > STDIN_FILENO) close(input->fd);
  unpack_free(input->unpack);
  free(input->packed);
  free(input->blocks[0].bytes);
  free(input->blocks[1].bytes);
  *input = (Input){.fd = -1};
}
