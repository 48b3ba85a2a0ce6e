/*
 * outline_result.c - how often the outcome was produced, and what was aimed at.
 */
#include "report/outline.h"

#include <string.h>

/* ---- the outcome ---- */

/* The rates of the sub-periods as a line of bars, from the lowest to the highest. */
static const char *bars(Outline *outline, const ReviewSeries *series, const ReviewRate **ret_least,
                        const ReviewRate **ret_most)
{
  static const char *const levels[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const ReviewRate *least = NULL, *most = NULL;
  for (uint32_t i = 0; i < series->count; i++) {
    const ReviewRate *at = &series->series[i];
    if (!at->rate.known) continue;
    if (!least || at->rate.value < least->rate.value) least = at;
    if (!most || at->rate.value > most->rate.value) most = at;
  }
  *ret_least = least;
  *ret_most = most;
  Buf buf;
  buf_init(&buf, outline->arena);
  for (uint32_t i = 0; least && i < series->count; i++) {
    const Estimate *rate = &series->series[i].rate;
    double width = most->rate.value - least->rate.value;
    double share = width > 0 ? (rate->value - least->rate.value) / width : 0.5;
    buf_text(&buf, rate->known ? levels[(int)(7 * share + 0.5)] : "·");
  }
  return least ? buf.data : "";
}

static void outcome_trend(Outline *outline, const ReviewExperience *experience)
{
  const Words *words = &outline->words;
  const ReviewSeries *series = &experience->sco_trend;
  const ReviewRate *least, *most;
  if (series->count < 2) return;
  const char *line = bars(outline, series, &least, &most);
  if (!least || least == most) return;
  outline_text(outline, outline_printf(outline, "By %s: %s %s, lowest %s (%s), highest %s (%s); %s.",
                                       words_step(outline->review->step), line, words_trend_mark(series->trend),
                                       words_estimate(words, least->rate),
                                       words_point(words, (uint32_t)(least - series->series)),
                                       words_estimate(words, most->rate),
                                       words_point(words, (uint32_t)(most - series->series)),
                                       words_trend(series->trend)));
}

static void rate_row(Outline *outline, Table *table, const char *name, const ReviewRate *rate,
                     const ReviewChange *change)
{
  const Words *words = &outline->words;
  table_cell(outline, table, name);
  table_cell(outline, table, words_estimate(words, rate->rate));
  table_cell(outline, table, words_bounds(words, rate->rate));
  table_cell(outline, table, words_estimate(words, change->previous.rate));
  table_count(outline, table, rate->produced + rate->missed);
}

static void outcome_table(Outline *outline, const ReviewExperience *at)
{
  const Words *words = &outline->words;
  Table *table = outline_table(outline, "|>Now|>95 % interval|>Before|>Of");
  rate_row(outline, table, "Outcome produced", &at->sco, &at->sco_change);
  rate_row(outline, table, "Moments produced", &at->moments, &at->moments_change);
  table_cell(outline, table, "Disruption (0 % is perfect)");
  table_cell(outline, table, words_percentage(words, at->disruption));
  table_cell(outline, table, WORDS_NOTHING);
  table_cell(outline, table, words_percentage(words, at->disruption_before));
  table_count(outline, table, at->moments.produced + at->moments.missed);
  if (!at->journey_disruption.known) return;
  Estimate share = at->journey_disruption;
  share.value /= 100, share.low /= 100, share.high /= 100;
  table_cell(outline, table, "Disruption, mean of journeys");
  table_cell(outline, table, words_estimate(words, share));
  table_cell(outline, table, words_bounds(words, share));
  table_cell(outline, table, WORDS_NOTHING);
  table_count(outline, table, at->over);
}

static void journeys(Outline *outline, const ReviewExperience *at)
{
  const Words *words = &outline->words;
  outline_text(outline, outline_printf(outline, "%s started, %s over, %s under way when the period ended; %s void, %s undecided.",
                                       words_many(words, at->started, "journey", "journeys"),
                                       words_count(words, at->over), words_count(words, at->live),
                                       words_many(words, at->sco_void, "outcome", "outcomes"),
                                       words_count(words, at->sco_open)));
}

static void outcome(Outline *outline, const ReviewExperience *experience)
{
  outline_heading(outline, BLOCK_PART, "The outcome");
  outline_text(outline, words_headline(&outline->words, experience));
  outcome_trend(outline, experience);
  outline_text(outline, words_early(&outline->words, experience));
  outcome_table(outline, experience);
  journeys(outline, experience);
}

/* ---- targets ---- */

static bool is_target_of(const Outline *outline, const ReviewExperience *experience, uint32_t target)
{
  const mot_target_info *info = &outline->review->rules->targets[target];
  return info->experience == experience->experience && info->goal == MOT_NOT_FOUND;
}

static void target_row(Outline *outline, Table *table, const ReviewTarget *target)
{
  const Words *words = &outline->words;
  const mot_target_info *info = &outline->review->rules->targets[target->target];
  const mot_target_standing *at = &target->standing;
  bool changed = at->state == MOT_STATE_BREACHED || at->state == MOT_STATE_MET;
  table_cell(outline, table, words_mot(words, info->mot));
  table_cell(outline, table, info->text);
  bool few = at->state == MOT_STATE_UNKNOWN && at->cases < info->min_cases;
  table_toned(outline, table, tone_of_state(at->state), few ? "too few cases" : words_state(at->state));
  table_cell(outline, table, words_value(words, &at->value));
  table_count(outline, table, at->cases);
  table_cell(outline, table, changed ? words_day(words, target->since) : WORDS_NOTHING);
  table_count(outline, table, target->breached);
}

static void targets(Outline *outline, const ReviewExperience *experience)
{
  static const mot_state order[] = {MOT_STATE_BREACHED, MOT_STATE_UNKNOWN, MOT_STATE_MET};
  const ReviewRules *rules = outline->review->rules;
  uint32_t count = 0, breached = 0, unknown = 0;
  for (uint32_t i = 0; i < rules->target_count; i++) {
    if (!is_target_of(outline, experience, i)) continue;
    count++;
    breached += outline->review->targets[i].standing.state == MOT_STATE_BREACHED;
    unknown += outline->review->targets[i].standing.state == MOT_STATE_UNKNOWN;
  }
  if (count == 0) return;
  outline_heading(outline, BLOCK_PART, "Targets");
  const char *open = unknown ? outline_printf(outline, "; %u could not be judged yet", unknown) : "";
  outline_text(outline, outline_printf(outline, "%u of %u breached when the period ended%s.", breached, count, open));
  Table *table = outline_table(outline, "Of|Target|State|>Value|>Cases|Since|>Breaches");
  for (size_t state = 0; state < 3; state++)
    for (uint32_t i = 0; i < rules->target_count; i++)
      if (is_target_of(outline, experience, i) && outline->review->targets[i].standing.state == order[state])
        target_row(outline, table, &outline->review->targets[i]);
}

/* ---- goals ---- */

enum { INDIVIDUALS_SHOWN = 5 };

static const char *score(Outline *outline, double value)
{
  return value < 0 ? WORDS_NOTHING : outline_printf(outline, "%.0f", value);
}

static void goal_row(Outline *outline, Table *table, uint32_t depth, const char *name, const char *owner,
                     const mot_goal_standing *standing)
{
  table_cell(outline, table, name);
  table->cells.data[table->cells.len - 1].indent = depth;
  table_cell(outline, table, owner);
  table_toned(outline, table, tone_of_state(standing->state), words_state(standing->state));
  table_cell(outline, table, score(outline, standing->score));
  table_cell(outline, table, score(outline, standing->rolled_up));
  table_count(outline, table, standing->cases);
}

/* Those with the lowest score; such without one are left out. */
static void goal_individuals(Outline *outline, Table *table, const ReviewGoal *goal)
{
  const char *each = outline->review->rules->goals[goal->goal].each;
  uint32_t shown = 0;
  for (uint32_t i = 0; i < goal->individual_count && shown < INDIVIDUALS_SHOWN; i++) {
    const ReviewGoalIndividual *at = &goal->individuals[i];
    if (at->standing.score < 0) continue;
    goal_row(outline, table, goal->depth + 1, outline_printf(outline, "%s %s", each, at->who), "", &at->standing);
    shown++;
  }
}

static void goals(Outline *outline, const ReviewExperience *experience)
{
  const Review *review = outline->review;
  const char *nsat = NULL;
  Table *table = NULL;
  for (uint32_t i = 0; i < review->goal_count; i++) {
    const ReviewGoal *goal = &review->goals[i];
    const mot_goal_info *info = &review->rules->goals[goal->goal];
    if (info->experience != experience->experience) continue;
    if (!nsat || strcmp(nsat, info->nsat) != 0) {
      nsat = info->nsat;
      const char *title = *info->nsat_title ? info->nsat_title : info->nsat;
      outline_heading(outline, BLOCK_PART, outline_printf(outline, "North Star Alignment: %s", title));
      outline_text(outline, "Scores reach from 0 to 100; with parts also takes in the goals below it. Of individuals "
                            "those with the lowest score are shown.");
      table = outline_table(outline, "Goal|Owner|State|>Score|>With parts|>Cases");
    }
    goal_row(outline, table, goal->depth, words_goal(&outline->words, goal->goal),
             words_owner(&outline->words, info->owner), &goal->standing);
    goal_individuals(outline, table, goal);
  }
}

void outline_result(Outline *outline, const ReviewExperience *experience)
{
  outcome(outline, experience);
  targets(outline, experience);
  goals(outline, experience);
}
