/*
 * input.c - bytes as they come, collected to blocks of whole lines.
 *
 * The buffer holds less than a line most of the time: a caller that gives big pieces
 * has them decoded where they are, but for the line that is cut by their end.
 */
#include "runtime/input.h"

#include <string.h>

#include "runtime/grow.h"
#include "runtime/intake.h"
#include "runtime/lines.h"
#include "runtime/session.h"

enum {
  LINE_MAX_DEFAULT = DECODE_LINE_MAX,
  BLOCK_ALONE = 256 << 10,  /* fits in the second cache with what becomes of it */
  BLOCK_EACH = 1 << 20,     /* with several threads, of each: so long that waking them counts for little */
  BLOCK_MAX = 8 << 20,
  DIRECT_ALONE = 16 << 10
};

void input_init(Input *input, unsigned threads, const mot_run_options *options)
{
  size_t block = threads > 1 ? (size_t)BLOCK_EACH * threads : BLOCK_ALONE;
  *input = (Input){
    .block = block < BLOCK_MAX ? block : BLOCK_MAX,
    .direct = threads > 1 ? BLOCK_EACH : DIRECT_ALONE,
    .max_line = options->max_line ? options->max_line : LINE_MAX_DEFAULT,
    .batch = options->batch,
  };
  if (input->max_line > DECODE_LINE_LIMIT) input->max_line = DECODE_LINE_LIMIT;
}

void input_free(mot_run *run)
{
  grow_free(&run->mem, run->input.buffer, run->input.room, 1);
  source_name_drop(run->input.source);
  grow_free(&run->mem, run->input.header, run->input.header_room, 1);
  run->input.buffer = run->input.header = NULL;
  run->input.source = NULL;
}

/* ---- the beginning of a source ---- */

static void pass(Input *input, const char *text, size_t size)
{
  input->at.line += lines_count(text, size);
  input->at.offset += size;
}

