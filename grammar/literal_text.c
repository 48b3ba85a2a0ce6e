/*
 * literal_text.c - text in quotes, and its escapes.
 */
#include <string.h>
#include <utf8proc.h>

#include "base/buf.h"
#include "grammar/literal.h"

typedef struct Escape {
  const char *at, *end; /* behind the backslash, and the end of the text */
  uint32_t offset;      /* of the backslash in the file */
} Escape;

static void say_escape(Parser *p, const Escape *escape, uint32_t len, const char *wrong)
{
  Span span = {p->out->file, escape->offset, escape->offset + len};
  Diag *diag = say(p, E0107, span, "%s", wrong);
  diag_help(p->in->diags, diag,
            "in a text, write \\\" for a quote, \\\\ for a backslash, \\n for a new line, "
            "\\u{20AC} for a character by its number");
}

static int hex_digit(char c)
{
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/* `\u{20AC}`; returns what lies behind it. */
static const char *put_code_point(Parser *p, Buf *buf, const Escape *escape)
{
  const char *s = escape->at + 1;
  uint32_t value = 0, digits = 0;
  bool braces = s < escape->end && *s == '{';
  if (braces) s++;
  for (; braces && s < escape->end && hex_digit(*s) >= 0 && digits < 8; s++, digits++)
    value = value * 16 + (uint32_t)hex_digit(*s);
  bool closed = digits != 0 && s < escape->end && *s == '}';
  if (closed) s++;
  bool usable = closed && value != 0 && utf8proc_codepoint_valid((utf8proc_int32_t)value);
  if (!usable) {
    say_escape(p, escape, (uint32_t)(s - escape->at) + 1,
               closed ? "there is no character of this number" : "\\u is followed by the number in braces");
    return s;
  }
  uint8_t bytes[4];
  buf_put(buf, bytes, (size_t)utf8proc_encode_char((utf8proc_int32_t)value, bytes));
  return s;
}

static const char *put_escape(Parser *p, Buf *buf, const Escape *escape)
{
  switch (*escape->at) {
  case '"': buf_char(buf, '"'); break;
  case '\\': buf_char(buf, '\\'); break;
  case 'n': buf_char(buf, '\n'); break;
  case 'u': return put_code_point(p, buf, escape);
  default: say_escape(p, escape, 2, "this backslash means nothing");
  }
  return escape->at + 1;
}

/* `len` letters at `text`, escapes resolved. */
static Sym resolve(Parser *p, const char *text, size_t len)
{
  const char *back = memchr(text, '\\', len);
  if (!back) return intern(p->in->interner, text, len);
  Buf buf;
  buf_init(&buf, p->in->arena);
  const char *end = text + len;
  while (back && back + 1 < end) {
    buf_put(&buf, text, (size_t)(back - text));
    Escape escape = {back + 1, end, (uint32_t)(back - p->text)};
    text = put_escape(p, &buf, &escape);
    back = memchr(text, '\\', (size_t)(end - text));
  }
  buf_put(&buf, text, (size_t)(end - text));
  return intern(p->in->interner, buf.data ? buf.data : "", buf.len);
}

AstText text_token(Parser *p, Span span)
{
  return (AstText){resolve(p, p->text + span.start + 1, span.end - span.start - 2), span};
}

/* Braces in such a text were probably meant to close blocks. */
static uint32_t braces_in(const Parser *p, Span span)
{
  int64_t braces = 0;
  for (uint32_t i = span.start; i < span.end; i++) braces += (p->text[i] == '}') - (p->text[i] == '{');
  if (braces > p->openers.len) braces = p->openers.len;
  return braces > 0 ? (uint32_t)braces : 0;
}

AstText text_open(Parser *p, Span span)
{
  Span quote = {span.file, span.start, span.start + 1};
  Diag *diag = say(p, E0106, quote, "the text that begins here has no closing quote on its line");
  diag_help(p->in->diags, diag, "close it with \"; a line break inside is written \\n");
  p->swallowed = braces_in(p, span);
  return (AstText){resolve(p, p->text + span.start + 1, span.end - span.start - 1), span};
}

AstText text_curly(Parser *p, const char *text, size_t len, Span span)
{
  size_t open = text[0] == '\'' ? 1 : 3, close = text[len - 1] == '\'' || text[len - 1] == '"' ? 1 : 3;
  const char *inner = text + open;
  int inner_len = (int)(len - open - close);
  Diag *diag = say(p, E0104, span, "text stands between plain quotes: \"");
  if (!memchr(inner, '"', (size_t)inner_len) && inner_len < 200)
    diag_fix(p->in->diags, diag, span, "\"%.*s\"", inner_len, inner);
  else
    diag_help(p->in->diags, diag, "write \" at its beginning and its end");
  return (AstText){resolve(p, inner, (size_t)inner_len), span};
}
