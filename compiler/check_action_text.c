/*
 * check_action_text.c - texts with names in braces: "{customer}: nobody came
 * at {visit.slot}".  `{{` and `}}` are braces themselves.
 *
 * The text is read with its escapes resolved; `places` says for each of its
 * bytes where it stands in the file, so that findings point at the very letter.
 */
#include <string.h>

#include "base/buf.h"
#include "compiler/check_expr.h"
#include "compiler/check_measure.h"

typedef struct TextScan {
  Checker *ck;
  const Ctx *ctx;
  const char *text;
  uint32_t len, at;
  uint32_t *places; /* of each byte and of the end */
  Span whole;
  Buf literal;      /* since the last value */
} TextScan;

/* ---- places --------------------------------------------------------------------------- */

/* The length of one character as written, escapes included. */
static uint32_t written_len(const char *raw, uint32_t left)
{
  if (left < 2 || raw[0] != '\\') return 1;
  if (raw[1] != 'u') return 2;
  const char *end = memchr(raw, '}', left);
  return end ? (uint32_t)(end - raw) + 1 : 2;
}

/* Bytes of the resolved text that an escape became: one, but for \u{…}. */
static uint32_t resolved_len(const char *raw, unsigned char first)
{
  if (raw[0] != '\\' || raw[1] != 'u') return 1;
  return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

static uint32_t *places_of(Checker *ck, Span span, const char *text, uint32_t len)
{
  uint32_t *places = ARENA_ARRAY(ck->arena, uint32_t, len + 1);
  const char *source = ck->sources->files[span.file].text;
  uint32_t from = span.start + (source[span.start] == '"'), at = from;
  for (uint32_t i = 0; i < len;) {
    uint32_t count = at < span.end ? resolved_len(source + at, (unsigned char)text[i]) : 1;
    for (uint32_t k = 0; k < count && i < len; k++) places[i++] = at < span.end ? at : span.end;
    if (at < span.end) at += written_len(source + at, span.end - at);
  }
  places[len] = at < span.end ? at : span.end;
  return places;
}

static Span place(const TextScan *scan, uint32_t from, uint32_t to)
{
  return (Span){scan->whole.file, scan->places[from], scan->places[to]};
}

/* ---- a name in braces -------------------------------------------------------------------- */

static bool is_letter(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_name(char c)
{
  return is_letter(c) || (c >= '0' && c <= '9');
}

static void skip_blanks(TextScan *scan)
{
  while (scan->at < scan->len && scan->text[scan->at] == ' ') scan->at++;
}

static void add_word(TextScan *scan, AstPath *path)
{
  AstWord *word = ARENA_NEW(scan->ck->arena, AstWord);
  uint32_t from = scan->at;
  while (scan->at < scan->len && is_name(scan->text[scan->at])) scan->at++;
  word->sym = intern(scan->ck->names, scan->text + from, scan->at - from);
  word->n.span = place(scan, from, scan->at);
  path->span = path->words.count == 0 ? word->n.span : span_join(path->span, word->n.span);
  if (path->words.last)
    path->words.last->next = &word->n;
  else
    path->words.first = &word->n;
  path->words.last = &word->n;
  path->words.count++;
}

/* `a.b }`, behind the brace; false when it is not that. */
static bool read_path(TextScan *scan, AstPath *path)
{
  skip_blanks(scan);
  for (;;) {
    if (scan->at >= scan->len || !is_letter(scan->text[scan->at])) return false;
    add_word(scan, path);
    if (scan->at >= scan->len || scan->text[scan->at] != '.') break;
    scan->at++;
  }
  skip_blanks(scan);
  return scan->at < scan->len && scan->text[scan->at] == '}';
}

static void put_piece(TextScan *scan, TextVec *pieces, Expr *value)
{
  TextPiece *piece = VEC_PUSH(scan->ck->arena, pieces);
  piece->literal = scan->literal.len ? intern(scan->ck->names, scan->literal.data, scan->literal.len) : 0;
  piece->value = value;
  buf_init(&scan->literal, scan->ck->arena);
}

static void say_bad_name(TextScan *scan, uint32_t open)
{
  const char *close = memchr(scan->text + open, '}', scan->len - open);
  uint32_t end = close ? (uint32_t)(close - scan->text) + 1 : scan->len;
  Checker *ck = scan->ck;
  const char *what = close ? "between braces stands a name, or names joined by dots"
                           : "this brace is not closed";
  Diag *diag = SAY(ck, E0520, place(scan, open, end), "%s", what);
  diag_help(ck->diags, diag, "write `{customer}` or `{visit.slot}`; a brace alone is written `{{`");
  scan->at = end;
}

static void say_of_many(TextScan *scan, const AstPath *path)
{
  Checker *ck = scan->ck;
  Diag *diag = SAY(ck, E0528, path->span, "a target is about many moments, so there is no `%s` to name",
                   path_text(ck, path));
  diag_help(ck->diags, diag, "write the text without names; the alert says which target it is about");
}

static void read_value(TextScan *scan, TextVec *pieces)
{
  uint32_t open = scan->at++;
  AstExpr *ast = ARENA_NEW(scan->ck->arena, AstExpr);
  if (!read_path(scan, &ast->u.call.path)) {
    say_bad_name(scan, open);
    return;
  }
  scan->at++;
  if (scan->ctx->reach == 0) {
    say_of_many(scan, &ast->u.call.path);
    return;
  }
  ast->n.kind = AX_PATH;
  ast->n.span = ast->u.call.path.span;
  Expr *value = check_expr(scan->ck, scan->ctx, ast);
  if (!expr_wrong(value)) put_piece(scan, pieces, value);
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void read_brace(TextScan *scan, TextVec *pieces)
{
  char c = scan->text[scan->at];
  if (scan->at + 1 < scan->len && scan->text[scan->at + 1] == c) {
    buf_char(&scan->literal, c);
    scan->at += 2;
  } else if (c == '{') {
    read_value(scan, pieces);
  } else {
    Diag *diag = SAY(scan->ck, E0520, place(scan, scan->at, scan->at + 1), "this brace closes nothing");
    diag_help(scan->ck->diags, diag, "a brace alone is written `}}`");
    scan->at++;
  }
}

void check_text(Checker *ck, const Ctx *ctx, AstText text, TextVec *pieces)
{
  TextScan scan = {.ck = ck, .ctx = ctx, .whole = text.span};
  scan.text = sym_text(ck->names, text.sym);
  scan.len = (uint32_t)sym_len(ck->names, text.sym);
  scan.places = places_of(ck, text.span, scan.text, scan.len);
  buf_init(&scan.literal, ck->arena);
  while (scan.at < scan.len) {
    char c = scan.text[scan.at];
    if (c == '{' || c == '}') {
      read_brace(&scan, pieces);
    } else {
      buf_char(&scan.literal, c);
      scan.at++;
    }
  }
  if (scan.literal.len > 0 || pieces->len == 0) put_piece(&scan, pieces, NULL);
}
