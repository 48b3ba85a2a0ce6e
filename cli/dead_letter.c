/*
 * dead_letter.c - see dead_letter.h.
 */
#include "cli/dead_letter.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static bool put(Sink *sink, const char *text)
{
  return sink_put(sink, text, strlen(text));
}

static bool put_escape(Sink *sink, unsigned char c)
{
  char text[8];
  if (c == '"' || c == '\\')
    snprintf(text, sizeof text, "\\%c", c);
  else
    snprintf(text, sizeof text, "\\u%04x", c);
  return put(sink, text);
}

/* A path or a field's name: escapes are rare in it. */
static bool put_text(Sink *sink, const char *key, const char *text)
{
  bool fine = put(sink, key) && put(sink, "\"");
  while (fine && *text) {
    size_t plain = 0;
    while ((unsigned char)text[plain] >= 0x20 && text[plain] != '"' && text[plain] != '\\') plain++;
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
