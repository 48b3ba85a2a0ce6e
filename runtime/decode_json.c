/*
 * decode_json.c - lines of JSON to rows.
 *
 * Whole lines are scanned for tokens a piece at a time; a piece with something wrong in it is scanned again
 * in smaller ones, down to the line.  The members of each line's object are walked once: the grammar of all
 * is checked, and the places of the values that are used are noted in their slots.  Then the row is read from
 * those.
 */
#include "runtime/json_walk.h"
#include "runtime/reading.h"
#include "runtime/shapes.h"

enum {
  PIECE = 256 << 10,      /* its tokens and text stay in the second cache */
  PARTS = 16              /* of a piece that is scanned again */
};

/* Where the value of a used name stands in the line at hand. */
typedef struct Place {
  uint32_t line;          /* stamp of the line that it was noted for */
  uint32_t token;
} Place;
#define TWICE (UINT32_C(1) << 31) /* in a token: the name stood there before */

struct JsonState {
  JsonScan *scan;
  JsonText json;          /* the piece at hand */
  Place *places;          /* by slot */
  uint32_t line;          /* stamp of the line at hand */
  Shapes shapes;
  uint32_t type_slot;     /* SLOT_NONE: the type lies deeper */
  uint32_t kind_line, kind; /* the type was met on the walk of this line: the event's row or UINT32_MAX */
  const char *escape;     /* the next backslash at or behind the line; the end of the piece: none */
};

/* ---- names of an object ---- */

/* The bytes between the quotes of the text at a token, escapes decoded. */
static const char *text_at(Decoder *decoder, uint32_t token, size_t *ret_len)
{
  const JsonState *state = decoder->json;
  const char *text = state->json.text + state->json.tokens[token] + 1;
  size_t len = (size_t)(json_text_end(&state->json, token) - text);
  *ret_len = len;
  if (text + len <= state->escape || !memchr(text, '\\', len)) return text;
  char *to = decoder_scratch(decoder, len);
  *ret_len = json_unescape(text, len, to);
  return to;
}

/* Looks a name up, and adds it behind `node` for the next line; *ret_slot: of its value. */
static __attribute__((noinline)) uint32_t new_name(Decoder *decoder, uint32_t node, uint32_t token,
                                                   uint32_t *ret_slot)
{
  JsonState *state = decoder->json;
  size_t len;
  const char *quoted = state->json.text + state->json.tokens[token];
  const char *name = text_at(decoder, token, &len);
  *ret_slot = texttable_find(&decoder->names, name, len);
  if (node == SHAPE_NONE || name != quoted + 1) return SHAPE_NONE;
  return shape_add(&state->shapes, node, quoted, len + 2, *ret_slot, *ret_slot == state->type_slot);
}

static inline void note(JsonState *state, uint32_t slot, uint32_t token)
{
  Place *place = &state->places[slot];
  if (place->line == state->line) token |= TWICE;
  *place = (Place){state->line, token};
}

/* The kind of event is known: the names behind it are those of its kind. */
static inline uint32_t branch(Decoder *decoder, uint32_t node, uint32_t token)
{
  JsonState *state = decoder->json;
  size_t len;
  if (json_char(&state->json, token) != '"') return node;
  const char *type = text_at(decoder, token, &len);
  uint32_t kind = texttable_find(&decoder->types, type, len);
  state->kind = kind;
  state->kind_line = state->line;
  uint32_t kinds = state->shapes.kinds;
  return shape_branch(&state->shapes, node, kind < kinds ? kind : kinds - 1);
}

/* ---- the members of the line's object ---- */

/* Behind a value; 0: its grammar is wrong.  *gaps gets bits when blanks follow it. */
static inline uint32_t skip_value(const JsonText *json, uint32_t token, uint32_t *gaps)
{
  const char *p = json->text + json->tokens[token], *next = json->text + json->tokens[token + 1];
  if (*p == '"') {
    *gaps |= next[-1] ^ '"';
    return token + 1;
  }
  if (*p == '{' || *p == '[') {
    const char *line = memchr(p, '\n', json->size - json->tokens[token]);
    *gaps |= 1;
    return json_skip_nested(json, token, line ? (size_t)(line - json->text) : json->size, 1);
  }
  const char *end = json_scalar_end(p);
  if (end == next) return token + 1;
  *gaps |= 1;
  return end && json_blank(*end) ? token + 1 : 0;
}

