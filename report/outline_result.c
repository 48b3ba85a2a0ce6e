/*
 * outline_result.c - how often the outcome was produced, and what was aimed at.
 */
#include "report/outline.h"

#include <string.h>

/* ---- the outcome ---- */

/* Whether sub-periods with so many cases have half of all. */
static bool speak_for_all(const ReviewSeries *series, uint64_t cases)
{
  uint64_t theirs = 0, all = 0;
  for (uint32_t i = 0; i < series->count; i++) {
    uint64_t here = series->series[i].produced + series->series[i].missed;
    all += here;
    if (here >= cases) theirs += here;
  }
  return 2 * theirs >= all;
}

/* The lowest and the highest rate of the sub-periods with so many cases; false when there are no two. */
static bool extremes(const ReviewSeries *series, uint64_t cases, const ReviewRate **ret_least, const ReviewRate **ret_most)
{
  const ReviewRate *least = NULL, *most = NULL;
  for (uint32_t i = 0; i < series->count; i++) {
    const ReviewRate *at = &series->series[i];
    if (at->produced + at->missed < cases) continue;
    if (!least || at->rate.value < least->rate.value) least = at;
    if (!most || at->rate.value > most->rate.value) most = at;
  }
  *ret_least = least;
  *ret_most = most;
  return least != most;
}

/* The rates of the sub-periods as a line of bars, from the lowest to the highest. */
static const char *bars(Outline *outline, const ReviewSeries *series, double least, double most)
{
  static const char *const levels[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  Buf buf;
  buf_init(&buf, outline->arena);
  for (uint32_t i = 0; i < series->count; i++) {
    const Estimate *rate = &series->series[i].rate;
    double share = most > least ? (rate->value - least) / (most - least) : 0.5;
    buf_text(&buf, rate->known ? levels[share <= 0 ? 0 : share >= 1 ? 7 : (int)(7 * share + 0.5)] : "·");
  }
  return buf.data;
}

static const char *extreme(Outline *outline, const ReviewSeries *series, const ReviewRate *at)
{
  const Words *words = &outline->words;
  return outline_printf(outline, "%s in %s (of %s)", words_estimate(words, at->rate),
                        words_point(words, (uint32_t)(at - series->series)), words_count(words, at->produced + at->missed));
}

static void outcome_trend(Outline *outline, const ReviewExperience *experience)
{
  static const uint64_t enough[] = {20, 10, 5, 1};
  const ReviewSeries *series = &experience->sco_trend;
  const ReviewRate *least, *most;
  if (series->count < 2) return;
  size_t i = 0, last = sizeof enough / sizeof *enough - 1;
  while (i < last && !(speak_for_all(series, enough[i]) && extremes(series, enough[i], &least, &most))) i++;
  if (i == last && !extremes(series, enough[last], &least, &most)) return;
  const char *line = bars(outline, series, least->rate.value, most->rate.value);
  bool sloped = series->trend == REVIEW_TREND_RISING || series->trend == REVIEW_TREND_FALLING;
  outline_text(outline, outline_printf(outline, "By %s: %s %s %s%s; lowest %s, highest %s.",
                                       words_step(outline->review->step), line, words_trend_mark(series->trend),
                                       words_trend(series->trend), sloped ? " over all cases" : "",
                                       extreme(outline, series, least), extreme(outline, series, most)));
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

void outline_headline(Outline *outline, const ReviewExperience *experience)
{
  outline_heading(outline, BLOCK_PART, "The outcome");
  outline_text(outline, words_headline(&outline->words, experience));
  outcome_trend(outline, experience);
}

static void outcome(Outline *outline, const ReviewExperience *experience)
{
  outline_headline(outline, experience);
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

static void name_cell(Outline *outline, Table *table, uint32_t depth, const char *name)
{
  table_cell(outline, table, name);
  table->cells.data[table->cells.len - 1].indent = depth;
}

static void score_cells(Outline *outline, Table *table, const mot_goal_standing *standing)
{
  table_cell(outline, table, score(outline, standing->score));
  table_cell(outline, table, score(outline, standing->rolled_up));
}

/* Of a goal for `each` it is the individuals that have a state. */
static void goal_state(Outline *outline, Table *table, const ReviewGoal *goal)
{
  uint32_t breached = 0;
  mot_state state = goal->standing.state;
  for (uint32_t i = 0; i < goal->individual_count; i++)
    breached += goal->individuals[i].standing.state == MOT_STATE_BREACHED;
  const char *text = words_state(state);
  if (goal->individual_count > 0) text = outline_printf(outline, "%u of %u breached", breached, goal->individual_count);
  table_toned(outline, table, breached ? TONE_BAD : tone_of_state(state), text);
}

static void goal_row(Outline *outline, Table *table, const ReviewGoal *goal)
{
  const Words *words = &outline->words;
  const mot_goal_info *info = &outline->review->rules->goals[goal->goal];
  bool target = info->targets > 0;
  name_cell(outline, table, goal->depth, words_goal(words, goal->goal));
  table_cell(outline, table, words_owner(words, info->owner));
  table_cell(outline, table, target ? outline->review->rules->targets[info->first_target].text : WORDS_NOTHING);
  table_cell(outline, table, target ? words_value(words, &outline->review->targets[info->first_target].standing.value)
                                    : WORDS_NOTHING);
  goal_state(outline, table, goal);
  score_cells(outline, table, &goal->standing);
}

/* Those with the lowest score; such without one are left out. */
static void goal_individuals(Outline *outline, Table *table, const ReviewGoal *goal)
{
  const char *each = outline->review->rules->goals[goal->goal].each;
  uint32_t shown = 0;
  for (uint32_t i = 0; i < goal->individual_count && shown < INDIVIDUALS_SHOWN; i++) {
    const ReviewGoalIndividual *at = &goal->individuals[i];
    if (at->standing.score < 0) continue;
    name_cell(outline, table, goal->depth + 1, outline_printf(outline, "%s %s", each, at->who));
    table_cell(outline, table, "");
    table_cell(outline, table, "");
    table_cell(outline, table, WORDS_NOTHING);
    table_toned(outline, table, tone_of_state(at->standing.state), words_state(at->standing.state));
    score_cells(outline, table, &at->standing);
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
      table = outline_table(outline, "Goal|Owner|Target|>Value|State|>Score|>With parts");
    }
    goal_row(outline, table, goal);
    goal_individuals(outline, table, goal);
  }
}

void outline_result(Outline *outline, const ReviewExperience *experience)
{
  outcome(outline, experience);
  targets(outline, experience);
  goals(outline, experience);
}
