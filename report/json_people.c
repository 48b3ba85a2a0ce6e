/*
 * json_people.c - corrections, alerts, teams, individuals and stories as JSON.
 */
#include "report/json.h"

/* ---- what is done about misses ---- */

static void corrections(Json *json, const ReviewExperience *experience)
{
  json_open(json, "corrections", '[');
  for (uint32_t i = 0; i < experience->correction_count; i++) {
    const ReviewCorrections *at = &experience->corrections[i];
    json_open(json, NULL, '{');
    json_mot(json, "mot", at->mot);
    json_count(json, "opened", at->opened);
    json_count(json, "in_time", at->in_time);
    json_count(json, "late", at->late);
    json_count(json, "withdrawn", at->withdrawn);
    json_count(json, "open", at->open);
    json_count(json, "overdue", at->overdue);
    json_estimate(json, "in_time_share", at->in_time_share);
    json_comparison(json, "corrected", &at->corrected);
    json_comparison(json, "timely", &at->timely);
    json_close(json, '}');
  }
  json_close(json, ']');
}

static void overdue(Json *json, const ReviewExperience *experience)
{
  json_open(json, "overdue", '{');
  json_count(json, "count", experience->overdue_total);
  json_open(json, "longest", '[');
  for (uint32_t i = 0; i < experience->overdue_count; i++) {
    const ReviewOpenCorrection *at = &experience->overdue[i];
    json_open(json, NULL, '{');
    json_text(json, "id", at->id);
    json_text(json, "text", at->text);
    json_mot(json, "mot", at->mot);
    json_owner(json, "by", at->by);
    json_time(json, "opened", at->opened);
    json_time(json, "due", at->due);
    json_close(json, '}');
  }
  json_close(json, ']');
  json_close(json, '}');
}

static void alerts(Json *json, const ReviewExperience *experience)
{
  json_count(json, "alerts_active", experience->alerts_active);
  json_open(json, "alerts", '[');
  for (uint32_t i = 0; i < experience->alert_count; i++) {
    const ReviewAlerts *at = &experience->alerts[i];
    json_open(json, NULL, '{');
    json_mot(json, "mot", at->mot);
    json_owner(json, "to", at->owner);
    json_count(json, "raised", at->raised);
    json_count(json, "escalated", at->escalated);
    json_count(json, "repeated", at->repeated);
    json_count(json, "acknowledged", at->acknowledged);
    json_count(json, "cleared", at->cleared);
    json_close(json, '}');
  }
  json_close(json, ']');
}

/* ---- who produces ---- */

static void teams(Json *json, const ReviewExperience *experience)
{
  json_open(json, "teams", '[');
  for (uint32_t i = 0; i < experience->team_count; i++) {
    const ReviewTeam *at = &experience->teams[i];
    json_open(json, NULL, '{');
    json_owner(json, "producer", at->owner);
    json_rate_members(json, &at->rate);
    json_change(json, "change", &at->change);
    json_spread(json, "took", &at->took);
    json_close(json, '}');
  }
  json_close(json, ']');
}

static void individuals(Json *json, const ReviewExperience *experience)
{
  json_open(json, "individuals", '[');
  for (uint32_t i = 0; i < experience->individual_count; i++) {
    const ReviewIndividual *at = &experience->individuals[i];
    json_open(json, NULL, '{');
    json_mot(json, "mot", at->mot);
    json_text(json, "who", at->other ? NULL : at->who);
    json_rate_members(json, &at->rate);
    json_length(json, "took_ms", at->rate.rate.known ? at->took : MOT_NO_TIME);
    json_close(json, '}');
  }
  json_close(json, ']');
}

/* ---- stories ---- */

static void story_moment(Json *json, const ReviewStoryMoment *at)
{
  static const char *const outcomes[] = {[MOT_MISSED] = "missed", [MOT_PRODUCED] = "produced", [MOT_VOID] = "void",
    [MOT_OPEN] = "open"};
  static const char *const reasons[] = {[MOT_REASON_NONE] = NULL, [MOT_VOIDED] = "voided",
    [MOT_SUPERSEDED] = "superseded", [MOT_PAUSED] = "paused", [MOT_FAULT] = "fault"};
  json_open(json, NULL, '{');
  json_mot(json, "mot", at->mot);
  json_text(json, "outcome", outcomes[at->outcome]);
  json_text(json, "reason", reasons[at->reason]);
  json_time(json, "opened", at->opened);
  json_time(json, "decided", at->decided);
  json_time(json, "deadline", at->deadline);
  json_text(json, "who", *at->group ? at->group : NULL);
  json_text(json, "because", *at->because ? at->because : NULL);
  json_close(json, '}');
}

static void story(Json *json, const char *name, const ReviewExperience *experience, const ReviewStory *story)
{
  const ReviewExperienceRules *rules = &json->review->rules->experiences[experience->experience];
  if (!story->told) {
    json_none(json, name);
    return;
  }
  json_open(json, name, '{');
  json_open(json, "key", '{');
  for (size_t i = 0; i < story->key_count; i++) json_text(json, rules->keys[i], story->keys[i]);
  json_close(json, '}');
  json_time(json, "started", story->started);
  json_time(json, "over", story->over);
  json_count(json, "produced", story->produced);
  json_count(json, "missed", story->missed);
  json_open(json, "moments", '[');
  for (uint32_t i = 0; i < story->moment_count; i++) story_moment(json, &story->moments[i]);
  json_close(json, ']');
  json_count(json, "left_out", story->left_out);
  json_close(json, '}');
}

void json_people(Json *json, const ReviewExperience *experience)
{
  corrections(json, experience);
  overdue(json, experience);
  alerts(json, experience);
  teams(json, experience);
  individuals(json, experience);
  json_open(json, "stories", '{');
  story(json, "good", experience, &experience->good);
  story(json, "bad", experience, &experience->bad);
  json_close(json, '}');
}