/* Walks the members of the object that begins at a token.  *ret_last: the token that closes it.  *ret_gaps:
 * not 0 when there are blanks in it, which may be line feeds. */
static bool walk_members(Decoder *decoder, uint32_t token, uint32_t *ret_last, uint32_t *ret_gaps)
{
  JsonState *state = decoder->json;
  const JsonText json = state->json;
  uint32_t node = SHAPE_START, gaps = json.tokens[token] + 1 - json.tokens[token + 1];
  if (token + 1 < json.count && json_char(&json, token + 1) == '}') {
    *ret_last = token + 1;
    *ret_gaps = gaps;
    return true;
  }
  for (;;) {
    if (token + 4 >= json.count) return false; /* a name, a colon, a value, and what follows */
    const uint32_t *t = json.tokens + token + 1;
    const char *name = json.text + t[0];
    if (*name != '"' || json.text[t[1]] != ':') return false;
    uint32_t found = shape_find(&state->shapes, node, name), slot;
    if (found != SHAPE_NONE) {
      slot = state->shapes.nodes[found].slot;
      gaps |= t[0] + state->shapes.nodes[found].len - t[1];
    } else {
      found = new_name(decoder, node, token + 1, &slot);
      gaps |= json.text[t[1] - 1] ^ '"';
    }
    gaps |= t[1] + 1 - t[2];
    if (slot != SLOT_NONE) note(state, slot, token + 3);
    node = found;
    token = skip_value(&json, token + 3, &gaps);
    if (token == 0 || token >= json.count) return false;
    if (node != SHAPE_NONE && state->shapes.nodes[node].branches)
      node = branch(decoder, node, (uint32_t)(t + 2 - json.tokens));
    char c = json_char(&json, token);
    if (c != ',') {
      *ret_last = token;
      *ret_gaps = gaps;
      return c == '}';
    }
    gaps |= json.tokens[token] + 1 - json.tokens[token + 1];
  }
}

/* ---- values ---- */

static RawValue raw_at(Decoder *decoder, uint32_t token)
{
  const JsonText *json = &decoder->json->json;
  const char *p = json->text + json->tokens[token];
  RawValue raw = {.kind = RAW_OTHER, .text = p};
  switch (*p) {
  case '"':
    raw.kind = RAW_TEXT;
    raw.text = text_at(decoder, token, &raw.len);
    break;
  case 't': raw.kind = RAW_TRUE; break;
  case 'f': raw.kind = RAW_FALSE; break;
  case '{':
  case '[': break;
  default:
    raw.kind = RAW_NUMBER;
    raw.len = (size_t)(json_number_end(p) - p);
  }
  return raw;
}

/* The value of a name within the object at *token, which becomes it. */
static Found find_inner(Decoder *decoder, const PathName *name, uint32_t *token)
{
  const JsonText *json = &decoder->json->json;
  Found found = FOUND_NONE;
  uint32_t at = *token + 1;
  if (json_char(json, *token) != '{' || json_char(json, at) == '}') return FOUND_NONE;
  for (;; at++) {
    size_t len;
    const char *text = text_at(decoder, at, &len);
    if (len == name->len && memcmp(text, name->text, len) == 0) {
      if (found == FOUND) return FOUND_TWICE;
      found = FOUND;
      *token = at + 2;
    }
    at = json_skip_sound(json, at + 2);
    if (json_char(json, at) == '}') return found;
  }
}

