/*
 * markup.c - see markup.h.
 */
#include "cli/markup.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static const char replacement[] = "\xef\xbf\xbd";

/* Takes the next character, or -1 for a byte that begins none. */
static utf8proc_int32_t next_character(const char **at)
{
  utf8proc_int32_t c;
  utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)*at, -1, &c);
  *at += size > 0 ? size : 1;
  return size > 0 ? c : -1;
}

/* XML 1.0, section 2.2. */
static bool in_xml(utf8proc_int32_t c)
{
  return c == '\t' || c == '\n' || c == '\r' || (c >= 32 && c != 0xfffe && c != 0xffff);
}

void markup_xml(const char *text, FILE *out)
{
  while (*text) {
    const char *from = text;
    utf8proc_int32_t c = next_character(&text);
    if (!in_xml(c))
      fputs(replacement, out);
    else if (c < 32 || (c < 127 && strchr("&<>\"'", c)))
      fprintf(out, "&#%d;", (int)c);
    else
      fwrite(from, 1, (size_t)(text - from), out);
  }
}

void markup_command(const char *text, bool property, FILE *out)
{
  for (const char *p = text; *p; p++) {
    if (*p == '%' || *p == '\r' || *p == '\n' || (property && (*p == ':' || *p == ',')))
      fprintf(out, "%%%02X", (unsigned char)*p);
    else
      fputc(*p, out);
  }
}

json_t *markup_json(const char *text)
{
  json_t *string = json_string(text);
  if (string) return string;
  char *valid = malloc(3 * strlen(text) + 1), *to = valid;
  if (!valid) return NULL;
  while (*text) {
    const char *from = text;
    bool fine = next_character(&text) >= 0;
    size_t size = fine ? (size_t)(text - from) : sizeof replacement - 1;
    memcpy(to, fine ? from : replacement, size);
    to += size;
  }
  *to = 0;
  string = json_string(valid);
  free(valid);
  return string;
}
