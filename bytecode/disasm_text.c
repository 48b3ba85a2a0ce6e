/* disasm_text.c - single values of the listing. */
#include <stdio.h>
#include <string.h>

#include "bytecode/listing.h"
#include "bytecode/zonetime.h"

/* ---- texts ---- */

/* Bytes of the UTF-8 character at `s` (verified). */
static uint32_t character(const char *s)
{
  unsigned char c = (unsigned char)*s;
  return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

void put_text(Listing *l, uint32_t string, uint32_t width)
{
  uint32_t len;
  const char *s = module_string(l->m, string, &len), *end = s + len;
  for (uint32_t n = 0; s < end; n++) {
    if (n + 1 >= width && s + character(s) < end) {
      buf_text(l->out, "…");
      return;
    }
    unsigned char c = (unsigned char)*s;
    if (c < 0x20 || c == 0x7f)
      buf_char(l->out, ' ');
    else
      buf_put(l->out, s, character(s));
    s += character(s);
  }
}

void put_quoted(Listing *l, uint32_t string, uint32_t width)
{
  buf_char(l->out, '"');
  put_text(l, string, width);
  buf_char(l->out, '"');
}

/* ---- numbers ---- */

void put_duration(Buf *out, int64_t us)
{
  static const struct { int64_t us; const char *unit; } units[] = {
    {INT64_C(604800000000), "w"}, {INT64_C(86400000000), "d"}, {INT64_C(3600000000), "h"},
    {INT64_C(60000000), "min"},   {INT64_C(1000000), "s"},     {INT64_C(1000), "ms"},
  };
  for (size_t i = 0; i < sizeof units / sizeof *units; i++)
    if (us != 0 && us % units[i].us == 0) {
      buf_printf(out, "%lld %s", (long long)(us / units[i].us), units[i].unit);
      return;
    }
  buf_printf(out, "%lld us", (long long)us);
}

void put_time(Buf *out, int64_t us)
{
  int64_t seconds = us / 1000000 - (us % 1000000 < 0), part = us - seconds * 1000000;
  int64_t day = day_of_second(seconds), rest = seconds - day * SECONDS_OF_DAY;
  CivilDate date = civil_from_days(day);
  buf_printf(out, "%04d-%02d-%02dT%02d:%02d:%02d", date.year, date.month, date.day, (int)(rest / 3600),
             (int)(rest / 60 % 60), (int)(rest % 60));
  if (part != 0) buf_printf(out, ".%06d", (int)part);
  buf_char(out, 'Z');
}

/* Most large integers are times or lengths of time. */
void put_integer(Buf *out, int64_t value)
{
  const int64_t year_2000 = INT64_C(946684800000000), year_2100 = INT64_C(4102444800000000);
  buf_printf(out, "%lld", (long long)value);
  bool time = value >= year_2000 && value < year_2100;
  if (!time && (value % 1000 != 0 || (value < 1000000 && value > -1000000))) return;
  buf_text(out, " (");
  if (time)
    put_time(out, value);
  else
    put_duration(out, value);
  buf_char(out, ')');
}

/* ---- rows ---- */

/* The string number that names a row, 0: it has no name. */
static uint32_t row_name(const Module *m, uint32_t table, uint32_t row)
{
  switch (table) {
  case SECTION_Event: return m->Event[row].name;
  case SECTION_Field: return m->Field[row].name;
  case SECTION_Owner: return m->Owner[row].name;
  case SECTION_Zone: return m->Zone[row].name;
  case SECTION_Calendar: return m->Calendar[row].name;
  case SECTION_Currency: return m->Currency[row].code;
  case SECTION_Source: return m->Source[row].name;
  case SECTION_Experience: return m->Experience[row].name;
  case SECTION_Mot: return m->Mot[row].name;
  case SECTION_Slot: return m->Slot[row].name;
  case SECTION_Key: return m->Key[row].name;
  case SECTION_Metric: return m->Metric[row].name;
  case SECTION_Nsat: return m->Nsat[row].name;
  case SECTION_Goal: return m->Goal[row].name;
  case SECTION_Function: return m->Function[row].name;
  default: return 0;
  }
}

void put_row_name(Listing *l, uint32_t table, uint32_t row)
{
  if (row == MOT_NONE) {
    buf_char(l->out, '-');
    return;
  }
  uint32_t name = row_name(l->m, table, row);
  if (name != 0)
    put_text(l, name, NAME_WIDTH);
  else
    buf_printf(l->out, "%u", row);
}

/* Columns count characters, not bytes. */
static uint32_t width_from(const Buf *out, size_t start)
{
  uint32_t width = 0;
  for (size_t i = start; i < out->len; i++) width += ((unsigned char)out->data[i] & 0xc0) != 0x80;
  return width;
}

void put_column(Buf *out, size_t start, uint32_t column)
{
  uint32_t width = width_from(out, start);
  buf_fill(out, ' ', width < column ? column - width : 1);
}

void trim_line(Buf *out)
{
  while (out->len > 0 && out->data[out->len - 1] == ' ') out->data[--out->len] = '\0';
}