/* Likewise, of a path of one name or more. */
static inline Found find_path(Decoder *decoder, const Path *path, RawValue *ret)
{
  const JsonState *state = decoder->json;
  const Place *place = &state->places[path->slot];
  if (place->line != state->line) return FOUND_NONE;
  if (place->token & TWICE) return FOUND_TWICE;
  uint32_t token = place->token;
  for (uint32_t i = 0; i < path->inner_count; i++) {
    Found found = find_inner(decoder, &path->inner[i], &token);
    if (found != FOUND) return found;
  }
  if (json_char(&state->json, token) == 'n') return FOUND_NONE;
  *ret = raw_at(decoder, token);
  return FOUND;
}

static Fault read_row(const Reading *reading, size_t size)
{
  Decoder *decoder = reading->decoder;
  const JsonState *state = decoder->json;
  uint32_t event = state->kind;
  Fault fault = no_fault;
  if (state->kind_line != state->line || (state->places[state->type_slot].token & TWICE))
    fault = read_type(decoder, find_path, &event);
  return fault.reason == REJECT_END ? read_event(reading, find_path, event, size) : fault;
}

/* ---- lines ---- */

static void new_stamp(Decoder *decoder)
{
  JsonState *state = decoder->json;
  if (++state->line == 0) {
    memset(state->places, 0, decoder->slot_count * sizeof *state->places);
    state->line = 1;
    state->kind_line = 0;
  }
  shapes_renew(&state->shapes);
}

/* The line's object was walked; whether nothing but blanks follows it, and no line feed or wrong escape lies
 * within.  *ret_size: bytes of the line. */
static bool sound_line(JsonState *state, size_t start, uint32_t last, uint32_t gaps, size_t *ret_size)
{
  const JsonText *json = &state->json;
  const char *from = json->text + start, *behind = json->text + json->tokens[last] + 1;
  const char *end = json->text + json->size, *p = behind;
  while (p < end && *p != '\n' && json_blank(*p)) p++;
  *ret_size = (size_t)(p - from) + (p < end);
  if (p < end && *p != '\n') return false;
  if (gaps && memchr(from, '\n', (size_t)(behind - from))) return false;
  return state->escape >= behind || json_escapes_sound(from, behind);
}

/* Walks the line that begins at `start` with a token; false: it is not one object. */
static bool walk_line(Decoder *decoder, size_t start, uint32_t token, uint32_t *ret_last, size_t *ret_size)
{
  JsonState *state = decoder->json;
  const JsonText *json = &state->json;
  uint32_t gaps;
  new_stamp(decoder);
  note(state, SLOT_WHOLE, token);
  if (state->escape < json->text + start) {
    state->escape = memchr(json->text + start, '\\', json->size - start);
    if (!state->escape) state->escape = json->text + json->size;
  }
  if (json_char(json, token) != '{' || !walk_members(decoder, token, ret_last, &gaps)) return false;
  gaps |= json->tokens[token] ^ (uint32_t)start;
  return sound_line(state, start, *ret_last, gaps, ret_size);
}

/* Decodes the line that begins at `start`, whose first token is *token, which becomes the next line's; its
 * size. */
static size_t take_line(const Reading *reading, size_t start, uint32_t *token)
{
  Decoder *decoder = reading->decoder;
  const JsonText *json = &decoder->json->json;
  const char *line = json->text + start;
  Fault fault = {REJECT_JSON, NULL};
  uint32_t last;
  size_t size;
  bool sound = walk_line(decoder, start, *token, &last, &size);
  if (!sound) size = line_size(line, json->text + json->size);
  if (too_long(decoder, line, size)) fault.reason = REJECT_LONG;
  else if (sound) fault = read_row(reading, size);
  if (fault.reason != REJECT_END) reading_reject(reading, fault);
  if (sound) *token = last + 1;
  else while (*token < json->count && json->tokens[*token] < start + size) ++*token;
  reading_next(reading, size, 1, false);
  return size;
}

/* Passes the blank lines that end before `until`; where the next line begins. */
static size_t pass_blank(const Reading *reading, size_t start, size_t until)
{
  const char *text = reading->decoder->json->json.text;
  while (start < until) {
    const char *feed = memchr(text + start, '\n', until - start);
    if (!feed) break;
    size_t size = (size_t)(feed + 1 - text) - start;
    reading_next(reading, size, 1, true);
    start += size;
  }
  return start;
}

