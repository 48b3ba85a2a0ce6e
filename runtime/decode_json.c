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
  uint32_t token;         /* with TWICE when the name stood there before */
} Place;
#define TWICE (UINT32_C(1) << 31)

struct JsonState {
  JsonScan *scan;
  JsonText json;          /* the piece at hand */
  Place *places;          /* by slot */
  uint32_t line;          /* stamp of the line at hand */
  uint32_t end;           /* of its line feed, or of the piece */
  uint32_t other_slot;    /* of a name that has no node */
  uint32_t type_slot;     /* SLOT_NONE: the type lies deeper */
  uint32_t kind_line, kind; /* the type was met on the walk of this line: the event's row or UINT32_MAX */
  Shapes shapes;
  const char *escape;     /* the next backslash at or behind the line; the end of the piece: none */
};

/* ---- names of an object ---- */

/* The bytes between the quotes of the text that begins at `at`, before the token at `next`; escapes decoded. */
static inline const char *text_between(Decoder *decoder, uint32_t at, uint32_t next, size_t *ret_len)
{
  const JsonState *state = decoder->json;
  const char *text = state->json.text + at + 1, *end = state->json.text + next - 1;
  while (*end != '"') end--;
  size_t len = *ret_len = (size_t)(end - text);
  if (end <= state->escape || !memchr(text, '\\', len)) return text;
  char *to = decoder_scratch(decoder, len);
  *ret_len = json_unescape(text, len, to);
  return to;
}

static const char *text_at(Decoder *decoder, uint32_t token, size_t *ret_len)
{
  const uint32_t *tokens = decoder->json->json.tokens + token;
  return text_between(decoder, tokens[0], tokens[1], ret_len);
}

/* The node of a name at a token that is not the one expected behind `node`: looks it up, and adds it for the
 * next line if its colon follows at once.  Its slot is left in state->other_slot. */
static __attribute__((noinline)) uint32_t other_name(Decoder *decoder, uint32_t node, uint32_t token)
{
  JsonState *state = decoder->json;
  const char *quoted = state->json.text + state->json.tokens[token];
  bool at_once = json_text_end(&state->json, token) + 1 == state->json.text + state->json.tokens[token + 1];
  uint32_t known = at_once ? shape_find(&state->shapes, node, quoted) : SHAPE_NONE;
  if (known != SHAPE_NONE) {
    state->other_slot = state->shapes.nodes[known].slot;
    return known;
  }
  size_t len;
  const char *name = text_at(decoder, token, &len);
  uint32_t slot = state->other_slot = texttable_find(&decoder->names, name, len);
  if (node == SHAPE_NONE || name != quoted + 1 || !at_once) return SHAPE_NONE;
  return shape_add(&state->shapes, node, quoted, len + 3, slot, slot == state->type_slot);
}

/* The kind of event is known: the names behind it are those of its kind. */
static inline uint32_t branch(Decoder *decoder, uint32_t node, uint32_t at, uint32_t next)
{
  JsonState *state = decoder->json;
  size_t len;
  if (state->json.text[at] != '"') return node;
  const char *type = text_between(decoder, at, next, &len);
  uint32_t kind = texttable_find(&decoder->types, type, len), kinds = state->shapes.kinds;
  state->kind = kind;
  state->kind_line = state->line;
  return shape_branch(&state->shapes, node, kind < kinds ? kind : kinds - 1);
}

/* ---- the members of the line's object ---- */

/* Whether `n` bytes are a number of up to eight digits, with or without a point, none of its zeroes leading.
 * All bytes at once: of what is no digit (less '0' more than 9) the highest bit gets set. */
static inline bool usual_number(const char *p, uint32_t n)
{
  uint64_t bytes;
  if (n > sizeof bytes) return false;
  memcpy(&bytes, p, sizeof bytes);
  bytes = (bytes ^ UINT64_C(0x3030303030303030)) & ~UINT64_C(0) >> (64 - 8 * n);
  uint64_t others = bytes & UINT64_C(0x7f7f7f7f7f7f7f7f);
  others = ((others + UINT64_C(0x7676767676767676)) | bytes) & UINT64_C(0x8080808080808080);
  if (others == 0) return n == 1 || *p != '0';
  uint32_t at = (uint32_t)__builtin_ctzll(others) / 8;
  return (others & (others - 1)) == 0 && p[at] == '.' && at > 0 && at + 1 < n && (at == 1 || *p != '0');
}

/* The token behind a value that is no text and begins at *t; NULL: its grammar is wrong. */
static inline const uint32_t *skip_other(const JsonState *state, const uint32_t *t)
{
  const JsonText *json = &state->json;
  const char *p = json->text + t[0], *next = json->text + t[1];
  if (usual_number(p, t[1] - t[0])) return t + 1;
  if (*p == '{' || *p == '[') {
    uint32_t behind = json_skip_nested(json, (uint32_t)(t - json->tokens), state->end, 1);
    return behind ? json->tokens + behind : NULL;
  }
  const char *end = json_scalar_end(p);
  return end == next || (end && json_blank(*end)) ? t + 1 : NULL;
}

/* Notes where a value that is used stands; behind the type's the names are those of the kind. */
static inline uint32_t note(Decoder *decoder, uint32_t node, uint32_t slot, const uint32_t *t)
{
  JsonState *state = decoder->json;
  Place *place = &state->places[slot];
  uint32_t twice = place->line == state->line ? TWICE : 0;
  *place = (Place){state->line, (uint32_t)(t - state->json.tokens) | twice};
  return state->shapes.nodes[node].branches ? branch(decoder, node, t[0], t[1]) : node;
}

