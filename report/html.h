/*
 * html.h - what the parts of the HTML page share: the writer, texts made safe, tables, marks.
 *
 * The page is written in one go, front to back.  It is HTML that is well-formed XML too, so that any parser
 * can check it.  Whatever comes from rules or data goes through html_safe or html_data before it is put; what
 * the functions here return lives until the page is done.
 */
#ifndef MOT_REPORT_HTML_H
#define MOT_REPORT_HTML_H

#include "base/mem.h"
#include "report/render.h"
#include "report/words.h"

typedef struct Html {
  const Review *review;
  const ReviewRules *rules;
  Words words;                 /* of the arena below */
  RenderSink sink;
  bool refused;                /* the sink takes no more: what follows goes nowhere */
  Arena arena;
  unsigned pictures;           /* so far: their ids are numbers */
  size_t used;
  char buffer[16384];
} Html;

/* How much is shown of what may be endless; the page says how many more there are. */
enum {
  HTML_INDIVIDUALS = 20,       /* of each MOT or goal, the worst … */
  HTML_INDIVIDUALS_LEAST = 3,  /* … fewer of each where there are many MOTs … */
  HTML_INDIVIDUALS_ALL = 200,  /* … that these are about all */
  HTML_ROWS = 60,              /* of tables by sub-period, the last */
  HTML_PICTURE_ROWS = 20,      /* of a forest plot */
  HTML_ARCS = 24,              /* of a causal flow */
  HTML_ACTS = 5,               /* MOTs where to act next */
  HTML_PAIRS = 10              /* of handovers */
};

/* ---- writing ---- */

void html_raw(Html *html, const char *text);
/* printf; texts must be safe already. */
void html_put(Html *html, const char *format, ...) __attribute__((format(printf, 2, 3)));
void html_flush(Html *html);

/* `text` with all that HTML gives a meaning replaced, and with what XML cannot hold; at most `most`
 * characters (0: all), then an ellipsis. */
const char *html_cut(Html *html, const char *text, size_t size, size_t most);
const char *html_safe(Html *html, const char *text);
/* A figure or name of report/words.h: HTML_SAY(html, share, 0.5) is words_share, made safe ("<0.1 %" has to
 * be). */
#define HTML_SAY(html, what, ...) html_safe((html), words_##what(&(html)->words, __VA_ARGS__))
/* `text`, already safe, kept on one line. */
const char *html_firm(Html *html, const char *text);
/* A value of the data: safe, at most 120 characters, without a say in the direction of the text around. */
const char *html_data(Html *html, const char *text);

/* <hN id="…">: sections of an experience are told apart by its number. */
void html_section(Html *html, const char *name, uint32_t experience, const char *title);
void html_section_end(Html *html);

/* ---- marks: a shape and a word, the colour is an extra ---- */

const char *html_state(Html *html, mot_state state);
const char *html_outcome(Html *html, mot_outcome outcome);
/* More or less is produced, or no sign of it. */
const char *html_change(Html *html, const ReviewChange *change);
/* Whether anything can be compared with the period before: else the table has no column for it. */
bool html_compares(const ReviewExperience *experience);
const char *html_trend(Html *html, ReviewTrend trend);

/* ---- tables ---- */

/* A head that begins with '#' is one of figures: they stand to the right.  heads ends with NULL. */
typedef struct HtmlTable {
  const char *const *heads;
  unsigned column;             /* of the next cell */
  bool stack, wide;
} HtmlTable;

/* caption: safe. */
HtmlTable html_table(Html *html, const char *caption, const char *const *heads);
/* One whose rows are compared with each other: on a telephone it is moved sideways, not stacked. */
HtmlTable html_wide_table(Html *html, const char *caption, const char *const *heads);
/* A row with what it is about, safe; ends with the next row or the table. */
void html_row(Html *html, HtmlTable *table, const char *about);
void html_cell(Html *html, HtmlTable *table, const char *format, ...) __attribute__((format(printf, 3, 4)));
void html_table_end(Html *html, HtmlTable *table);

#endif
