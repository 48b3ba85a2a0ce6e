/*
 * json_experience.c - an experience as JSON.
 */
#include "report/json.h"

static void sco(Json *json, const ReviewExperience *at)
{
  json_open(json, "sco", '{');
  json_text(json, "text", json->review->rules->experiences[at->experience].info.sco);
  json_rate_members(json, &at->sco);
  json_count(json, "void", at->sco_void);
  json_count(json, "open", at->sco_open);
  json_change(json, "change", &at->sco_change);
  json_series(json, "trend", &at->sco_trend);
  json_close(json, '}');
}

static void disruption(Json *json, const ReviewExperience *at)
{
  json_open(json, "disruption", '{');
  json_percent(json, "percent", at->disruption);
  json_percent(json, "previous", at->disruption_before);
  json_open(json, "points", '[');
  for (uint32_t i = 0; i < json->review->point_count; i++) json_percent(json, NULL, at->disruption_series[i]);
  json_close(json, ']');
  json_estimate(json, "of_journeys", at->journey_disruption);
  json_close(json, '}');
}

static void journeys(Json *json, const ReviewExperience *at)
{
  json_open(json, "journeys", '{');
  json_count(json, "started", at->started);
  json_count(json, "over", at->over);
  json_count(json, "live", at->live);
  json_close(json, '}');
}

static void moments(Json *json, const ReviewExperience *at)
{
  json_open(json, "moments", '{');
  json_rate_members(json, &at->moments);
  json_change(json, "change", &at->moments_change);
  json_close(json, '}');
}

static void crown(Json *json, const ReviewExperience *at)
{
  json_amounts(json, "value", &at->value);
  json_amounts(json, "impact", &at->impact);
  json_open(json, "crown", '[');
  for (uint32_t i = 0; i < json->review->point_count; i++) {
    const ReviewCrown *point = &at->crown[i];
    json_open(json, NULL, '{');
    json_time(json, "from", point->span.from);
    json_time(json, "to", point->span.to);
    json_amounts(json, "value", &point->value);
    json_amounts(json, "impact", &point->impact);
    json_rate(json, "sco", &point->sco);
    json_rate(json, "moments", &point->moments);
    json_percent(json, "disruption", point->disruption);
    json_estimate(json, "sentiment", point->sentiment);
    json_count(json, "sentiments", point->sentiments);
    json_close(json, '}');
  }
  json_close(json, ']');
}

static void sentiment(Json *json, const ReviewSentiment *at)
{
  json_open(json, "sentiment", '{');
  json_count(json, "said", at->said);
  json_estimate(json, "mean", at->mean);
  json_count(json, "produced_cases", at->produced_cases);
  json_estimate(json, "after_produced", at->after_produced);
  json_count(json, "missed_cases", at->missed_cases);
  json_estimate(json, "after_missed", at->after_missed);
  json_estimate(json, "difference", at->difference);
  json_close(json, '}');
}

void json_experience(Json *json, const ReviewExperience *experience)
{
  const mot_experience_info *info = &json->review->rules->experiences[experience->experience].info;
  json_open(json, NULL, '{');
  json_text(json, "experience", info->name);
  json_text(json, "title", info->title);
  json_owner(json, "manager", info->manager);
  sco(json, experience);
  journeys(json, experience);
  moments(json, experience);
  disruption(json, experience);
  json_mots(json, experience);
  crown(json, experience);
  sentiment(json, &experience->sentiment);
  json_people(json, experience);
  json_close(json, '}');
}
