/*
 * decode_csv.c - records of CSV (RFC 4180) to rows.
 *
 * A quote opens only at the beginning of a cell; anywhere else it is out of place, but changes nothing for
 * where the record ends.
 */
#include "runtime/reading.h"

typedef struct Cell {
  const char *text;       /* within its quotes */
  size_t len;
  bool doubled;           /* it has quotes in it, each written twice */
} Cell;

struct CsvState {
  uint32_t columns;       /* of the header; 0: it is being read */
  uint32_t *column;       /* by path: its column, or UINT32_MAX */
  Cell *cells;            /* of the record at hand */
  uint32_t count, room;
};

/* ---- records ---- */

typedef struct Record {
  size_t size;            /* with its line break */
  size_t lines;           /* line feeds in it, or one at the end of the source */
  bool bad;               /* a quote out of place */
  bool blank;
} Record;

/* One cell more than the header has is enough to tell that there are too many: the last stands for all others,
 * so that no record costs much more memory than a sound one. */
static Cell *new_cell(Decoder *decoder)
{
  CsvState *state = decoder->csv;
  if (state->columns > 0 && state->count > state->columns) state->count--;
  if (state->count == state->room) {
    uint32_t room = state->room ? 2 * state->room : 32;
    size_t old = state->room * sizeof(Cell);
    Cell *moved = mem_resize(decoder->mem, state->cells, old, room * sizeof(Cell));
    if (!moved) mem_fail(decoder->mem);
    state->cells = moved;
    state->room = room;
  }
  Cell *cell = &state->cells[state->count++];
  *cell = (Cell){0};
  return cell;
}

/* The quote that closes the cell whose first byte is at `p`; NULL: none does. */
static const char *closing_quote(const char *p, const char *end, bool *ret_doubled)
{
  for (;; p += 2) {
    p = memchr(p, '"', (size_t)(end - p));
    if (!p || p + 1 == end || p[1] != '"') return p;
    *ret_doubled = true;
  }
}

/* The comma or line feed that ends the cell, or the end of all. */
static const char *cell_end(const char *p, const char *end)
{
  while (p < end && *p != ',' && *p != '\n') p++;
  return p;
}

/* A line break has a carriage return before it, or not. */
static const char *without_return(const char *from, const char *end, const char *limit)
{
  bool last = end == limit || *end == '\n';
  return last && end > from && end[-1] == '\r' ? end - 1 : end;
}

/* Behind the cell that begins at `p`. */
static const char *plain_cell(Cell *cell, const char *p, const char *end, Record *record)
{
  const char *behind = cell_end(p, end);
  cell->text = p;
  cell->len = (size_t)(without_return(p, behind, end) - p);
  if (memchr(p, '"', cell->len)) record->bad = true;
  return behind;
}

static const char *quoted_cell(Cell *cell, const char *p, const char *end, Record *record)
{
  const char *close = closing_quote(p + 1, end, &cell->doubled);
  cell->text = p + 1;
  if (!close) {
    record->bad = true;
    return end;
  }
  cell->len = (size_t)(close - cell->text);
  const char *behind = cell_end(close + 1, end);
  if (without_return(close + 1, behind, end) != close + 1) record->bad = true;
  return behind;
}

static size_t line_feeds(const char *p, const char *end)
{
  size_t count = 0;
  while ((p = memchr(p, '\n', (size_t)(end - p)))) {
    count++;
    p++;
  }
  return count;
}

static bool blank_line(const char *p, const char *end)
{
  while (p < end && (*p == ' ' || *p == '\t' || *p == '\r')) p++;
  return p == end || *p == '\n';
}

/* Splits the record that begins at `text` into the cells of the state. */
static Record split(Decoder *decoder, const char *text, const char *end)
{
  Record record = {.blank = blank_line(text, end)};
  const char *p = text;
  decoder->csv->count = 0;
  for (;; p++) {
    Cell *cell = new_cell(decoder);
    p = p < end && *p == '"' ? quoted_cell(cell, p, end, &record) : plain_cell(cell, p, end, &record);
    if (p == end || *p == '\n') break;
  }
  record.size = (size_t)(p - text) + (p < end);
  record.lines = line_feeds(text, text + record.size) + (p == end);
  return record;
}

/* Where the stretch without quoted cells from `p` on ends: at a quote that opens one, or at the end. */
static const char *opening_quote(const char *start, const char *p, const char *end)
{
  for (;; p++) {
    p = memchr(p, '"', (size_t)(end - p));
    if (!p) return end;
    if (p == start || p[-1] == ',' || p[-1] == '\n') return p;
  }
}

size_t csv_whole(const char *text, size_t size, bool end)
{
  const char *limit = text + size, *whole = text, *p = text;
  if (end) return size;
  for (;;) {
    const char *quote = opening_quote(text, p, limit);
    for (const char *feed = quote; feed > p; feed--) {
      if (feed[-1] != '\n') continue;
      whole = feed;
      break;
    }
    if (quote == limit) return (size_t)(whole - text);
    bool doubled;
    const char *close = closing_quote(quote + 1, limit, &doubled);
    if (!close || close + 1 == limit) return (size_t)(whole - text);
    p = close + 1;
  }
}

