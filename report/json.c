/*
 * json.c - see json.h.
 */
#include "report/json.h"

#include <math.h>
#include <string.h>
#include <time.h>

#include <utf8proc.h>

static void put_string(Buf *page, const char *text, size_t size)
{
  utf8proc_int32_t c;
  buf_char(page, '"');
  for (size_t at = 0; at < size;) {
    utf8proc_ssize_t len = utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(size - at), &c);
    if (len <= 0)
      buf_text(page, "\xEF\xBF\xBD");
    else if (c == '"' || c == '\\')
      buf_printf(page, "\\%c", (char)c);
    else if (c < 0x20)
      buf_printf(page, "\\u%04x", (unsigned)c);
    else
      buf_put(page, text + at, (size_t)len);
    at += len > 0 ? (size_t)len : 1;
  }
  buf_char(page, '"');
}

static void new_line(Json *json)
{
  buf_char(json->page, '\n');
  buf_fill(json->page, ' ', json->depth);
}

static void begin(Json *json, const char *name)
{
  if (!json->first) buf_char(json->page, ',');
  if (json->depth > 0) new_line(json);
  json->first = false;
  if (!name) return;
  put_string(json->page, name, strlen(name));
  buf_char(json->page, ':');
}

void json_open(Json *json, const char *name, char bracket)
{
  begin(json, name);
  buf_char(json->page, bracket);
  json->first = true;
  json->depth++;
}

void json_close(Json *json, char bracket)
{
  json->depth--;
  if (!json->first) new_line(json);
  buf_char(json->page, bracket);
  json->first = false;
}

void json_none(Json *json, const char *name)
{
  begin(json, name);
  buf_text(json->page, "null");
}

void json_count(Json *json, const char *name, uint64_t count)
{
  begin(json, name);
  buf_printf(json->page, "%llu", (unsigned long long)count);
}

void json_whole(Json *json, const char *name, int64_t number)
{
  begin(json, name);
  buf_printf(json->page, "%lld", (long long)number);
}

void json_truth(Json *json, const char *name, bool truth)
{
  begin(json, name);
  buf_text(json->page, truth ? "true" : "false");
}

void json_number(Json *json, const char *name, double number)
{
  if (!isfinite(number)) {
    json_none(json, name);
    return;
  }
  begin(json, name);
  buf_printf(json->page, "%.15g", number == 0 ? 0.0 : number);
}

void json_percent(Json *json, const char *name, double percent)
{
  json_number(json, name, percent < 0 ? NAN : percent);
}

void json_text(Json *json, const char *name, const char *text)
{
  if (text)
    json_bytes(json, name, text, strlen(text));
  else
    json_none(json, name);
}

void json_bytes(Json *json, const char *name, const char *text, size_t size)
{
  begin(json, name);
  put_string(json->page, text, size);
}

void json_time(Json *json, const char *name, int64_t time)
{
  if (time == MOT_NO_TIME) {
    json_none(json, name);
    return;
  }
  int64_t micros = time % 1000000;
  if (micros < 0) micros += 1000000;
  time_t seconds = (time_t)((time - micros) / 1000000);
  struct tm tm = {0};
  char text[64];
  gmtime_r(&seconds, &tm);
  size_t used = strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &tm);
  text[used] = '\0';
  begin(json, name);
  if (micros % 1000 == 0)
    buf_printf(json->page, "\"%s.%03dZ\"", text, (int)(micros / 1000));
  else
    buf_printf(json->page, "\"%s.%06dZ\"", text, (int)micros);
}

void json_length(Json *json, const char *name, int64_t micros)
{
  if (micros == MOT_NO_TIME) {
    json_none(json, name);
    return;
  }
  begin(json, name);
  buf_printf(json->page, "%lld", (long long)(micros / 1000));
}
