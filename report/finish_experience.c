/*
 * finish_experience.c - the figures of an experience.
 */
#include "report/finish.h"

static const Outcomes *sco_of(const Day *day, uint32_t mot)
{
  (void)mot;
  return &day->sco;
}

static void put_disruption(const Finish *finish, ReviewExperience *experience)
{
  uint32_t count = finish->review->point_count;
  double *lost = ARENA_ARRAY(finish->arena, double, count);
  double *weighed = ARENA_ARRAY(finish->arena, double, count);
  for (uint32_t i = 0; i < finish->current->days.len; i++) {
    const Day *day = &finish->current->days.data[i];
    uint32_t point = point_of(finish->review, day);
    lost[point] += day->lost;
    weighed[point] += day->weighed;
  }
  for (uint32_t i = 0; i < count; i++) lost[i] = percent_of(lost[i], weighed[i]);
  experience->disruption_series = lost;
  experience->journey_disruption = mean_estimate(&finish->current->journeys);
  experience->disruption = percent_of(finish->current->lost, finish->current->weighed);
  experience->disruption_before =
    finish->previous ? percent_of(finish->previous->lost, finish->previous->weighed) : -1;
}

static void put_counts(const Finish *finish, ReviewExperience *experience)
{
  const ExperienceLedger *current = finish->current, *previous = finish->previous;
  experience->started = current->started;
  experience->over = current->over;
  experience->live = current->live;
  experience->sco_void = current->sco_void;
  experience->sco_open = current->sco_open;
  experience->sco = rate_of(current->sco);
  experience->sco_trend = series_of(finish, sco_of, 0);
  experience->sco_change = change_of(current->sco, previous ? &previous->sco : NULL);
  experience->moments = rate_of(current->moments);
  experience->moments_change = change_of(current->moments, previous ? &previous->moments : NULL);
}

static void put_sentiment(const Finish *finish, ReviewExperience *experience)
{
  const ExperienceLedger *current = finish->current;
  experience->sentiment = (ReviewSentiment){
    .said = current->said,
    .mean = mean_estimate(&current->sentiment),
    .produced_cases = current->after_produced.cases,
    .missed_cases = current->after_missed.cases,
    .after_produced = mean_estimate(&current->after_produced),
    .after_missed = mean_estimate(&current->after_missed),
    .difference = mean_difference(&current->after_missed, &current->after_produced),
  };
}

void finish_experience(const Finish *finish, ReviewExperience *ret_experience)
{
  *ret_experience = (ReviewExperience){.experience = finish->experience};
  put_counts(finish, ret_experience);
  put_disruption(finish, ret_experience);
  put_sentiment(finish, ret_experience);
  finish_mots(finish, ret_experience);
  finish_flows(finish, ret_experience);
  finish_circles(finish, ret_experience);
  finish_handovers(finish, ret_experience);
  finish_crown(finish, ret_experience);
  finish_corrections(finish, ret_experience);
  finish_alerts(finish, ret_experience);
  finish_next(finish, ret_experience);
  finish_teams(finish, ret_experience);
  finish_individuals(finish, ret_experience);
  ret_experience->good = story_result(finish->arena, &finish->current->good);
  ret_experience->bad = story_result(finish->arena, &finish->current->bad);
}
