/*
 * html_write.c - see html.h.
 */
#include "report/html.h"

#include <stdio.h>
#include <string.h>

/* ---- bytes ---- */

void html_flush(Html *html)
{
  if (html->used > 0 && !html->refused)
    html->refused = !html->sink.put(html->sink.user, html->buffer, html->used);
  html->used = 0;
}

static void put_bytes(Html *html, const char *bytes, size_t size)
{
  while (size > 0) {
    size_t room = sizeof html->buffer - html->used, part = size < room ? size : room;
    memcpy(html->buffer + html->used, bytes, part);
    html->used += part;
    bytes += part;
    size -= part;
    if (html->used == sizeof html->buffer) html_flush(html);
  }
}

void html_raw(Html *html, const char *text)
{
  put_bytes(html, text, strlen(text));
}

static void put_format(Html *html, const char *format, va_list args)
{
  char room[512];
  va_list again;
  va_copy(again, args);
  int size = vsnprintf(room, sizeof room, format, args);
  if (size >= 0 && (size_t)size < sizeof room) put_bytes(html, room, (size_t)size);
  else html_raw(html, arena_vprintf(&html->arena, format, again));
  va_end(again);
}

void html_put(Html *html, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  put_format(html, format, args);
  va_end(args);
}

/* ---- texts made safe ---- */

static const char *entity_of(unsigned char c)
{
  switch (c) {
  case '&': return "&amp;";
  case '<': return "&lt;";
  case '>': return "&gt;";
  case '"': return "&quot;";
  case '\'': return "&#39;";
  default: return c < ' ' || c == 0x7f ? (c == '\t' || c == '\n' || c == '\r' ? " " : "\xef\xbf\xbd") : NULL;
  }
}

