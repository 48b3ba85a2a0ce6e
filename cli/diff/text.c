/*
 * text.c - for a terminal, in 80 columns.
 */
#include <inttypes.h>
#include <string.h>

#include "cli/diff/diff.h"
#include "cli/say.h"

enum { COLUMNS = 80, LABEL = 11, INDENT = 13 };

/* ---- lines ---- */

static size_t columns_of(const char *text, size_t size)
{
  size_t columns = 0;
  for (size_t i = 0; i < size; i++) columns += ((unsigned char)text[i] & 0xc0) != 0x80;
  return columns;
}

/* Words from where the line stands at `column`, with further lines below `indent`. */
void diff_put_words(const char *text, size_t column, size_t indent)
{
  bool first = true;
  while (*text) {
    size_t size = strcspn(text, " "), width = columns_of(text, size);
    if (!first && column + 1 + width > COLUMNS) {
      printf("\n%*s", (int)indent, "");
      column = indent;
      first = true;
    }
    printf("%s%.*s", first ? "" : " ", (int)size, text);
    column += width + !first;
    first = false;
    text += size + strspn(text + size, " ");
  }
  putchar('\n');
}

/* ---- what changed ---- */

static Style kind_style(mot_change_kind kind)
{
  if (kind == MOT_CHANGE_TEXT) return STYLE_DIM;
  return kind == MOT_CHANGE_KEY || kind == MOT_CHANGE_GONE ? STYLE_ERROR : STYLE_WARNING;
}

static void put_label(const char *label, Style look, bool color)
{
  printf("  %s%-*s%s", style(color, look), LABEL, label, style(color, STYLE_NONE));
}

static void put_clause(const char *label, Style look, char sign, const char *text, bool color)
{
  if (!text) return;
  put_label(label, look, color);
  printf("%s%c ", style(color, sign == '-' ? STYLE_ERROR : STYLE_HELP), sign);
  diff_put_words(text, INDENT + 2, INDENT + 2);
  fputs(style(color, STYLE_NONE), stdout);
}

static void put_place(const mot_place *place, bool color)
{
  if (!place->file) return;
  printf("%*s%s%s:%" PRIu32 "%s\n", INDENT, "", style(color, STYLE_DIM), place->file, place->line,
         style(color, STYLE_NONE));
}

static void put_change(const mot_change *change, bool color)
{
  bool same = change->before && change->after && strcmp(change->before, change->after) == 0;
  Style look = kind_style(change->kind);
  const char *kind = diff_kind_name(change->kind);
  if (same) {
    put_clause(kind, look, ' ', change->after, color);
  } else {
    put_clause(kind, look, '-', change->before, color);
    put_clause(change->before ? "" : kind, look, '+', change->after, color);
  }
  if (!change->before && !change->after) {
    put_label(kind, look, color);
    printf("%s\n", change->clause);
  }
  printf("%*s", INDENT, "");
  diff_put_words(change->meaning, INDENT, INDENT);
  put_place(change->new_place.file ? &change->new_place : &change->old_place, color);
}

static void put_changes(const Diff *diff, bool color)
{
  mot_change change;
  const char *name = "";
  for (size_t i = 0; mot_comparison_change(diff->comparison, i, &change); i++) {
    bool again = strcmp(name, change.name) == 0;
    if (!again) printf("\n%s%s%s\n", style(color, STYLE_BOLD), change.name, style(color, STYLE_NONE));
    name = change.name;
    put_change(&change, color);
  }
}

void diff_text(const Diff *diff, bool color)
{
  char words[DIFF_TEXT];
  printf("%s: ", diff->path[DIFF_NEW]);
  diff_put_words(diff_summary(diff, words), strlen(diff->path[DIFF_NEW]) + 2, 2);
  put_changes(diff, color);
  putchar('\n');
  diff_put_words(diff_state_words(diff), 0, 0);
  if (diff->evaluated) diff_text_run(diff, color);
}