/* Walks the members of the object that begins at a token; the token that closes it, or 0: its grammar is
 * wrong. */
static uint32_t walk_members(Decoder *decoder, uint32_t first)
{
  JsonState *state = decoder->json;
  const char *const text = state->json.text;
  const uint32_t *t = state->json.tokens + first, *const end = state->json.tokens + state->json.count;
  const ShapeNode *nodes = state->shapes.nodes, *node = &nodes[SHAPE_START];
  char c = ',';
  if (t + 1 < end && text[t[1]] == '}') c = text[*++t];
  while (c == ',') {
    if (t + 4 >= end) return 0; /* a name, a colon, a value, and what follows */
    const ShapeNode *next = &nodes[node->child];
    uint32_t slot = next->slot;
    if (shape_fits(next, text + t[1]) && t[1] + next->len == t[3]) {
      node = next;
    } else {
      if (text[t[1]] != '"' || text[t[2]] != ':') return 0;
      uint32_t other = other_name(decoder, (uint32_t)(node - nodes), (uint32_t)(t + 1 - state->json.tokens));
      nodes = state->shapes.nodes;
      node = &nodes[other];
      slot = state->other_slot;
    }
    t += 3;
    if (slot != SLOT_NONE) {
      uint32_t behind = note(decoder, (uint32_t)(node - nodes), slot, t);
      nodes = state->shapes.nodes;
      node = &nodes[behind];
    }
    if (text[*t] == '"') t++;
    else if (!(t = skip_other(state, t)) || t >= end) return 0;
    c = text[*t];
  }
  return c == '}' ? (uint32_t)(t - state->json.tokens) : 0;
}

/* ---- values ---- */

/* The value that begins at `at`, before the token at `next`; not null. */
INLINED void raw_between(Decoder *decoder, uint32_t at, uint32_t next, RawValue *ret)
{
  const char *p = decoder->json->json.text + at;
  if (*p == '"') {
    ret->kind = RAW_TEXT;
    ret->text = text_between(decoder, at, next, &ret->len);
  } else if (*p == 't' || *p == 'f') {
    ret->kind = *p == 't' ? RAW_TRUE : RAW_FALSE;
  } else if (*p == '{' || *p == '[') {
    ret->kind = RAW_OTHER;
  } else {
    *ret = (RawValue){RAW_NUMBER, p, (size_t)(json_number_end(p) - p)};
  }
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

/* Likewise of all the names of a path behind the first, whose value is at a token. */
static __attribute__((noinline)) Found find_deep(Decoder *decoder, const Path *path, uint32_t token,
                                                 RawValue *ret)
{
  const JsonText *json = &decoder->json->json;
  for (uint32_t i = 0; i < path->inner_count; i++) {
    Found found = find_inner(decoder, &path->inner[i], &token);
    if (found != FOUND) return found;
  }
  if (json_char(json, token) == 'n') return FOUND_NONE;
  raw_between(decoder, json->tokens[token], json->tokens[token + 1], ret);
  return FOUND;
}

INLINED Found find_path(Decoder *decoder, const Path *path, RawValue *ret)
{
  const JsonState *state = decoder->json;
  const Place *place = &state->places[path->slot];
  if (place->line != state->line) return FOUND_NONE;
  if (place->token & TWICE) return FOUND_TWICE;
  if (path->inner_count) return find_deep(decoder, path, place->token, ret);
  const uint32_t *t = state->json.tokens + place->token;
  if (state->json.text[t[0]] == 'n') return FOUND_NONE;
  raw_between(decoder, t[0], t[1], ret);
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
    memset(state->places, 0, (decoder->slot_count) * sizeof *state->places);
    state->line = 1;
    state->kind_line = 0;
  }
  shapes_renew(&state->shapes);
}

/* Whether nothing but blanks stands between an object that ends at a token and the end of its line. */
static bool ends_line(const JsonState *state, uint32_t last)
{
  uint32_t at = state->json.tokens[last] + 1;
  if (at > state->end) return false; /* it ends on another line */
  while (at < state->end && json_blank(state->json.text[at])) at++;
  return at == state->end;
}

/* Whether the escapes of the line that begins at `start` are right. */
static bool sound_escapes(JsonState *state, size_t start)
{
  const char *text = state->json.text;
  if (state->escape < text + start) {
    state->escape = memchr(text + start, '\\', state->json.size - start);
    if (!state->escape) state->escape = text + state->json.size;
  }
  return state->escape >= text + state->end || json_escapes_sound(text + start, text + state->end);
}

/* Walks the line that begins at `start` with a token; false: it is not one object. */
static bool walk_line(Decoder *decoder, size_t start, uint32_t token, uint32_t *ret_last)
{
  JsonState *state = decoder->json;
  const JsonText *json = &state->json;
  new_stamp(decoder);
  state->places[SLOT_WHOLE] = (Place){state->line, token};
  if (!sound_escapes(state, start) || json_char(json, token) != '{') return false;
  *ret_last = walk_members(decoder, token);
  return *ret_last && ends_line(state, *ret_last);
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
  size_t size = line_size(line, json->text + json->size);
  decoder->json->end = (uint32_t)(start + size - (line[size - 1] == '\n'));
  bool sound = walk_line(decoder, start, *token, &last);
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
