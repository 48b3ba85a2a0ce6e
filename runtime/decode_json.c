/*
 * decode_json.c - lines of JSON to rows.
 *
 * Lines like one before are read by their form (decode_forms.c).  All others are scanned for tokens; when
 * something is wrong in what is scanned together, it is scanned again in smaller pieces, down to the line.
 * The members of each line's object are walked once: the grammar of all is checked, and the places of the
 * values that are used are noted in their slots.  Then the row is read from those.
 */
#include "runtime/json_state.h"
#include "runtime/json_walk.h"
#include "runtime/reading.h"

enum { PARTS = 16 }; /* of a piece that is scanned again */

/* ---- names of an object ---- */

/* The bytes between the quotes of the text at `at`, before the token at `next`; escapes decoded. */
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

/* Notes where the value of a slot stands; whether it stood somewhere before in this line. */
static inline bool note(JsonState *state, uint32_t slot, const uint32_t *t)
{
  bool twice = place_line(state->places[slot]) == state->line && slot != state->unused;
  state->places[slot] = place_of(state->line, (uint32_t)(t - state->json.tokens) | (twice ? TWICE : 0));
  return twice;
}

/* A name that stands for the first time behind `node`; its node, or none when it cannot be added for the next
 * line.  `at_once`: its colon follows without blanks. */
static ShapeNode *new_name(Decoder *decoder, ShapeNode *node, const uint32_t *t, bool at_once)
{
  JsonState *state = decoder->json;
  size_t len;
  const char *quoted = state->json.text + t[0];
  const char *name = text_between(decoder, t[0], t[1], &len);
  uint32_t slot = texttable_find(&decoder->names, name, len);
  bool is_type = slot == state->type_slot && slot != SLOT_NONE;
  if (slot == UINT32_MAX) slot = state->unused;
  bool twice = note(state, slot, t + 2);
  if (node == shape_none(&state->shapes) || name != quoted + 1 || !at_once) return shape_none(&state->shapes);
  return shape_add(&state->shapes, node, quoted, len + 3, (ShapeUse){slot, twice, is_type});
}

/* The kind of event is known: the names behind it are those of its kind. */
static ShapeNode *branch(Decoder *decoder, ShapeNode *node, const uint32_t *t)
{
  JsonState *state = decoder->json;
  size_t len;
  if (state->json.text[t[0]] != '"') return node;
  const char *type = text_between(decoder, t[0], t[1], &len);
  uint32_t kind = texttable_find(&decoder->types, type, len), kinds = state->shapes.kinds;
  state->kind = kind;
  state->kind_line = state->line;
  if (kind == UINT32_MAX) decoder_note_type(decoder, type, len);
  return shape_branch(&state->shapes, node, kind < kinds ? kind : kinds - 1);
}

/* Any name behind `node`, whose token is *t; NULL: its grammar is wrong. */
static __attribute__((noinline)) ShapeNode *any_name(Decoder *decoder, ShapeNode *node, const uint32_t *t)
{
  JsonState *state = decoder->json;
  const char *text = state->json.text;
  if (text[t[0]] != '"' || text[t[1]] != ':') return NULL;
  bool at_once = text[t[1] - 1] == '"';
  ShapeNode *known = at_once ? shape_find(&state->shapes, node, text + t[0]) : shape_none(&state->shapes);
  if (!at_once || t[1] + 1 != t[2]) state->gaps = true;
  if (known != shape_none(&state->shapes)) note(state, known->use.slot, t + 2);
  else known = new_name(decoder, node, t, at_once);
  return known->branches ? branch(decoder, known, t + 2) : known;
}

/* ---- the members of the line's object ---- */

/* Whether `n` bytes, at least one, are a number of up to eight digits, with or without a point, none of its
 * zeroes leading.  All bytes at once, behind zeroes that fill them up: of what is no digit (less '0' more than
 * 9) the highest bit gets set; a carry into the next byte comes from such bytes only. */
static inline bool usual_number(const char *p, uint32_t n)
{
  uint64_t bytes;
  if (n > 8) return false;
  memcpy(&bytes, p, sizeof bytes);
  bytes = (bytes ^ UINT64_C(0x3030303030303030)) << (64 - 8 * n);
  uint64_t others = ((bytes + UINT64_C(0x7676767676767676)) | bytes) & UINT64_C(0x8080808080808080);
  if (*p == '0' && n > 1 && p[1] != '.') return false;
  if (others == 0) return true;
  uint32_t point = (uint32_t)__builtin_ctzll(others) / 8 + n - 8;
  return (others & (others - 1)) == 0 && p[point] == '.' && point > 0 && point + 1 < n;
}

/* The end of the line in which a place of the piece lies: of its line feed, or of the piece. */
static size_t line_end(const JsonText *json, size_t at)
{
  const char *feed = memchr(json->text + at, '\n', json->size - at);
  return feed ? (size_t)(feed - json->text) : json->size;
}