static size_t character_length(unsigned char c)
{
  return c < 0xc0 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

/* U+FFFE and U+FFFF, which XML does not know. */
static bool is_noncharacter(const char *at, size_t length)
{
  return length == 3 && memcmp(at, "\xef\xbf", 2) == 0 && (unsigned char)at[2] >= 0xbe;
}

static char *append(char *to, const char *bytes, size_t size)
{
  memcpy(to, bytes, size);
  return to + size;
}

const char *html_cut(Html *html, const char *text, size_t size, size_t most)
{
  if (most > 0 && size > most * 4 + 4) size = most * 4 + 4;
  char *made = arena_alloc(&html->arena, size * 6 + 4), *to = made;
  size_t shown = 0;
  for (size_t i = 0; i < size;) {
    size_t length = character_length((unsigned char)text[i]);
    if (length > size - i) break;
    if (most > 0 && shown++ == most) {
      to = append(to, "…", strlen("…"));
      break;
    }
    const char *entity = length == 1 ? entity_of((unsigned char)text[i]) : NULL;
    if (text[i] == ' ' && i + 1 < size && text[i + 1] == '%')
      entity = "\u00a0"; /* "5 %" stays on one line */
    if (is_noncharacter(text + i, length)) entity = "\xef\xbf\xbd";
    to = entity ? append(to, entity, strlen(entity)) : append(to, text + i, length);
    i += length;
  }
  *to = '\0';
  return made;
}

const char *html_safe(Html *html, const char *text)
{
  return html_cut(html, text, strlen(text), 0);
}

const char *html_firm(Html *html, const char *text)
{
  char *made = arena_alloc(&html->arena, strlen(text) * 2 + 1), *to = made;
  for (; *text; text++) to = *text == ' ' ? append(to, "\u00a0", 2) : append(to, text, 1);
  *to = '\0';
  return made;
}

const char *html_data(Html *html, const char *text)
{
  return arena_printf(&html->arena, "<bdi>%s</bdi>", html_cut(html, text, strlen(text), 120));
}

/* ---- sections ---- */

void html_section(Html *html, const char *name, uint32_t experience, const char *title)
{
  html_put(html, "<section id=\"%s-%u\" aria-labelledby=\"%s-%u-head\">\n<h3 id=\"%s-%u-head\">%s</h3>\n",
           name, experience, name, experience, name, experience, title);
}

void html_section_end(Html *html)
{
  html_raw(html, "</section>\n");
}

/* ---- marks ---- */

static const char *mark(Html *html, const char *kind, const char *shape, const char *word)
{
  return arena_printf(&html->arena,
                      "<span class=\"mark %s\"><span aria-hidden=\"true\">%s</span>\u00a0%s</span>", kind,
                      shape, word);
}

const char *html_state(Html *html, mot_state state)
{
  switch (state) {
  case MOT_STATE_MET: return mark(html, "good", "✓", "met");
  case MOT_STATE_BREACHED: return mark(html, "bad", "✗", "breached");
  default: return mark(html, "none", "○", "not judged");
  }
}

const char *html_outcome(Html *html, mot_outcome outcome)
{
  switch (outcome) {
  case MOT_PRODUCED: return mark(html, "good", "✓", "produced");
  case MOT_MISSED: return mark(html, "bad", "✗", "missed");
  case MOT_VOID: return mark(html, "none", "○", "void");
  default: return mark(html, "none", "…", "open");
  }
}

const char *html_change(Html *html, const ReviewChange *change)
{
  double points = change->difference.value * 100;
  if (!change->difference.known) return "–";
  if (change->effect == EFFECT_NONE) return mark(html, "none", "=", "no sign of a change");
  return points > 0 ? mark(html, "good", "▲", arena_printf(&html->arena, "%.1f points more", points))
                    : mark(html, "bad", "▼", arena_printf(&html->arena, "%.1f points less", -points));
}

bool html_compares(const ReviewExperience *experience)
{
  for (uint32_t i = 0; i < experience->mot_count; i++)
    if (experience->mots[i].change.difference.known) return true;
  return false;
}

const char *html_trend(Html *html, ReviewTrend trend)
{
  switch (trend) {
  case REVIEW_TREND_RISING: return mark(html, "good", "▲", "rising");
  case REVIEW_TREND_FALLING: return mark(html, "bad", "▼", "falling");
  case REVIEW_TREND_STEADY: return mark(html, "none", "=", "no sign of a trend");
  default: return "–";
  }
}

/* ---- tables ---- */

/* A table that is stacked on a telephone is none to the browser there: it has to be told its roles. */
static const char *role(const HtmlTable *table, const char *attribute)
{
  return table->stack ? attribute : "";
}

static const char *head_text(const char *head)
{
  return *head == '#' ? head + 1 : head;
}

/* Of few columns: they fit beside each other on a telephone too. */
static bool is_slim(const char *const *heads)
{
  unsigned count = 0;
  while (heads[count]) count++;
  return count <= 4;
}

static HtmlTable begin_table(Html *html, const char *caption, const char *const *heads, bool wide)
{
  HtmlTable table = {.heads = heads, .stack = !wide && !is_slim(heads), .wide = wide};
  const char *rows = role(&table, " role=\"rowgroup\"");
  html_put(html, "<table%s%s>\n<caption>%s</caption>\n<thead%s><tr%s>", table.stack ? " class=\"stack\"" : "",
           role(&table, " role=\"table\""), caption, rows, role(&table, " role=\"row\""));
  for (unsigned i = 0; heads[i]; i++)
    html_put(html, "<th scope=\"col\"%s%s>%s</th>", role(&table, " role=\"columnheader\""),
             *heads[i] == '#' ? " class=\"n\"" : "", head_text(heads[i]));
  html_put(html, "</tr></thead>\n<tbody%s>", rows);
  return table;
}

HtmlTable html_table(Html *html, const char *caption, const char *const *heads)
{
  return begin_table(html, caption, heads, false);
}

HtmlTable html_wide_table(Html *html, const char *caption, const char *const *heads)
{
  html_put(html, "<div class=\"wide\" role=\"region\" aria-label=\"%s\" tabindex=\"0\">\n", caption);
  return begin_table(html, caption, heads, true);
}

void html_row(Html *html, HtmlTable *table, const char *about)
{
  html_put(html, "%s\n<tr%s><th scope=\"row\"%s>%s</th>", table->column > 0 ? "</tr>" : "",
           role(table, " role=\"row\""), role(table, " role=\"rowheader\""), about);
  table->column = 1;
}

void html_cell(Html *html, HtmlTable *table, const char *format, ...)
{
  const char *head = table->heads[table->column++];
  html_put(html, "<td%s%s", role(table, " role=\"cell\""), *head == '#' ? " class=\"n\"" : "");
  if (table->stack) html_put(html, " data-head=\"%s\"><span>", head_text(head));
  else html_raw(html, ">");
  va_list args;
  va_start(args, format);
  put_format(html, format, args);
  va_end(args);
  html_raw(html, table->stack ? "</span></td>" : "</td>");
}

void html_table_end(Html *html, HtmlTable *table)
{
  html_put(html, "%s</tbody>\n</table>\n%s", table->column > 0 ? "</tr>\n" : "",
           table->wide ? "</div>\n" : "");
}