static void take_scanned(const Reading *reading)
{
  JsonState *state = reading->decoder->json;
  const JsonText *json = &state->json;
  uint32_t token = 0;
  size_t start = 0;
  state->escape = NULL;
  while (token < json->count) {
    if (json->tokens[token] != start) start = pass_blank(reading, start, json->tokens[token]);
    start += take_line(reading, start, &token);
  }
  start = pass_blank(reading, start, json->size);
  if (start < json->size) reading_next(reading, json->size - start, 1, true);
}

/* ---- pieces ---- */

/* Bytes of whole reading, at least one: about `wanted` of the `size` at `text`. */
static size_t whole_lines(const char *text, size_t size, size_t wanted)
{
  size_t n = wanted;
  if (size <= wanted) return size;
  while (n > 0 && text[n - 1] != '\n') n--;
  return n > 0 ? n : line_size(text, text + size);
}

static bool blank_text(const char *text, size_t size)
{
  for (size_t i = 0; i < size; i++) {
    if (!json_blank(text[i])) return false;
  }
  return true;
}

static void take_bad_line(const Reading *reading, const char *text, size_t size)
{
  bool blank = blank_text(text, size);
  RejectReason reason = too_long(reading->decoder, text, size) ? REJECT_LONG : REJECT_JSON;
  if (!blank) reading_reject(reading, (Fault){reason, NULL});
  reading_next(reading, size, 1, blank);
}

/* Ends with single reading, so that each part is smaller. */
static void take_piece(const Reading *reading, const char *text, size_t size)
{
  JsonText *json = &reading->decoder->json->json;
  JsonScanResult result = json_scan(reading->decoder->json->scan, text, size, &json->tokens, &json->count);
  if (result == JSON_SCAN_NO_MEMORY) mem_fail(reading->decoder->mem);
  json->text = text;
  json->size = size;
  if (result == JSON_SCAN_OK) {
    take_scanned(reading);
  } else if (line_size(text, text + size) == size) {
    take_bad_line(reading, text, size);
  } else {
    size_t part = size / PARTS;
    for (size_t n; size > 0; text += n, size -= n) {
      n = whole_lines(text, size, part);
      take_piece(reading, text, n);
    }
  }
}

static void open_state(Decoder *decoder)
{
  if (!decoder->json) {
    JsonState *state = mem_resize(decoder->mem, NULL, 0, sizeof *state);
    if (!state) mem_fail(decoder->mem);
    *state = (JsonState){.type_slot = SLOT_NONE};
    decoder->json = state;
  }
  JsonState *state = decoder->json;
  const Path *type = &decoder->paths[decoder->stream.type];
  if (type->inner_count == 0) state->type_slot = type->slot;
  if (!state->scan) state->scan = json_scan_new();
  if (!state->scan) mem_fail(decoder->mem);
  if (!state->places) state->places = ARENA_ARRAY(&decoder->arena, Place, decoder->slot_count);
  uint32_t kinds = decoder->plan->module->Event_count + 1;
  if (state->shapes.count == 0) shapes_init(&state->shapes, decoder->mem, kinds);
}

void json_state_free(Decoder *decoder)
{
  if (!decoder->json) return;
  if (decoder->json->shapes.mem) shapes_free(&decoder->json->shapes);
  json_scan_free(decoder->json->scan);
  mem_resize(decoder->mem, decoder->json, sizeof *decoder->json, 0);
}

void decode_json(Decoder *decoder, const char *text, size_t size, Position *at, EventBatch *batch,
                 RejectSink sink, void *user)
{
  open_state(decoder);
  const Reading reading = {decoder, at, batch, sink, user};
  for (size_t n; size > 0; text += n, size -= n) {
    n = whole_lines(text, size, PIECE);
    if (n > PIECE && too_long(decoder, text, n)) take_bad_line(&reading, text, n);
    else take_piece(&reading, text, n);
  }
}