/* The token behind a value that is no text and begins at *t; NULL: its grammar is wrong. */
static const uint32_t *skip_other(JsonState *state, const uint32_t *t)
{
  const JsonText *json = &state->json;
  const char *p = json->text + t[0], *next = json->text + t[1];
  if (*p == '{' || *p == '[') {
    state->gaps = true;
    uint32_t behind = json_skip_nested(json, (uint32_t)(t - json->tokens), line_end(json, t[0]), 1);
    return behind ? json->tokens + behind : NULL;
  }
  const char *end = json_scalar_end(p);
  if (end == next) return t + 1;
  state->gaps = true;
  return end && json_blank(*end) ? t + 1 : NULL;
}

/* What stands behind a value where everything is as usual: of a text its quote, a comma, a quote. */
static inline bool another_text(const char *p)
{
  uint32_t bytes;
  memcpy(&bytes, p, sizeof bytes);
  return (bytes & 0xffffff) == ('"' | ',' << 8 | '"' << 16);
}

/* Walks the members of the object that begins at a token; the token that closes it, or 0: its grammar is
 * wrong. */
static uint32_t walk_members(Decoder *decoder, uint32_t first)
{
  JsonState *state = decoder->json;
  const char *const text = state->json.text;
  const uint32_t *t = state->json.tokens + first, *const end = state->json.tokens + state->json.count;
  const uint32_t *const last = state->json.count > 4 ? end - 4 : t; /* from which on no member can begin */
  Place value = place_of(state->line, first + 3);
  Place *const places = state->places;
  ShapeNode *node = shape_start(&state->shapes);
  if (t + 1 < end && text[t[1]] == '}') {
    state->gaps = true;
    return first + 1;
  }
  if (t[0] + 1 != t[1]) state->gaps = true;
  for (;; value += 4) { /* *t is a brace or a comma; behind it a name, a colon, a value, and what follows */
    if (t >= last) return 0;
    ShapeNode *next = node->child;
    if (shape_fits_head(next, text + t[1]) && next->plain) {
      if (t[1] + next->plain != t[3]) state->gaps = true;
      places[next->use.slot] = value;
      node = next;
    } else if (next->branches && shape_fits(&state->shapes, next, text + t[1])) {
      if (t[1] + next->len != t[3]) state->gaps = true;
      note(state, next->use.slot, t + 3);
      node = branch(decoder, next, t + 3);
    } else {
      node = any_name(decoder, node, t + 1);
      if (!node) return 0;
    }
    if (text[t[3]] == '"') {
      t += 4;
      if (another_text(text + *t - 1)) continue;
      if (text[*t - 1] != '"') state->gaps = true;
    } else if (usual_number(text + t[3], t[4] - t[3])) {
      t += 4;
    } else {
      const uint32_t *behind = skip_other(state, t + 3);
      if (!behind || behind >= end) return 0;
      value += (uint32_t)(behind - t) - 4;
      t = behind;
    }
    if (text[*t] != ',') return text[*t] == '}' ? (uint32_t)(t - state->json.tokens) : 0;
    if (text[*t + 1] != '"') state->gaps = true;
  }
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
  Place place = state->places[path->slot];
  if (place_line(place) != state->line) return FOUND_NONE;
  if (place & TWICE) return FOUND_TWICE;
  if (path->inner_count) return find_deep(decoder, path, place_token(place), ret);
  const uint32_t *t = state->json.tokens + place_token(place);
  if (state->json.text[t[0]] == 'n') return FOUND_NONE;
  raw_between(decoder, t[0], t[1], ret);
  return FOUND;
}

Found json_locate(Decoder *decoder, const Path *path, uint32_t *ret_token)
{
  const JsonState *state = decoder->json;
  Place place = state->places[path->slot];
  Found found = place_line(place) == state->line ? FOUND : FOUND_NONE;
  *ret_token = place_token(place);
  if (found == FOUND && place & TWICE) return FOUND_TWICE;
  for (uint32_t i = 0; i < path->inner_count && found == FOUND; i++)
    found = find_inner(decoder, &path->inner[i], ret_token);
  return found;
}

