/*
 * outline_people.c - teams and individuals; a good and a bad customer story.
 */
#include "report/outline.h"

enum { INDIVIDUALS_SHOWN = 5, INDIVIDUALS_IN_BRIEF = 2 };

/* ---- who produces ---- */

static void rate_cells(Outline *outline, Table *table, const ReviewRate *rate)
{
  table_cell(outline, table, words_estimate(&outline->words, rate->rate));
  table_cell(outline, table, words_bounds(&outline->words, rate->rate));
  table_count(outline, table, rate->produced + rate->missed);
}

static void teams(Outline *outline, const ReviewExperience *experience)
{
  const Words *words = &outline->words;
  if (experience->team_count == 0) return;
  outline_heading(outline, BLOCK_PART, "Teams, lowest production first");
  Table *table = outline_table(outline, "Producer|>Produced|>95 % interval|>Of|>Before|>Took, half within|>90 % within");
  for (uint32_t i = 0; i < experience->team_count; i++) {
    const ReviewTeam *team = &experience->teams[i];
    table_cell(outline, table, words_owner(words, team->owner));
    rate_cells(outline, table, &team->rate);
    table_cell(outline, table, words_estimate(words, team->change.previous.rate));
    bool took = team->took.cases > 0;
    table_cell(outline, table, took ? words_length(words, team->took.p50) : WORDS_NOTHING);
    table_cell(outline, table, took ? words_length(words, team->took.p90) : WORDS_NOTHING);
  }
}

static void individual_row(Outline *outline, Table *table, const ReviewIndividual *at)
{
  const Words *words = &outline->words;
  bool cases = at->rate.rate.known;
  table_cell(outline, table, words_mot(words, at->mot));
  table_cell(outline, table, at->other ? "all others" : at->who);
  rate_cells(outline, table, &at->rate);
  table_cell(outline, table, cases ? words_length(words, at->took) : WORDS_NOTHING);
}

/* Of those from `from` to `to` the one whose interval ends lowest, behind `after`: few cases are no low production. */
static const ReviewIndividual *surely_lowest(const ReviewIndividual *from, const ReviewIndividual *to,
                                             const ReviewIndividual *after)
{
  const ReviewIndividual *found = NULL;
  for (const ReviewIndividual *at = from; at < to; at++) {
    double high = at->rate.rate.high, limit = after ? after->rate.rate.high : -1;
    bool behind = high > limit || (high == limit && at > after);
    if (at->rate.rate.known && behind && (!found || high < found->rate.rate.high)) found = at;
  }
  return found;
}

void outline_individuals(Outline *outline, const ReviewExperience *experience)
{
  const ReviewIndividual *at = experience->individuals, *end = at + experience->individual_count, *mot;
  uint32_t shown = 0;
  int most = outline->brief ? INDIVIDUALS_IN_BRIEF : INDIVIDUALS_SHOWN;
  if (experience->individual_count == 0) return;
  outline_heading(outline, BLOCK_PART, "Individuals, surely lowest production first");
  Table *table = outline_table(outline, "Moment|Who|>Produced|>95 % interval|>Of|>Took on average");
  for (; at < end; at = mot) {
    for (mot = at; mot < end && mot->mot == at->mot;) mot++;
    const ReviewIndividual *lowest = NULL;
    for (int i = 0; i < most && (lowest = surely_lowest(at, mot, lowest)) != NULL; i++, shown++)
      individual_row(outline, table, lowest);
  }
  uint32_t left_out = experience->individual_count - shown;
  if (left_out && !outline->brief)
    outline_text(outline, outline_printf(outline, "%s more; --format json has them all.",
                                         words_count(&outline->words, left_out)));
}

void outline_people(Outline *outline, const ReviewExperience *experience)
{
  teams(outline, experience);
  outline_individuals(outline, experience);
}

/* ---- stories ---- */

static void story_moment(Outline *outline, const ReviewStoryMoment *at)
{
  const Words *words = &outline->words;
  Tone tone = at->outcome == MOT_PRODUCED ? TONE_GOOD : at->outcome == MOT_MISSED ? TONE_BAD : TONE_DIM;
  const char *who = *at->group ? outline_printf(outline, ", %s", at->group) : "";
  const char *because = *at->because ? outline_printf(outline, ": %s", words_because(words, at->because)) : "";
  outline_item(outline, tone, outline_printf(outline, "%s  %s %s%s%s", words_instant(words, at->decided),
                                             words_mot(words, at->mot), words_outcome(at->outcome, at->reason), who,
                                             because));
}

static void story(Outline *outline, const ReviewExperience *experience, const char *title, const ReviewStory *story)
{
  const Words *words = &outline->words;
  if (!story->told) return;
  outline_heading(outline, BLOCK_PART, outline_printf(outline, "%s: %s", title, words_keys(words, experience, story)));
  const char *over = story->over == MOT_NO_TIME ? "not over when the period ended"
                                                : outline_printf(outline, "over %s", words_instant(words, story->over));
  outline_text(outline, outline_printf(outline, "Began %s, %s; %s produced, %s missed.", words_instant(words, story->started),
                                       over, words_many(words, story->produced, "moment", "moments"),
                                       words_count(words, story->missed)));
  for (uint32_t i = 0; i < story->moment_count; i++) story_moment(outline, &story->moments[i]);
  if (story->left_out > 0)
    outline_text(outline, outline_printf(outline, "… and %s more.", words_count(words, story->left_out)));
}

void outline_stories(Outline *outline, const ReviewExperience *experience)
{
  if (!outline->brief) story(outline, experience, "A customer for whom it went well", &experience->good);
  story(outline, experience, "A customer for whom it went badly", &experience->bad);
}
