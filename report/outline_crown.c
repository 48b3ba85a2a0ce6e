/*
 * outline_crown.c - money, cost and service side by side; what customers say.
 */
#include "report/outline.h"

static bool is_empty(const ReviewCrown *crown)
{
  return !crown->sco.rate.known && !crown->moments.rate.known && crown->value.count + crown->impact.count == 0 &&
    crown->sentiments == 0;
}

static void crown_row(Outline *outline, Table *table, uint32_t point, const ReviewCrown *crown)
{
  const Words *words = &outline->words;
  table_cell(outline, table, words_point(words, point));
  table_cell(outline, table, words_amounts(words, &crown->value));
  table_cell(outline, table, words_amounts(words, &crown->impact));
  table_cell(outline, table, words_estimate(words, crown->sco.rate));
  table_cell(outline, table, words_estimate(words, crown->moments.rate));
  table_cell(outline, table, words_percentage(words, crown->disruption));
  table_cell(outline, table, crown->sentiment.known ? words_number(words, crown->sentiment.value) : WORDS_NOTHING);
}

static void crown(Outline *outline, const ReviewExperience *experience)
{
  const Words *words = &outline->words;
  const ReviewAmounts *value = &experience->value, *impact = &experience->impact;
  if (experience->moments.produced + experience->moments.missed == 0) return;
  outline_heading(outline, BLOCK_PART, "Triple crown: revenue, cost and service side by side");
  if (value->count + impact->count > 0)
    outline_text(outline, outline_printf(outline, "Value of journeys that were over: %s; impact of moments: %s.",
                                         words_amounts(words, value), words_amounts(words, impact)));
  Table *table = outline_table(outline, "Period|>Value|>Impact|>Outcome|>Moments|>Disruption|>Sentiment");
  for (uint32_t i = 0; i < outline->review->point_count; i++)
    if (!is_empty(&experience->crown[i])) crown_row(outline, table, i, &experience->crown[i]);
}

void outline_crown(Outline *outline, const ReviewExperience *experience)
{
  crown(outline, experience);
  if (experience->sentiment.said == 0) return;
  outline_heading(outline, BLOCK_PART, "What customers say, beside what happened to them");
  outline_text(outline, words_sentiment(&outline->words, &experience->sentiment));
}
