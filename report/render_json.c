/*
 * render_json.c - a review as one object of JSON, complete; docs/report.md has its members.
 */
#include "report/json.h"
#include "report/page.h"
#include "report/words.h"

enum { JSON_VERSION = 1 };

static void begin(Json *json, const Words *words)
{
  const Review *review = json->review;
  static const char *const steps[] = {[REVIEW_BY_DAY] = "day", [REVIEW_BY_WEEK] = "week", [REVIEW_BY_MONTH] = "month",
    [REVIEW_BY_YEAR] = "year"};
  json_text(json, "format", "mot review");
  json_count(json, "version", JSON_VERSION);
  json_text(json, "rules", review->rules->hash);
  json_text(json, "name", words_span(words, review->period));
  json_span(json, "period", review->period);
  if (review->previous.from == MOT_NO_TIME)
    json_none(json, "previous");
  else
    json_span(json, "previous", review->previous);
  json_text(json, "step", steps[review->step]);
  json_open(json, "points", '[');
  for (uint32_t i = 0; i < review->point_count; i++) json_span(json, NULL, review->points[i]);
  json_close(json, ']');
}

static void data(Json *json)
{
  const mot_run_stats *run = &json->review->run;
  json_open(json, "data", '{');
  json_count(json, "events", run->events - run->passed);
  json_count(json, "passed", run->passed);
  json_count(json, "rejected", run->rejected);
  json_count(json, "late", run->late);
  json_count(json, "duplicate", run->duplicate);
  json_count(json, "unmapped", run->unmapped);
  json_count(json, "faults", run->faults);
  json_time(json, "from", json->review->earliest);
  json_time(json, "until", run->clock);
  json_close(json, '}');
}

/* ---- targets ---- */

static void one_target(Json *json, const ReviewTarget *target)
{
  const ReviewRules *rules = json->review->rules;
  const mot_target_info *info = &rules->targets[target->target];
  const mot_target_standing *at = &target->standing;
  json_open(json, NULL, '{');
  json_text(json, "experience",
            info->experience == MOT_NOT_FOUND ? NULL : rules->experiences[info->experience].info.name);
  json_mot(json, "mot", info->mot);
  json_text(json, "goal", info->goal == MOT_NOT_FOUND ? NULL : rules->goals[info->goal].name);
  json_text(json, "target", info->text);
  json_text(json, "state", mot_state_name(at->state));
  json_value_members(json, &at->value);
  json_count(json, "cases", at->cases);
  json_count(json, "least_cases", info->min_cases);
  json_span(json, "window", (ReviewSpan){at->from, at->to});
  json_count(json, "breached", target->breached);
  json_count(json, "met", target->met);
  json_time(json, "since", target->since);
  json_close(json, '}');
}

/* ---- goals ---- */

static void standing_members(Json *json, const mot_goal_standing *at)
{
  json_text(json, "state", mot_state_name(at->state));
  json_percent(json, "score", at->score);
  json_percent(json, "rolled_up", at->rolled_up);
  json_count(json, "cases", at->cases);
}

static void one_goal(Json *json, const ReviewGoal *goal)
{
  const ReviewRules *rules = json->review->rules;
  const mot_goal_info *info = &rules->goals[goal->goal];
  json_open(json, NULL, '{');
  json_text(json, "nsat", info->nsat);
  json_text(json, "goal", info->name);
  json_text(json, "title", info->title);
  json_text(json, "parent", info->parent == MOT_NOT_FOUND ? NULL : rules->goals[info->parent].name);
  json_count(json, "depth", goal->depth);
  json_owner(json, "owner", info->owner);
  json_text(json, "measure", info->measure);
  json_number(json, "weight", info->weight);
  standing_members(json, &goal->standing);
  json_count(json, "breached", goal->breached);
  json_count(json, "met", goal->met);
  json_text(json, "each", *info->each ? info->each : NULL);
  json_open(json, "individuals", '[');
  for (uint32_t i = 0; i < goal->individual_count; i++) {
    json_open(json, NULL, '{');
    json_text(json, "who", goal->individuals[i].who);
    standing_members(json, &goal->individuals[i].standing);
    json_close(json, '}');
  }
  json_close(json, ']');
  json_close(json, '}');
}

/* ---- landscape ---- */

static void landscape(Json *json)
{
  const ReviewLandscape *at = &json->review->landscape;
  json_open(json, "landscape", '{');
  json_count(json, "events", at->events);
  json_count(json, "touched", at->touched);
  json_estimate(json, "share", at->share);
  json_count(json, "unmapped", at->unmapped);
  json_open(json, "kinds", '[');
  for (uint32_t i = 0; i < at->kind_count; i++) {
    json_open(json, NULL, '{');
    json_text(json, "event", json->review->rules->events[at->kinds[i].event]);
    json_count(json, "events", at->kinds[i].events);
    json_count(json, "touched", at->kinds[i].touched);
    json_estimate(json, "share", at->kinds[i].share);
    json_close(json, '}');
  }
  json_close(json, ']');
  json_open(json, "unmapped_types", '[');
  for (uint32_t i = 0; i < at->type_count; i++) {
    json_open(json, NULL, '{');
    json_text(json, "type", at->types[i].type);
    json_count(json, "events", at->types[i].events);
    json_close(json, '}');
  }
  json_close(json, ']');
  json_close(json, '}');
}

static void fill(Buf *page, const Review *review, const RenderOptions *options)
{
  Words words = {.arena = page->arena, .rules = options->rules, .review = review};
  Json json = {.page = page, .review = review, .first = true};
  const char *note;
  json_open(&json, NULL, '{');
  begin(&json, &words);
  data(&json);
  json_open(&json, "experiences", '[');
  for (uint32_t i = 0; i < review->experience_count; i++) json_experience(&json, &review->experiences[i]);
  json_close(&json, ']');
  json_open(&json, "targets", '[');
  for (uint32_t i = 0; i < review->rules->target_count; i++) one_target(&json, &review->targets[i]);
  json_close(&json, ']');
  json_open(&json, "goals", '[');
  for (uint32_t i = 0; i < review->goal_count; i++) one_goal(&json, &review->goals[i]);
  json_close(&json, ']');
  landscape(&json);
  json_open(&json, "notes", '[');
  for (size_t i = 0; (note = words_note(i)) != NULL; i++) json_text(&json, NULL, note);
  json_close(&json, ']');
  json_close(&json, '}');
  buf_char(page, '\n');
}

RenderStatus render_json(const Review *review, const RenderOptions *options, RenderSink sink)
{
  return page_render(review, options, sink, fill);
}
