/*
 * run_summary_json.c - the summary as one object of JSON.
 */
#include <jansson.h>
#include <stdio.h>

#include "cli/quantity.h"
#include "cli/run_standing.h"
#include "cli/run_summary.h"
#include "cli/say.h"

static json_t *whole(uint64_t count)
{
  return json_integer((json_int_t)count);
}

static json_t *percent(double value)
{
  return value < 0 ? json_null() : json_real(value);
}

static json_t *mot_json(const mot_rules *rules, mot_run *run, uint32_t mot)
{
  mot_mot_stats m = {0};
  mot_run_mot_stats(run, mot, &m);
  json_t *voids = json_pack("{s:o, s:o, s:o, s:o}", "voided", whole(m.voided), "superseded", whole(m.superseded),
                            "paused", whole(m.paused), "fault", whole(m.fault));
  return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "mot", mot_rules_mot_name(rules, mot), "opened",
                   whole(m.opened), "produced", whole(m.produced), "missed", whole(m.missed), "void", voids, "open",
                   whole(m.open), "rate", percent(run_rate(m.produced, m.missed)), "targets",
                   targets_json(rules, run, mot));
}

static json_t *mots_json(const mot_rules *rules, mot_run *run, uint32_t experience)
{
  json_t *mots = json_array();
  for (uint32_t i = 0; mot_rules_mot_name(rules, i); i++)
    if (mot_rules_mot_experience(rules, i) == experience) json_array_append_new(mots, mot_json(rules, run, i));
  return mots;
}

static json_t *experience_json(const mot_rules *rules, mot_run *run, uint32_t experience,
                               const mot_experience_stats *e)
{
  json_t *journeys = json_pack("{s:o, s:o, s:o, s:o}", "started", whole(e->started), "over", whole(e->over), "live",
                               whole(e->live), "closing", whole(e->closing));
  json_t *sco = json_pack("{s:o, s:o, s:o, s:o, s:o}", "produced", whole(e->produced), "missed", whole(e->missed),
                          "void", whole(e->voided), "open", whole(e->open), "rate",
                          percent(run_rate(e->produced, e->missed)));
  return json_pack("{s:s, s:o, s:o, s:o, s:o}", "experience", mot_rules_experience_name(rules, experience),
                   "journeys", journeys, "sco", sco, "disruption", percent(e->disruption), "mots",
                   mots_json(rules, run, experience));
}

static json_t *events_json(const mot_run_stats *stats)
{
  return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "read", whole(stats->events), "rejected", whole(stats->rejected),
                   "late", whole(stats->late), "duplicate", whole(stats->duplicate), "unmapped",
                   whole(stats->unmapped), "unreached", whole(stats->unreached));
}

static json_t *clock_json(const mot_run_stats *stats)
{
  char text[SHOWN_MAX];
  return stats->clock == MOT_NO_TIME ? json_null() : json_string(shown_instant(stats->clock, text));
}

static json_t *cost_json(const mot_run_stats *stats, const RunEnd *end)
{
  double seconds = end->seconds > 1e-6 ? end->seconds : 1e-6;
  return json_pack("{s:f, s:f, s:o, s:f, s:o, s:o, s:o}", "seconds", end->seconds, "events_per_second",
                   (double)(stats->events - end->events_before) / seconds, "bytes", whole(stats->bytes), "bytes_per_second",
                   (double)(stats->bytes - end->bytes_before) / seconds, "state_bytes", whole(stats->state), "memory_bytes",
                   whole(stats->memory), "peak_memory_bytes", whole(peak_memory()));
}

bool run_summary_json(const mot_rules *rules, mot_run *run, const RunEnd *end)
{
  json_t *experiences = json_array();
  mot_experience_stats e;
  for (uint32_t i = 0; mot_run_experience_stats(run, i, &e); i++)
    json_array_append_new(experiences, experience_json(rules, run, i, &e));
  mot_run_stats stats;
  mot_run_get_stats(run, &stats);
  json_t *root = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:b, s:b}", "experiences",
                           experiences, "goals", goals_json(rules, run), "alerts", alerts_json(run), "corrections",
                           corrections_json(run), "ungrouped", ungrouped_json(rules, run), "unseen",
                           unseen_json(rules, run), "unmapped",
                           unmapped_json(run), "events", events_json(&stats), "faults", whole(stats.faults), "records", whole(stats.records),
                           "clock", clock_json(&stats), "cost", cost_json(&stats, end), "interrupted",
                           end->interrupted, "incomplete", end->broken, "unwritten", end->unwritten);
  bool ok = root && json_dumpf(root, stderr, JSON_COMPACT | JSON_REAL_PRECISION(12)) == 0;
  if (ok) fputc('\n', stderr);
  json_decref(root);
  return ok || say_no_memory();
}