/* ---- the header ---- */

static bool same_text(const Decoder *decoder, uint32_t cell, const Path *path)
{
  const Cell *name = &decoder->csv->cells[cell];
  return name->len == path->len && memcmp(name->text, path->text, path->len) == 0;
}

/* Finds the column of each path; false: two have the name of one. */
static bool find_columns(Decoder *decoder, Reject *reject)
{
  uint32_t *columns = decoder->csv->column;
  for (uint32_t i = 0; i < decoder->path_count; i++) {
    const Path *path = &decoder->paths[i];
    columns[i] = UINT32_MAX;
    for (uint32_t k = 0; k < decoder->csv->count; k++) {
      if (!same_text(decoder, k, path)) continue;
      if (columns[i] != UINT32_MAX) {
        *reject = (Reject){.reason = REJECT_DUPLICATE, .line = 1, .field = path->text};
        return false;
      }
      columns[i] = k;
    }
  }
  return true;
}

static bool has_column(const Decoder *decoder, uint32_t path, Reject *reject)
{
  if (decoder->csv->column[path] != UINT32_MAX) return true;
  *reject = (Reject){.reason = REJECT_MISSING, .line = 1, .field = decoder->paths[path].text};
  return false;
}

static void open_state(Decoder *decoder)
{
  if (decoder->csv) return;
  CsvState *state = mem_resize(decoder->mem, NULL, 0, sizeof *state);
  if (!state) mem_fail(decoder->mem);
  *state = (CsvState){0};
  decoder->csv = state;
}

void csv_state_free(Decoder *decoder)
{
  CsvState *state = decoder->csv;
  if (!state) return;
  mem_resize(decoder->mem, state->cells, state->room * sizeof *state->cells, 0);
  mem_resize(decoder->mem, state, sizeof *state, 0);
}

bool decode_csv_header(Decoder *decoder, const char *text, size_t size, size_t *ret_used, Reject *reject)
{
  size_t mark = size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  open_state(decoder);
  CsvState *state = decoder->csv;
  state->columns = 0;
  if (!state->column) state->column = ARENA_ARRAY(&decoder->arena, uint32_t, decoder->path_count);
  Record record = split(decoder, text + mark, text + size);
  if (record.blank || record.bad || !utf8_sound(text, mark + record.size)) {
    *reject = (Reject){.reason = REJECT_CSV, .line = 1};
    return false;
  }
  state->columns = state->count;
  bool found = find_columns(decoder, reject) && has_column(decoder, decoder->stream.type, reject) &&
               has_column(decoder, decoder->stream.time, reject);
  if (!found) return false;
  *ret_used = mark + record.size;
  return true;
}

/* ---- records to rows ---- */

/* Each quote that is written twice, once. */
static size_t halve_quotes(const Cell *cell, char *to)
{
  size_t len = 0;
  for (size_t i = 0; i < cell->len; i++) {
    to[len++] = cell->text[i];
    i += cell->text[i] == '"';
  }
  return len;
}

static inline Found find_cell(Decoder *decoder, const Path *path, RawValue *ret)
{
  const CsvState *state = decoder->csv;
  uint32_t column = state->column[path - decoder->paths];
  if (column == UINT32_MAX || state->cells[column].len == 0) return FOUND_NONE;
  const Cell *cell = &state->cells[column];
  *ret = (RawValue){RAW_TEXT, cell->text, cell->len};
  if (!cell->doubled) return FOUND;
  char *to = decoder_scratch(decoder, cell->len);
  *ret = (RawValue){RAW_TEXT, to, halve_quotes(cell, to)};
  return FOUND;
}

static Fault read_record(const Reading *reading, const Record *record)
{
  Decoder *decoder = reading->decoder;
  uint32_t event;
  if (record->bad || decoder->csv->count != decoder->csv->columns) return (Fault){REJECT_CSV, NULL};
  Fault fault = read_type(decoder, find_cell, &event);
  return fault.reason == REJECT_END ? read_event(reading, find_cell, event, record->size) : fault;
}

static Fault take_record(const Reading *reading, const char *text, const Record *record, bool sound)
{
  if (too_long(reading->decoder, text, record->size)) return (Fault){REJECT_LONG, NULL};
  if (!sound && !utf8_sound(text, record->size)) return (Fault){REJECT_CSV, NULL};
  return read_record(reading, record);
}

void decode_csv(Decoder *decoder, const char *text, size_t size, Position *at, EventBatch *batch,
                RejectSink sink, void *user)
{
  const Reading reading = {decoder, at, batch, sink, user};
  const char *end = text + size;
  bool sound = utf8_sound(text, size);
  while (text < end) {
    Record record = split(decoder, text, end);
    Fault fault = record.blank ? no_fault : take_record(&reading, text, &record, sound);
    if (fault.reason != REJECT_END) reading_reject(&reading, fault);
    reading_next(&reading, record.size, record.lines, record.blank);
    text += record.size;
  }
}
