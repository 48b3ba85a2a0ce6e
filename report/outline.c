/*
 * outline.c - the order of a review, and how its parts are made.
 */
#include "report/outline.h"

#include <stdarg.h>
#include <string.h>

/* ---- parts ---- */

static Block *add(Outline *outline, BlockKind kind)
{
  Block *block = VEC_PUSH(outline->arena, &outline->blocks);
  *block = (Block){.kind = kind};
  return block;
}

void outline_heading(Outline *outline, BlockKind kind, const char *text)
{
  add(outline, kind)->text = text;
}

void outline_text(Outline *outline, const char *text)
{
  if (*text) add(outline, BLOCK_TEXT)->text = text;
}

void outline_item(Outline *outline, Tone tone, const char *text)
{
  if (!*text) return;
  Block *block = add(outline, BLOCK_ITEM);
  block->text = text;
  block->tone = tone;
}

Table *outline_table(Outline *outline, const char *heads)
{
  Table *table = ARENA_NEW(outline->arena, Table);
  for (bool more = true; more; heads++) {
    Column *column = &table->columns[table->column_count++];
    column->right = *heads == '>';
    heads += column->right;
    size_t size = strcspn(heads, "|");
    column->head = arena_copy(outline->arena, heads, size);
    heads += size;
    more = *heads == '|';
  }
  add(outline, BLOCK_TABLE)->table = table;
  return table;
}

void table_toned(Outline *outline, Table *table, Tone tone, const char *text)
{
  *VEC_PUSH(outline->arena, &table->cells) = (Cell){.text = text, .tone = tone};
}

void table_cell(Outline *outline, Table *table, const char *text)
{
  table_toned(outline, table, TONE_PLAIN, text);
}

void table_count(Outline *outline, Table *table, uint64_t count)
{
  table_cell(outline, table, words_count(&outline->words, count));
}

const char *outline_printf(Outline *outline, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  const char *text = arena_vprintf(outline->arena, format, args);
  va_end(args);
  return text;
}

Tone tone_of_state(mot_state state)
{
  return state == MOT_STATE_BREACHED ? TONE_BAD : state == MOT_STATE_MET ? TONE_GOOD : TONE_DIM;
}

/* ---- the whole ---- */

static void begin(Outline *outline)
{
  const Words *words = &outline->words;
  const Review *review = outline->review;
  outline_heading(outline, BLOCK_TITLE, outline_printf(outline, "Review of %s", words_span(words, review->period)));
  if (review->previous.from != MOT_NO_TIME)
    outline_text(outline, outline_printf(outline, "Compared with %s.", words_span(words, review->previous)));
  outline_text(outline, outline_printf(outline, "Judged: %s.", words_data(words)));
  outline_text(outline, words_gap(words));
  outline_text(outline, words_early(words));
}

/* Where the outcome stands, which moments, where to act, who needs help, and a customer. */
static void in_brief(Outline *outline, const ReviewExperience *experience)
{
  outline_headline(outline, experience);
  outline_production(outline, experience);
  outline_acts(outline, experience);
  outline_individuals(outline, experience);
  outline_stories(outline, experience);
}

static void one_experience(Outline *outline, const ReviewExperience *experience)
{
  const mot_experience_info *info = &outline->review->rules->experiences[experience->experience].info;
  const char *title = words_experience(&outline->words, experience->experience);
  outline_heading(outline, BLOCK_SECTION, title);
  if (*info->sco) outline_text(outline, outline_printf(outline, "Successful Customer Outcome: “%s”", info->sco));
  if (outline->brief) {
    in_brief(outline, experience);
    return;
  }
  outline_result(outline, experience);
  outline_moments(outline, experience);
  outline_reasons(outline, experience);
  outline_crown(outline, experience);
  outline_control(outline, experience);
  outline_people(outline, experience);
  outline_stories(outline, experience);
}

static void notes(Outline *outline)
{
  const char *note;
  outline_heading(outline, BLOCK_SECTION, "How the figures are meant");
  for (size_t i = 0; (note = words_note(i)) != NULL; i++) outline_item(outline, TONE_PLAIN, note);
}

/* Columns without anything in any row are left out, but for the first. */
static void trim(Table *table)
{
  uint32_t kept = 0, old = table->column_count, rows = table->cells.len / old;
  bool keep[TABLE_COLUMNS] = {true};
  for (uint32_t i = 0; i < table->cells.len; i++)
    if (strcmp(table->cells.data[i].text, WORDS_NOTHING) != 0) keep[i % old] = true;
  for (uint32_t row = 0, next = 0; row < rows; row++)
    for (uint32_t i = 0; i < old; i++)
      if (keep[i]) table->cells.data[next++] = table->cells.data[row * old + i];
  for (uint32_t i = 0; i < old; i++)
    if (keep[i]) table->columns[kept++] = table->columns[i];
  table->column_count = kept;
  table->cells.len = rows * kept;
}

void outline_make(Outline *outline, Arena *arena, const Review *review, const RenderOptions *options)
{
  *outline = (Outline){.arena = arena, .review = review, .brief = options->brief};
  outline->words = (Words){.arena = arena, .rules = options->rules, .review = review};
  begin(outline);
  for (uint32_t i = 0; i < review->experience_count; i++) one_experience(outline, &review->experiences[i]);
  if (!outline->brief) {
    outline_landscape(outline);
    notes(outline);
  }
  for (uint32_t i = 0; i < outline->blocks.len; i++)
    if (outline->blocks.data[i].table) trim(outline->blocks.data[i].table);
}
