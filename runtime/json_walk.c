/* json_walk.c - see json_walk.h. */
#include "runtime/json_walk.h"

/* ---- objects and lists ---- */

typedef struct Nest {
  const JsonText *json;
  uint32_t token;
  size_t end;
  unsigned depth, outer;
  uint64_t objects[JSON_DEPTH_MAX / 64]; /* by depth: an object, not a list */
} Nest;

static bool in_object(const Nest *nest)
{
  return nest->objects[nest->depth / 64] >> nest->depth % 64 & 1;
}

static bool open_nest(Nest *nest, bool object)
{
  if (++nest->depth + nest->outer > JSON_DEPTH_MAX || nest->depth == JSON_DEPTH_MAX) return false;
  uint64_t bit = UINT64_C(1) << nest->depth % 64;
  if (object) nest->objects[nest->depth / 64] |= bit;
  else nest->objects[nest->depth / 64] &= ~bit;
  nest->token++;
  return true;
}

/* A name and its colon. */
static bool skip_name(Nest *nest)
{
  const JsonText *json = nest->json;
  uint32_t name = nest->token;
  if (name + 2 >= json->count) return false;
  nest->token += 2;
  return json_char(json, name) == '"' && json_char(json, name + 1) == ':';
}

static bool skip_scalar(Nest *nest)
{
  const char *next = nest->json->text + nest->json->tokens[nest->token + 1];
  const char *p = json_scalar_end(nest->json->text + nest->json->tokens[nest->token]);
  nest->token++;
  return p && (p == next || json_blank(*p));
}

/* Opens what begins here, or skips it when it holds nothing.  *ret_value: another value comes next. */
static bool begin_value(Nest *nest, bool *ret_value)
{
  const JsonText *json = nest->json;
  if (nest->token + 1 >= json->count || json->tokens[nest->token] > nest->end) return false;
  char c = json_char(json, nest->token);
  *ret_value = false;
  if (c == '"') {
    nest->token++;
    return true;
  }
  if (c != '{' && c != '[') return skip_scalar(nest);
  if (!open_nest(nest, c == '{')) return false;
  if (json_char(json, nest->token) == (c == '{' ? '}' : ']')) return true;
  *ret_value = true;
  return c == '[' || skip_name(nest);
}

/* Closes what ends here, up to the next value or the end of all. */
static bool end_values(Nest *nest)
{
  for (; nest->depth > 0; nest->depth--) {
    if (nest->token >= nest->json->count) return false;
    char c = json_char(nest->json, nest->token++);
    if (c == ',') return !in_object(nest) || skip_name(nest);
    if (c != (in_object(nest) ? '}' : ']')) return false;
  }
  return true;
}

uint32_t json_skip_nested(const JsonText *json, uint32_t token, size_t end, unsigned depth)
{
  Nest nest = {.json = json, .token = token, .end = end, .outer = depth};
  do {
    bool value;
    if (!begin_value(&nest, &value)) return 0;
    if (!value && !end_values(&nest)) return 0;
  } while (nest.depth > 0);
  return nest.token;
}

/* ---- escapes ---- */

static int hex(char c)
{
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The four digits at `p`; negative: they are none. */
static int32_t unit_at(const char *p, const char *end)
{
  int32_t value = 0;
  if (end - p < 4) return -1;
  for (int i = 0; i < 4; i++) {
    int digit = hex(p[i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/* The character of an escape \u…, whose digits begin at `p`, and how many bytes from there it takes;
 * negative: it is none. */
static int32_t unicode_at(const char *p, const char *end, size_t *ret_len)
{
  int32_t high = unit_at(p, end);
  *ret_len = 4;
  if (high < 0xd800 || high > 0xdfff) return high;
  if (high > 0xdbff || end - p < 10 || p[4] != '\\' || p[5] != 'u') return -1;
  int32_t low = unit_at(p + 6, end);
  *ret_len = 10;
  return low < 0xdc00 || low > 0xdfff ? -1 : 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

bool json_escapes_sound(const char *p, const char *end)
{
  while ((p = memchr(p, '\\', (size_t)(end - p)))) {
    size_t len = 0;
    if (end - p < 2 || !p[1] || !strchr("\"\\/bfnrtu", p[1])) return false;
    if (p[1] == 'u' && unicode_at(p + 2, end, &len) < 0) return false;
    p += 2 + len;
  }
  return true;
}

static char *put_utf8(char *to, int32_t c)
{
  if (c < 0x80) {
    *to++ = (char)c;
    return to;
  }
  if (c < 0x800) {
    *to++ = (char)(0xc0 | c >> 6);
  } else {
    if (c < 0x10000) {
      *to++ = (char)(0xe0 | c >> 12);
    } else {
      *to++ = (char)(0xf0 | c >> 18);
      *to++ = (char)(0x80 | (c >> 12 & 0x3f));
    }
    *to++ = (char)(0x80 | (c >> 6 & 0x3f));
  }
  *to++ = (char)(0x80 | (c & 0x3f));
  return to;
}

static char plain_escape(char c)
{
  switch (c) {
  case 'b': return '\b';
  case 'f': return '\f';
  case 'n': return '\n';
  case 'r': return '\r';
  case 't': return '\t';
  default: return c;
  }
}

size_t json_unescape(const char *text, size_t len, char *to)
{
  const char *end = text + len;
  char *out = to;
  while (text < end) {
    size_t taken = 0;
    if (*text != '\\') {
      *out++ = *text++;
    } else if (text[1] == 'u') {
      out = put_utf8(out, unicode_at(text + 2, end, &taken));
      text += 2 + taken;
    } else {
      *out++ = plain_escape(text[1]);
      text += 2;
    }
  }
  return (size_t)(out - to);
}
