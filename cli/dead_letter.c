/*
 * dead_letter.c - see dead_letter.h.
 */
#include "cli/dead_letter.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <utf8proc.h>

static bool put(Sink *sink, const char *text)
{
  return sink_put(sink, text, strlen(text));
}

static bool put_escape(Sink *sink, unsigned char c)
{
  char text[8];
  if (c >= 0x80) return put(sink, "\xEF\xBF\xBD"); /* U+FFFD */
  if (c == '"' || c == '\\')
    snprintf(text, sizeof text, "\\%c", c);
  else
    snprintf(text, sizeof text, "\\u%04x", c);
  return put(sink, text);
}

/* The bytes of a character that stands for itself; 0 at the end, at what JSON escapes, and at bytes that are
 * no character: a file's name may be any bytes. */
static size_t plain_char(const char *text)
{
  utf8proc_int32_t point;
  if ((unsigned char)*text < 0x20 || *text == '"' || *text == '\\') return 0;
  utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &point);
  return size > 0 ? (size_t)size : 0;
}

/* A path or a field's name: escapes are rare in it. */
static bool put_text(Sink *sink, const char *key, const char *text)
{
  bool fine = put(sink, key) && put(sink, "\"");
  while (fine && *text) {
    size_t plain = 0;
    for (size_t size; (size = plain_char(text + plain)) > 0;) plain += size;
    fine = sink_put(sink, text, plain);
    text += plain;
    if (*text && fine) fine = put_escape(sink, (unsigned char)*text++);
  }
  return fine && put(sink, "\"");
}

bool dead_letter_put(Sink *sink, const mot_rejected *rejected)
{
  char place[80];
  snprintf(place, sizeof place, ",\"line\":%" PRIu64 ",\"offset\":%" PRIu64, rejected->line, rejected->offset);
  return put(sink, rejected->late ? "{\"kind\":\"late\"" : "{\"kind\":\"rejected\"") &&
    put_text(sink, ",\"source\":", rejected->source) && put(sink, place) &&
    put_text(sink, ",\"reason\":", rejected->reason) &&
    (!rejected->field || put_text(sink, ",\"field\":", rejected->field)) && put(sink, "}\n");
}
