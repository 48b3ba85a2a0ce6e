/*
 * outline_reasons.c - where to act next, and what goes with what.
 */
#include "report/outline.h"

enum { ACTS_SHOWN = 5, FLOWS_SHOWN = 12, PAIRS_SHOWN = 6 };

void outline_acts(Outline *outline, const ReviewExperience *experience)
{
  const Words *words = &outline->words;
  if (experience->act_count == 0) return;
  outline_heading(outline, BLOCK_PART, "Where to act next");
  outline_text(outline, "Misses × how much more often the outcome failed where the moment was missed: outcomes that might "
                        "be won, if all of that were cause.");
  for (uint32_t i = 0; i < experience->act_count && i < ACTS_SHOWN; i++) {
    const ReviewAct *act = &experience->acts[i];
    uint32_t manager = outline->review->rules->mots[act->mot].info.manager;
    const char *who = manager == MOT_NOT_FOUND ? "" : outline_printf(outline, " (%s)", words_owner(words, manager));
    outline_item(outline, TONE_PLAIN, outline_printf(outline, "%s: %s%s", words_mot(words, act->mot),
                                                     words_act(words, act), who));
  }
}

static void contribution(Outline *outline, const ReviewExperience *experience)
{
  const Words *words = &outline->words;
  if (experience->sco.produced + experience->sco.missed == 0) return;
  outline_heading(outline, BLOCK_PART, "Which moments matter: " WORDS_ASSOCIATION);
  for (uint32_t i = 0; i < experience->mot_count; i++) {
    const ReviewMot *mot = &experience->mots[i];
    outline_item(outline, TONE_PLAIN, outline_printf(outline, "%s: %s", words_mot(words, mot->mot),
                                                     words_contribution(words, mot)));
  }
}

static void flows(Outline *outline, const ReviewExperience *experience)
{
  const Words *words = &outline->words;
  if (experience->flows_looked_at == 0) return;
  outline_heading(outline, BLOCK_PART, "Causal flow: " WORDS_ASSOCIATION);
  outline_text(outline, words_flows_looked_at(words, experience));
  for (uint32_t i = 0; i < experience->flow_count && i < FLOWS_SHOWN; i++)
    outline_item(outline, TONE_PLAIN, words_flow(words, &experience->flows[i]));
}

/* ---- circles ---- */

static void streaks(Outline *outline, const ReviewExperience *experience, const char *name, const ReviewStreaks *streaks)
{
  const Words *words = &outline->words;
  if (streaks->count == 0) return;
  const char *longest = words_longest(words, experience, streaks);
  outline_item(outline, TONE_PLAIN,
               outline_printf(outline, "%s in a row: %s, %s moments long on average%s%s.", name,
                              words_many(words, streaks->count, "streak", "streaks"),
                              words_number(words, streaks->mean), *longest ? "; " : "", longest));
}

static void circles(Outline *outline, const ReviewExperience *experience)
{
  const ReviewCircles *at = &experience->circles;
  if (at->customers == 0) return;
  outline_heading(outline, BLOCK_PART, "Circles: does one miss breed another?");
  outline_text(outline, words_circles(&outline->words, at));
  streaks(outline, experience, "Missed", &at->missed);
  streaks(outline, experience, "Produced", &at->produced);
}

/* ---- handovers ---- */

static void pairs(Outline *outline, const ReviewHandovers *handovers)
{
  const Words *words = &outline->words;
  Table *table = NULL;
  for (uint32_t i = 0; i < handovers->pair_count && i < PAIRS_SHOWN; i++) {
    const ReviewHandover *pair = &handovers->pairs[i];
    if (pair->later.missed == 0) continue;
    if (!table) table = outline_table(outline, "From|To|>Missed|>Of|>Share");
    uint64_t cases = pair->later.produced + pair->later.missed;
    table_cell(outline, table, words_mot(words, pair->from));
    table_cell(outline, table, words_mot(words, pair->to));
    table_count(outline, table, pair->later.missed);
    table_count(outline, table, cases);
    table_cell(outline, table, words_share(words, (double)pair->later.missed / (double)cases));
  }
}

static void handovers(Outline *outline, const ReviewExperience *experience)
{
  const ReviewHandovers *at = &experience->handovers;
  const char *team = words_team_change(&outline->words, at), *person = words_individual_change(&outline->words, at);
  if (!*team && !*person && at->pair_count == 0) return;
  outline_heading(outline, BLOCK_PART, "Handovers: " WORDS_ASSOCIATION);
  outline_text(outline, team);
  outline_text(outline, person);
  if (at->pair_count > 0) outline_text(outline, "Moments differ in how often they are missed. Missed after another team's:");
  pairs(outline, at);
}

void outline_reasons(Outline *outline, const ReviewExperience *experience)
{
  outline_acts(outline, experience);
  contribution(outline, experience);
  flows(outline, experience);
  circles(outline, experience);
  handovers(outline, experience);
}
