/*
 * svg_text.c - text of a picture in SVG: its sizes and its style.
 */
#include <string.h>
#include <utf8proc.h>

#include "cli/graph/svg.h"
#include "cli/markup.h"

typedef struct Face {
  const char *name;      /* of its class */
  double size, row;      /* pixels */
  double bold;           /* how much wider for being bold */
  size_t columns;
} Face;

static const Face faces[ROLE_COUNT] = {
  [ROLE_NAME] = {"name", 11.5, 16, 1.0, 40},
  [ROLE_TITLE] = {"title", 15, 20, 1.12, 30},
  [ROLE_TEXT] = {"text", 12.5, 17, 1.0, 40},
  [ROLE_SMALL] = {"small", 11.5, 15.5, 1.0, 44},
};

/* Of the size of the letters, by DejaVu Sans, the widest of the fonts asked for. */
static double character_width(utf8proc_int32_t c)
{
  if (c < 128) {
    if (strchr("iIljtf.,:;'|!()[] r/\\", c)) return 0.43;
    if (strchr("mwMW@%", c)) return 1.02;
    return c >= 'A' && c <= 'Z' ? 0.78 : 0.65;
  }
  int columns = utf8proc_charwidth(c);
  return columns <= 0 ? 0 : columns == 1 ? 0.8 : 1.1;
}

static double bytes_width(const Face *face, const char *text, size_t length)
{
  double width = 0;
  const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text, *end = at + length;
  while (at < end) {
    utf8proc_int32_t c;
    utf8proc_ssize_t size = utf8proc_iterate(at, end - at, &c);
    width += size > 0 ? character_width(c) : 1;
    at += size > 0 ? size : 1;
  }
  return width * face->size * face->bold;
}

double row_width(Role role, const char *text)
{
  return bytes_width(&faces[role], text, strlen(text));
}

void text_size(const Lines *lines, unsigned wide, double *ret_width, double *ret_height)
{
  *ret_width = *ret_height = 0;
  for (size_t i = 0; i < lines->count; i++) {
    const Face *face = &faces[lines->at[i].role];
    const char *at = lines->at[i].text, *from;
    size_t length, rows = 0;
    while (rows++ < ROWS_MOST && next_row(&at, face->columns * wide, &from, &length)) {
      double width = bytes_width(face, from, length) + (rows == ROWS_MOST ? face->size : 0);
      if (width > *ret_width) *ret_width = width;
      *ret_height += face->row;
    }
  }
}

static void put_span(FILE *out, Role role, double x, double y, const char *text, size_t length,
                     const char *end)
{
  char row[8 * COLUMNS_MOST];
  if (length >= sizeof row) length = sizeof row - 1;
  memcpy(row, text, length);
  row[length] = 0;
  fprintf(out, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">", faces[role].name, x, y);
  markup_xml(row, out);
  fprintf(out, "%s</text>\n", end);
}

void put_row(FILE *out, Role role, double x, double y, const char *text)
{
  put_span(out, role, x, y, text, strlen(text), "");
}

void put_text(FILE *out, const Lines *lines, unsigned wide, double x, double y)
{
  for (size_t i = 0; i < lines->count; i++) {
    const Face *face = &faces[lines->at[i].role];
    const char *at = lines->at[i].text, *from;
    size_t length, rows = 0;
    while (rows++ < ROWS_MOST && next_row(&at, face->columns * wide, &from, &length)) {
      bool cut = rows == ROWS_MOST && at[strspn(at, " \t\n\r")];
      put_span(out, lines->at[i].role, x, y + face->row * 0.75, from, length, cut ? "…" : "");
      y += face->row;
    }
  }
}

/* ---- style ---- */

/* Text has a contrast of 4.5 or more with what it stands on, light and dark.  No variables: viewers that are
 * no browsers do not know them. */
static const char style[] =
  "<style>\n"
  "text{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans',Arial,sans-serif}\n"
  ".name,.small{font-size:11.5px}.title{font-size:15px;font-weight:600}.text{font-size:12.5px}\n"
  ".edge-label{font-size:12px;font-weight:600;paint-order:stroke;stroke-width:4px}\n"
  ".shape,.frame,.thin{stroke-width:1.2}.critical{stroke-width:2.4}.dashed{stroke-dasharray:5 4}\n"
  ".route,.open-head{stroke-width:1.5}.awaits{stroke-dasharray:6 4}\n"
  "text{fill:#1b1f24}.name,.small{fill:#505a64}.edge-label{stroke:#f4f6f8}\n"
  ".back{fill:#fff}.panel{fill:#f4f6f8;stroke:#c3cbd3}.shape{fill:#fff;stroke:#59636e}\n"
  ".frame,.route,.open-head{fill:none;stroke:#59636e}.head{fill:#59636e}.critical{stroke:#1b1f24}\n"
  ".event{fill:#e3edfa}.gone{fill:#fdeceb}.sign{fill:#1b1f24}\n"
  ".t1{fill:#0b57a4}.t2{fill:#b45309}.t3{fill:#0a6638}.t4{fill:#8a3ffc}\n"
  ".t5{fill:#b3261e}.t6{fill:#00707a}.t7{fill:#9f1853}.t8{fill:#6b5b00}\n"
  "@media screen and (prefers-color-scheme:dark){\n"
  "text{fill:#e8eaed}.name,.small{fill:#b4bcc5}.edge-label{stroke:#1b2024}\n"
  ".back{fill:#14171a}.panel{fill:#1b2024;stroke:#3b434c}.shape{fill:#262c32;stroke:#9aa4ae}\n"
  ".frame,.route,.open-head{fill:none;stroke:#9aa4ae}.head{fill:#9aa4ae}.critical{stroke:#e8eaed}\n"
  ".event{fill:#223247}.gone{fill:#43282a}.sign{fill:#e8eaed}\n"
  ".t1{fill:#86bdff}.t2{fill:#f2a65a}.t3{fill:#62d394}.t4{fill:#c4a5ff}\n"
  ".t5{fill:#ff9385}.t6{fill:#5cc8d4}.t7{fill:#ff8fc0}.t8{fill:#d9c24a}\n"
  "}\n</style>\n";

void put_style(FILE *out)
{
  fputs(style, out);
}
