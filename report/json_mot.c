/*
 * json_mot.c - the MOTs of an experience as JSON, and what of them goes with what.
 */
#include "report/json.h"

static void rules_members(Json *json, const ReviewMotRules *rules)
{
  json_text(json, "mot", rules->info.name);
  json_text(json, "title", rules->info.title);
  json_truth(json, "critical", rules->info.critical);
  json_number(json, "weight", rules->info.weight);
  json_owner(json, "manager", rules->info.manager);
  json_open(json, "producers", '[');
  for (size_t i = 0; i < rules->info.producers; i++) json_owner(json, NULL, rules->producers[i]);
  json_close(json, ']');
}

static void voids(Json *json, const ReviewMot *mot)
{
  json_open(json, "void", '{');
  json_count(json, "voided", mot->voided);
  json_count(json, "superseded", mot->superseded);
  json_count(json, "paused", mot->paused);
  json_count(json, "fault", mot->fault);
  json_close(json, '}');
}

static void margin(Json *json, const ReviewMargin *margin)
{
  json_open(json, "margin", '{');
  json_spread(json, "early", &margin->early);
  json_count(json, "produced_at_deadline", margin->produced_at_deadline);
  json_count(json, "missed_at_deadline", margin->missed_at_deadline);
  json_count(json, "missed_before", margin->missed_before);
  json_close(json, '}');
}

static void one_mot(Json *json, const ReviewMot *mot)
{
  json_open(json, NULL, '{');
  rules_members(json, &json->review->rules->mots[mot->mot]);
  json_count(json, "opened", mot->opened);
  json_count(json, "open", mot->open);
  json_rate_members(json, &mot->rate);
  voids(json, mot);
  json_change(json, "change", &mot->change);
  json_series(json, "trend", &mot->trend);
  json_spread(json, "took", &mot->took);
  margin(json, &mot->margin);
  json_amounts(json, "impact", &mot->impact);
  json_comparison(json, "contribution", &mot->contribution);
  json_close(json, '}');
}

static void acts(Json *json, const ReviewExperience *experience)
{
  json_open(json, "act_next", '[');
  for (uint32_t i = 0; i < experience->act_count; i++) {
    const ReviewAct *act = &experience->acts[i];
    json_open(json, NULL, '{');
    json_mot(json, "mot", act->mot);
    json_count(json, "misses", act->misses);
    json_number(json, "outcomes", act->weight);
    json_close(json, '}');
  }
  json_close(json, ']');
}

static void flows(Json *json, const ReviewExperience *experience)
{
  json_open(json, "flows", '{');
  json_count(json, "looked_at", experience->flows_looked_at);
  json_open(json, "associations", '[');
  for (uint32_t i = 0; i < experience->flow_count; i++) {
    const ReviewFlow *flow = &experience->flows[i];
    json_open(json, NULL, '{');
    json_mot(json, "from", flow->from);
    json_mot(json, "to", flow->to);
    json_comparison(json, "misses", &flow->misses);
    json_close(json, '}');
  }
  json_close(json, ']');
  json_close(json, '}');
}

static void streaks(Json *json, const char *name, const ReviewStreaks *at)
{
  json_open(json, name, '{');
  json_count(json, "count", at->count);
  json_open(json, "lengths", '[');
  for (int i = 0; i < REVIEW_STREAKS; i++) json_count(json, NULL, at->lengths[i]);
  json_close(json, ']');
  json_number(json, "mean", at->mean);
  json_count(json, "longest", at->longest);
  if (at->longest_key)
    json_bytes(json, "longest_key", at->longest_key, at->longest_key_size);
  else
    json_none(json, "longest_key");
  json_close(json, '}');
}

static void circles(Json *json, const ReviewCircles *at)
{
  json_open(json, "circles", '{');
  json_count(json, "customers", at->customers);
  streaks(json, "missed", &at->missed);
  streaks(json, "produced", &at->produced);
  json_comparison(json, "after", &at->after);
  json_close(json, '}');
}

static void handovers(Json *json, const ReviewHandovers *at)
{
  json_open(json, "handovers", '{');
  json_comparison(json, "team", &at->team);
  json_comparison(json, "individual", &at->individual);
  json_open(json, "pairs", '[');
  for (uint32_t i = 0; i < at->pair_count; i++) {
    json_open(json, NULL, '{');
    json_mot(json, "from", at->pairs[i].from);
    json_mot(json, "to", at->pairs[i].to);
    json_rate_members(json, &at->pairs[i].later);
    json_close(json, '}');
  }
  json_close(json, ']');
  json_close(json, '}');
}

void json_mots(Json *json, const ReviewExperience *experience)
{
  json_open(json, "mots", '[');
  for (uint32_t i = 0; i < experience->mot_count; i++) one_mot(json, &experience->mots[i]);
  json_close(json, ']');
  acts(json, experience);
  flows(json, experience);
  circles(json, &experience->circles);
  handovers(json, &experience->handovers);
}
