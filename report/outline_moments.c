/*
 * outline_moments.c - the Moments of Truth: how often they are produced, and how much time they take.
 */
#include "report/outline.h"

#include <string.h>

static bool has_cases(const ReviewMot *mot)
{
  return mot->rate.rate.known || mot->opened + mot->open > 0;
}

static const char *name_of(Outline *outline, uint32_t mot)
{
  const char *name = words_mot(&outline->words, mot);
  return outline->review->rules->mots[mot].info.critical ? outline_printf(outline, "%s (critical)", name) : name;
}

static void change_cell(Outline *outline, Table *table, const ReviewChange *change)
{
  if (!change->difference.known) {
    table_cell(outline, table, WORDS_NOTHING);
    return;
  }
  bool more = change->effect == EFFECT_MORE, less = change->effect == EFFECT_LESS;
  const char *text = outline_printf(outline, "%+.1f%s", 100 * change->difference.value, more ? " ▲" : less ? " ▼" : " =");
  table_toned(outline, table, more ? TONE_GOOD : less ? TONE_BAD : TONE_PLAIN, text);
}

/* The worst state of its targets. */
static void target_cell(Outline *outline, Table *table, uint32_t mot)
{
  const mot_mot_info *info = &outline->review->rules->mots[mot].info;
  mot_state worst = MOT_STATE_UNKNOWN;
  for (uint32_t i = info->first_target; i < info->first_target + info->targets; i++) {
    mot_state state = outline->review->targets[i].standing.state;
    if (state == MOT_STATE_BREACHED || worst == MOT_STATE_UNKNOWN) worst = state;
  }
  bool known = worst != MOT_STATE_UNKNOWN;
  table_toned(outline, table, tone_of_state(worst), known ? words_state(worst) : WORDS_NOTHING);
}

static bool any_cases(const ReviewExperience *experience)
{
  for (uint32_t i = 0; i < experience->mot_count; i++)
    if (has_cases(&experience->mots[i])) return true;
  return false;
}

static void production_row(Outline *outline, Table *table, const ReviewMot *mot)
{
  const Words *words = &outline->words;
  table_cell(outline, table, name_of(outline, mot->mot));
  table_cell(outline, table, words_estimate(words, mot->rate.rate));
  table_cell(outline, table, words_bounds(words, mot->rate.rate));
  table_count(outline, table, mot->rate.produced + mot->rate.missed);
  change_cell(outline, table, &mot->change);
  table_cell(outline, table, words_trend_mark(mot->trend.trend));
  target_cell(outline, table, mot->mot);
  table_count(outline, table, mot->open);
}

void outline_production(Outline *outline, const ReviewExperience *experience)
{
  if (!any_cases(experience)) return;
  outline_heading(outline, BLOCK_PART, "Moments of Truth");
  Table *table = outline_table(outline, "Moment|>Produced|>95 % interval|>Of|>Change|Trend|Target|>Open");
  for (uint32_t i = 0; i < experience->mot_count; i++)
    if (has_cases(&experience->mots[i])) production_row(outline, table, &experience->mots[i]);
  const char *change = outline->review->previous.from == MOT_NO_TIME
    ? "" : "Change in points against the period before: ▲ more, ▼ less, = no clear change. ";
  outline_text(outline, outline_printf(outline, "%sTrend within the period: ↗ rising, ↘ falling, → no clear one. Open: "
                                       "undecided when the period ended.", change));
}

static const char *void_reason(Outline *outline, uint64_t count, const char *reason, const char *before)
{
  if (count == 0) return before;
  return outline_printf(outline, "%s%s%s %s", before, *before ? ", " : "", words_count(&outline->words, count), reason);
}

static void voids(Outline *outline, const ReviewExperience *experience)
{
  const char *all = "";
  for (uint32_t i = 0; i < experience->mot_count; i++) {
    const ReviewMot *mot = &experience->mots[i];
    const char *text = void_reason(outline, mot->voided, "called off", "");
    text = void_reason(outline, mot->superseded, "replaced by a newer one", text);
    text = void_reason(outline, mot->paused, "paused to the end", text);
    if (*text) all = outline_printf(outline, "%s%s%s (%s)", all, *all ? "; " : "", words_mot(&outline->words, mot->mot), text);
  }
  if (*all) outline_text(outline, outline_printf(outline, "Void, neither produced nor missed: %s.", all));
}

static void faults(Outline *outline, const ReviewExperience *experience)
{
  for (uint32_t i = 0; i < experience->mot_count; i++) {
    const ReviewMot *mot = &experience->mots[i];
    if (mot->fault > 0)
      outline_item(outline, TONE_BAD, outline_printf(outline, "%s: %s could not be calculated; the rules need a look.",
                                                     name_of(outline, mot->mot),
                                                     words_many(&outline->words, mot->fault, "moment", "moments")));
  }
}

/* ---- time ---- */

static void time_row(Outline *outline, Table *table, const ReviewMot *mot)
{
  const Words *words = &outline->words;
  const ReviewMargin *margin = &mot->margin;
  bool early = margin->early.cases > margin->produced_at_deadline;
  table_cell(outline, table, words_mot(words, mot->mot));
  table_cell(outline, table, words_length(words, mot->took.p50));
  table_cell(outline, table, words_length(words, mot->took.p90));
  table_cell(outline, table, early ? words_length(words, margin->early.p50) : WORDS_NOTHING);
  table_cell(outline, table, early ? words_length(words, margin->early.p10) : WORDS_NOTHING);
  table_count(outline, table, margin->missed_at_deadline);
  table_count(outline, table, margin->missed_before);
}

static void times(Outline *outline, const ReviewExperience *experience)
{
  uint32_t count = 0;
  for (uint32_t i = 0; i < experience->mot_count; i++) count += experience->mots[i].took.cases > 0;
  if (count == 0) return;
  outline_heading(outline, BLOCK_PART, "Time");
  Table *table = outline_table(outline, "Moment|>Took, half within|>90 % within|>To spare, half at least|>90 % at least|"
                                        ">Missed at deadline|>Missed sooner");
  for (uint32_t i = 0; i < experience->mot_count; i++)
    if (experience->mots[i].took.cases > 0) time_row(outline, table, &experience->mots[i]);
  outline_text(outline, "To spare: time left to the deadline when the moment was produced. Missed at the deadline: nothing "
                        "came in time; how late it came is not known. Missed sooner: settled by something that happened.");
}

void outline_moments(Outline *outline, const ReviewExperience *experience)
{
  if (!any_cases(experience)) return;
  outline_production(outline, experience);
  voids(outline, experience);
  faults(outline, experience);
  times(outline, experience);
}