static size_t mark_size(const char *text, size_t size)
{
  return size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

typedef struct Header {
  mot_run *run;
  const char *text;
  size_t size, used;
  bool sound;
  Reject reject;
} Header;

/* Every decoder needs the columns. */
static void read_header(void *user, unsigned worker)
{
  Header *header = user;
  Decoder *decoder = header->run->shards[worker].decoder;
  if (!decode_csv_header(decoder, header->text, header->size, &header->used, &header->reject))
    header->sound = false;
}

/* The header stands for one event when it is none: its dead letter has a place in the order. */
static void refuse_source(mot_run *run, const Reject *why)
{
  Input *input = &run->input;
  Reject reject = {why->reason, input->at.line + 1, input->at.offset, input->at.arrival++, why->field};
  intake_reject(run, &reject, input->source);
  input->unusable = true;
  session_fail(run, MOT_INVALID, "%s: the first line does not name the columns of a CSV file (%s%s%s)",
               input->source->text, reject_word(why->reason), why->field ? ": " : "",
               why->field ? why->field : "");
}

static bool read_columns(Header *header)
{
  Input *input = &header->run->input;
  session_need(header->run, workers_in_turn(header->run->workers, read_header, header));
  if (!header->sound) return false;
  input->header = grow(&header->run->mem, input->header, &input->header_room, header->used, 1);
  memcpy(input->header, header->text, header->used);
  input->header_len = header->used;
  return true;
}

bool input_header(mot_run *run, const char *text, size_t size)
{
  Header header = {.run = run, .text = text, .size = size, .sound = true};
  return read_columns(&header) && header.used == size;
}

static size_t take_header(mot_run *run, const char *text, size_t size)
{
  Header header = {.run = run, .text = text, .size = size, .sound = true};
  if (!read_columns(&header)) {
    refuse_source(run, &header.reject);
    return 0;
  }
  pass(&run->input, text, header.used);
  return header.used;
}

/* What stands before the first event; returns its bytes. */
static size_t take_beginning(mot_run *run, const char *text, size_t size)
{
  Input *input = &run->input;
  size_t used = mark_size(text, size);
  input->fresh = false;
  input->at.offset += used;
  if (input->format == MOT_CSV && used < size) used += take_header(run, text + used, size - used);
  return used;
}

/* ---- whole lines ---- */

static void process(mot_run *run, const char *text, size_t size)
{
  Input *input = &run->input;
  if (input->fresh) {
    size_t used = take_beginning(run, text, size);
    text += used;
    size -= used;
  }
  if (input->unusable)
    pass(input, text, size);
  else if (size > 0)
    intake_lines(run, text, size);
}

/* Bytes of whole lines at `text`, as many as are to be decoded together. */
static size_t next_lines(const Input *input, const char *text, size_t size, bool end)
{
  size_t window = size;
  if (input->format == MOT_CSV && window > input->max_line + 2) window = input->max_line + 2;
  size_t whole = lines_whole(input->format, text, window, end && window == size);
  if (!input->batch || whole == 0) return whole;
  size_t some = 0;
  for (size_t i = 0; i < input->batch && some < whole; i++)
    some += lines_first(input->format, text + some, whole - some);
  return some;
}

/* Passes over a line that is too long, up to its end; returns how many bytes that are so far. */
static size_t skip(mot_run *run, const char *bytes, size_t size)
{
  const char *end = memchr(bytes, '\n', size);
  size_t used = end ? (size_t)(end - bytes) + 1 : size;
  pass(&run->input, bytes, used);
  if (end) run->input.skipping = false;
  return used;
}

/* The line at `text` has no end, and is longer than lines may be.  Without its header a source is none. */
static size_t refuse_line(mot_run *run, const char *text)
{
  Input *input = &run->input;
  if (input->fresh && input->format == MOT_CSV) {
    refuse_source(run, &(Reject){.reason = REJECT_LONG});
  } else if (!input->unusable) {
    Reject reject = {REJECT_LONG, input->at.line + 1, input->at.offset, input->at.arrival++, NULL};
    intake_reject(run, &reject, input->source);
  }
  input->skipping = true;
  input->fresh = false;
  pass(input, text, input->max_line + 1);
  return input->max_line + 1;
}

/* Takes all whole lines out of the buffer, of which the rest moves to the front. */
static void drain(mot_run *run, bool end)
{
  Input *input = &run->input;
  size_t done = 0;
  while (done < input->len) {
    const char *text = input->buffer + done;
    size_t left = input->len - done;
    if (input->skipping) {
      done += skip(run, text, left);
      continue;
    }
    size_t used = next_lines(input, text, left, end);
    if (used > 0)
      process(run, text, used);
    else if (left > input->max_line + 1)
      used = refuse_line(run, text);
    else
      break;
    done += used;
  }
  memmove(input->buffer, input->buffer + done, input->len - done);
  input->left = input->len -= done;
}

void input_drain(mot_run *run)
{
  if (run->input.len > 0) drain(run, false);
}

/* Decodes a big piece where it is, but for the line cut by its end; returns how many bytes, 0: not so. */
static size_t take_direct(mot_run *run, const char *bytes, size_t size)
{
  Input *input = &run->input;
  if (size < input->direct) return 0;
  size_t limit = size - DECODE_SPARE < input->block ? size - DECODE_SPARE : input->block;
  size_t used = next_lines(input, bytes, limit, false);
  if (used > 0) process(run, bytes, used);
  return used;
}

/* How much is collected before it is decoded: a block, or more when a line filled the last one. */
static size_t wanted(const Input *input)
{
  size_t most = input->max_line + 2 > input->block ? input->max_line + 2 : input->block, want = input->block;
  if (input->left >= input->block / 2) want = input->left * 2 < most ? input->left * 2 : most;
  return want > input->len ? want : input->len + 1; /* a saved run may have had larger blocks */
}

/* Copies bytes to the buffer, as many as are wanted. */
static size_t take_copy(mot_run *run, const char *bytes, size_t size)
{
  Input *input = &run->input;
  size_t want = wanted(input), used = size < want - input->len ? size : want - input->len;
  if (input->len > 0 && size >= input->direct) { /* the end of a line, then the rest where it is */
    const char *end = memchr(bytes, '\n', used);
    if (end) used = want = (size_t)(end - bytes) + 1;
  }
  input->buffer = grow(&run->mem, input->buffer, &input->room, input->len + used + DECODE_SPARE, 1);
  memcpy(input->buffer + input->len, bytes, used);
  input->len += used;
  if (used == want || input->len >= want) drain(run, false);
  return used;
}

void input_feed(mot_run *run, const char *bytes, size_t size)
{
  Input *input = &run->input;
  run->bytes += size;
  while (size > 0) {
    size_t used = 0;
    if (input->skipping)
      used = skip(run, bytes, size);
    else if (input->len == 0)
      used = take_direct(run, bytes, size);
    if (used == 0) used = take_copy(run, bytes, size);
    bytes += used;
    size -= used;
  }
}

void input_end(mot_run *run)
{
  Input *input = &run->input;
  if (!input->source) return;
  if (input->len > 0) drain(run, true);
  input->len = 0;
  source_name_drop(input->source);
  input->source = NULL;
}

void input_begin(mot_run *run, const char *name, mot_format format)
{
  Input *input = &run->input;
  input_end(run);
  input->source = source_name_new(&run->mem, name);
  input->format = format;
  input->fresh = true;
  input->unusable = input->skipping = false;
  input->at.line = input->at.offset = input->header_len = input->left = 0;
}