/* A row of a line that was walked. */
static __attribute__((noinline)) Fault read_walked(const Reading *reading, size_t size)
{
  Decoder *decoder = reading->decoder;
  const JsonState *state = decoder->json;
  uint32_t event = state->kind;
  Fault fault = no_fault;
  if (state->kind_line != state->line || (state->places[state->type_slot] & TWICE))
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

/* Whether the line of an object that begins at `start` and ends at a token holds nothing else; *ret_size: its
 * bytes. */
static bool ends_line(const JsonState *state, size_t start, uint32_t last, size_t *ret_size)
{
  const JsonText *json = &state->json;
  size_t behind = json->tokens[last] + 1, at = behind;
  while (at < json->size && json->text[at] != '\n' && json_blank(json->text[at])) at++;
  *ret_size = at + (at < json->size) - start;
  if (at < json->size && json->text[at] != '\n') return false;
  return !state->gaps || line_end(json, start) >= behind;
}

/* The next backslash at or behind a place. */
static void find_escape(JsonState *state, const char *line)
{
  const char *end = state->json.text + state->json.size;
  state->escape = memchr(line, '\\', (size_t)(end - line));
  if (!state->escape) state->escape = end;
}

/* Walks the line that begins at `start` with a token; false: it is not one object. */
static bool walk_line(Decoder *decoder, size_t start, uint32_t token, uint32_t *ret_last, size_t *ret_size)
{
  JsonState *state = decoder->json;
  const JsonText *json = &state->json;
  const char *line = json->text + start;
  new_stamp(decoder);
  state->gaps = json->tokens[token] != start;
  if (state->escape < line) find_escape(state, line);
  state->places[SLOT_WHOLE] = place_of(state->line, token);
  if (json_char(json, token) != '{') return false;
  *ret_last = walk_members(decoder, token);
  if (*ret_last == 0 || !ends_line(state, start, *ret_last, ret_size)) return false;
  if (state->escape < line + *ret_size && !json_escapes_sound(line, line + *ret_size)) return false;
  if (json->tokens[token] == start && line[*ret_size - 1] == '\n')
    json_learn(decoder, &(FormLine){json, token, *ret_last, start + *ret_size, 0, state->kind});
  return true;
}

/* Decodes the line that begins at `start`, whose first token is *token, which becomes the next line's; its
 * size. */
static size_t take_line(const Reading *reading, size_t start, uint32_t *token)
{
  Decoder *decoder = reading->decoder;
  const JsonState *state = decoder->json;
  const JsonText *json = &state->json;
  const char *line = json->text + start;
  Fault fault = {REJECT_JSON, NULL};
  uint32_t last;
  size_t size;
  bool sound = walk_line(decoder, start, *token, &last, &size);
  if (!sound) size = line_size(line, json->text + json->size);
  if (too_long(decoder, line, size)) fault.reason = REJECT_LONG;
  else if (sound) fault = read_walked(reading, size);
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

/* Lines of which at least the first has no form.  Ends with single lines, so that each part is smaller. */
static void take_unlike(const Reading *reading, const char *text, size_t size)
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
      take_unlike(reading, text, n);
    }
  }
}

/* One line without a form is scanned alone; the more of them follow each other, the more together. */
static void take_piece(const Reading *reading, const char *text, size_t size)
{
  enum { ALONE = 1, TOGETHER = 512 };
  JsonState *state = reading->decoder->json;
  size_t marked = 0, n;
  for (size_t at = 0; at < size; at += n) {
    if (marked == 0 && state->forms.head) {
      marked = size;
      while (marked > at && text[marked - 1] != '\n') marked--;
      marks_find(state->find_marks, text, marked, &state->marks);
    }
    n = at < marked ? state->take_formed(reading, text, at, marked) - at : 0;
    if (n > 0) {
      state->together = ALONE;
      continue;
    }
    n = whole_lines(text + at, size - at, state->together);
    state->learning = true;
    take_unlike(reading, text + at, n);
    if (state->together < MARKS_PIECE) state->together = 2 * state->together + TOGETHER;
  }
}

static void open_state(Decoder *decoder)
{
  if (!decoder->json) {
    JsonState *state = mem_resize(decoder->mem, NULL, 0, sizeof *state);
    if (!state) mem_fail(decoder->mem);
    memset(state, 0, sizeof *state);
    state->type_slot = SLOT_NONE;
    state->unused = decoder->slot_count;
    state->find_marks = marks_finder();
    state->take_formed = json_formed_taker(true);
    decoder->json = state;
  }
  JsonState *state = decoder->json;
  const Path *type = &decoder->paths[decoder->stream.type];
  if (type->inner_count == 0) state->type_slot = type->slot;
  if (!state->scan) state->scan = json_scan_new();
  if (!state->scan) mem_fail(decoder->mem);
  if (!state->places) state->places = ARENA_ARRAY(&decoder->arena, Place, decoder->slot_count + 1);
  uint32_t kinds = decoder->plan->module->Event_count + 1;
  state->forms.arena = &decoder->arena;
  if (state->shapes.count == 0) shapes_init(&state->shapes, decoder->mem, kinds);
}

void json_state_free(Decoder *decoder)
{
  if (!decoder->json) return;
  shapes_free(&decoder->json->shapes);
  json_scan_free(decoder->json->scan);
  mem_resize(decoder->mem, decoder->json, sizeof *decoder->json, 0);
}

void decode_json(Decoder *decoder, const char *text, size_t size, Position *at, EventBatch *batch,
                 RejectSink sink, void *user)
{
  open_state(decoder);
  const Reading reading = {decoder, at, batch, sink, user};
  for (size_t n; size > 0; text += n, size -= n) {
    n = whole_lines(text, size, MARKS_PIECE);
    if (n <= MARKS_PIECE) take_piece(&reading, text, n);
    else if (too_long(decoder, text, n)) take_bad_line(&reading, text, n);
    else take_unlike(&reading, text, n);
  }
}
