/*
 * json_walk.h - over the tokens of scanned JSON: where values end, with their grammar checked.
 */
#ifndef MOT_RUNTIME_JSON_WALK_H
#define MOT_RUNTIME_JSON_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A text that was scanned: see json_scan.h. */
typedef struct JsonText {
  const char *text;
  size_t size;
  const uint32_t *tokens;
  uint32_t count;
} JsonText;

/* Objects and lists within each other, the outermost counted. */
enum { JSON_DEPTH_MAX = 2048 };

static inline bool json_blank(char c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static inline char json_char(const JsonText *json, uint32_t token)
{
  return json->text[json->tokens[token]];
}

/* The closing quote of the text that begins at a token: only blanks stand between it and the next token. */
static inline const char *json_text_end(const JsonText *json, uint32_t token)
{
  const char *p = json->text + json->tokens[token + 1] - 1;
  while (*p != '"') p--;
  return p;
}

/* Behind the number that begins at `p`, which something that is no digit follows; NULL: it is none. */
static inline const char *json_number_end(const char *p)
{
  p += *p == '-';
  if ((unsigned char)(*p - '0') > 9) return NULL;
  if (*p == '0') p++;
  else while ((unsigned char)(*p - '0') <= 9) p++;
  if (*p == '.') {
    if ((unsigned char)(*++p - '0') > 9) return NULL;
    while ((unsigned char)(*p - '0') <= 9) p++;
  }
  if ((*p | 0x20) == 'e') {
    p++;
    p += *p == '+' || *p == '-';
    if ((unsigned char)(*p - '0') > 9) return NULL;
    while ((unsigned char)(*p - '0') <= 9) p++;
  }
  return p;
}

/* Behind the number, true, false or null that begins at `p`; NULL: it is none. */
static inline const char *json_scalar_end(const char *p)
{
  switch (*p) {
  case 't': return memcmp(p, "true", 4) == 0 ? p + 4 : NULL;
  case 'f': return memcmp(p + 1, "alse", 4) == 0 ? p + 5 : NULL;
  case 'n': return memcmp(p, "null", 4) == 0 ? p + 4 : NULL;
  default: return json_number_end(p);
  }
}

/* The token behind an object or list; 0: its grammar is wrong, it is too deep, does not end or begins a value
 * beyond `end`.  `depth`: of what it lies in. */
uint32_t json_skip_nested(const JsonText *json, uint32_t token, size_t end, unsigned depth);
/* Likewise of any value that is sound. */
static inline uint32_t json_skip_sound(const JsonText *json, uint32_t token)
{
  char c = json_char(json, token);
  return c == '{' || c == '[' ? json_skip_nested(json, token, SIZE_MAX, 0) : token + 1;
}

/* Whether every escape between two places is one of JSON, pairs of surrogates whole. */
bool json_escapes_sound(const char *p, const char *end);
/* Decodes a text with sound escapes to `to`, where as many bytes have room; how many came out. */
size_t json_unescape(const char *text, size_t len, char *to);

#endif
