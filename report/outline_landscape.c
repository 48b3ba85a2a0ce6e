/*
 * outline_landscape.c - how much of what customers do a Moment of Truth answers for.
 */
#include "report/outline.h"

enum { KINDS_SHOWN = 20 };

static void kinds(Outline *outline, const ReviewLandscape *landscape)
{
  const Words *words = &outline->words;
  Table *table = outline_table(outline, "Event|>Events|>In a moment|>Share");
  for (uint32_t i = 0; i < landscape->kind_count && i < KINDS_SHOWN; i++) {
    const ReviewEvents *at = &landscape->kinds[i];
    if (at->events == 0) continue;
    table_cell(outline, table, outline->review->rules->events[at->event]);
    table_count(outline, table, at->events);
    table_count(outline, table, at->touched);
    table_cell(outline, table, words_estimate(words, at->share));
  }
}

static void types(Outline *outline, const ReviewLandscape *landscape)
{
  if (landscape->type_count == 0) return;
  outline_text(outline, "Types of events that no rule uses, the most frequent first:");
  for (uint32_t i = 0; i < landscape->type_count; i++)
    outline_item(outline, TONE_PLAIN, outline_printf(outline, "%s: %s", landscape->types[i].type,
                                                     words_many(&outline->words, landscape->types[i].events, "event",
                                                                "events")));
}

void outline_landscape(Outline *outline)
{
  const ReviewLandscape *landscape = &outline->review->landscape;
  if (landscape->events == 0) return;
  outline_heading(outline, BLOCK_SECTION, "Landscape: what a moment of truth answers for");
  outline_text(outline, words_landscape(&outline->words, landscape));
  kinds(outline, landscape);
  types(outline, landscape);
}
