/*
 * finish_mot.c - the figures of MOTs, and of the teams and individuals who produce them.
 */
#include <stdlib.h>
#include <string.h>

#include "report/finish.h"

/* ---- MOTs ---- */

static const Outcomes *mot_of(const Day *day, uint32_t mot)
{
  return &day->mots[mot];
}

static ReviewMargin margin_of(const MotLedger *ledger)
{
  return (ReviewMargin){
    .early = spread_result(&ledger->early),
    .produced_at_deadline = ledger->produced_at_deadline,
    .missed_at_deadline = ledger->missed_at_deadline,
    .missed_before = ledger->missed_before,
  };
}

static ReviewMot mot_result(const Finish *finish, uint32_t mot)
{
  const MotLedger *ledger = &finish->current->mots[mot];
  return (ReviewMot){
    .mot = finish->info->first_mot + mot,
    .opened = ledger->opened,
    .open = ledger->open,
    .rate = rate_of(ledger->decided),
    .voided = ledger->voided,
    .superseded = ledger->superseded,
    .paused = ledger->paused,
    .fault = ledger->fault,
    .trend = series_of(finish, mot_of, mot),
    .change = change_of(ledger->decided, finish->previous ? &finish->previous->mots[mot].decided : NULL),
    .took = spread_result(&ledger->took),
    .margin = margin_of(ledger),
    .impact = amounts_result(finish->arena, &ledger->impact),
    .contribution = comparison_of(&ledger->contribution),
  };
}

void finish_mots(const Finish *finish, ReviewExperience *experience)
{
  ReviewMot *mots = ARENA_ARRAY(finish->arena, ReviewMot, finish->info->mots);
  for (uint32_t i = 0; i < finish->info->mots; i++) mots[i] = mot_result(finish, i);
  experience->mots = mots;
  experience->mot_count = finish->info->mots;
}

/* ---- teams ---- */

static bool produces(const ReviewMotRules *mot, uint32_t owner)
{
  for (size_t i = 0; i < mot->info.producers; i++)
    if (mot->producers[i] == owner) return true;
  return false;
}

static void add_outcomes(Outcomes *to, Outcomes more)
{
  to->produced += more.produced;
  to->missed += more.missed;
}

/* False: no moment of theirs was decided. */
static bool team_result(const Finish *finish, uint32_t owner, ReviewTeam *ret_team)
{
  Outcomes now = {0}, before = {0};
  Spread took = {0};
  for (uint32_t i = 0; i < finish->info->mots; i++) {
    if (!produces(&finish->rules->mots[finish->info->first_mot + i], owner)) continue;
    add_outcomes(&now, finish->current->mots[i].decided);
    spread_merge(finish->arena, &took, &finish->current->mots[i].took);
    if (finish->previous) add_outcomes(&before, finish->previous->mots[i].decided);
  }
  *ret_team = (ReviewTeam){
    .owner = owner,
    .rate = rate_of(now),
    .change = change_of(now, finish->previous ? &before : NULL),
    .took = spread_result(&took),
  };
  return ret_team->rate.rate.known;
}

static int by_rate(const ReviewRate *a, const ReviewRate *b)
{
  if (a->rate.value != b->rate.value) return a->rate.value < b->rate.value ? -1 : 1;
  return a->missed > b->missed ? -1 : a->missed < b->missed;
}

static int compare_teams(const void *a, const void *b)
{
  const ReviewTeam *x = a, *y = b;
  int order = by_rate(&x->rate, &y->rate);
  return order != 0 ? order : x->owner < y->owner ? -1 : 1;
}

void finish_teams(const Finish *finish, ReviewExperience *experience)
{
  ReviewTeam *teams = ARENA_ARRAY(finish->arena, ReviewTeam, finish->rules->owner_count);
  for (uint32_t owner = 0; owner < finish->rules->owner_count; owner++)
    if (team_result(finish, owner, &teams[experience->team_count])) experience->team_count++;
  qsort(teams, experience->team_count, sizeof *teams, compare_teams);
  experience->teams = teams;
}

/* ---- individuals ---- */

static ReviewIndividual individual_result(uint32_t mot, const Individual *individual, bool nobody)
{
  const Outcomes *outcomes = &individual->outcomes;
  return (ReviewIndividual){
    .mot = mot,
    .who = nobody ? "(nobody)" : individual->who ? individual->who : "",
    .other = !individual->who && !nobody,
    .nobody = nobody,
    .rate = rate_of(*outcomes),
    .took = (int64_t)(individual->took / (double)(outcomes->produced + outcomes->missed)),
  };
}

static int compare_individuals(const void *a, const void *b)
{
  const ReviewIndividual *x = a, *y = b;
  if (x->nobody != y->nobody) return x->nobody ? 1 : -1;
  if (x->other != y->other) return x->other ? 1 : -1;
  int order = by_rate(&x->rate, &y->rate);
  return order != 0 ? order : strcmp(x->who, y->who);
}

void finish_individuals(const Finish *finish, ReviewExperience *experience)
{
  uint32_t count = 0;
  for (uint32_t i = 0; i < finish->info->mots; i++) count += finish->current->mots[i].list.len + 1;
  ReviewIndividual *individuals = ARENA_ARRAY(finish->arena, ReviewIndividual, count);
  for (uint32_t i = 0; i < finish->info->mots; i++) {
    const MotLedger *ledger = &finish->current->mots[i];
    ReviewIndividual *first = &individuals[experience->individual_count];
    for (uint32_t k = 0; k < ledger->list.len; k++)
      first[k] = individual_result(finish->info->first_mot + i, ledger->list.data[k], false);
    qsort(first, ledger->list.len, sizeof *first, compare_individuals);
    experience->individual_count += ledger->list.len;
    if (ledger->nobody.outcomes.produced + ledger->nobody.outcomes.missed == 0) continue;
    individuals[experience->individual_count++] =
      individual_result(finish->info->first_mot + i, &ledger->nobody, true);
  }
  experience->individuals = individuals;
}
