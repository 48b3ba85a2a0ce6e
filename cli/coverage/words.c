/*
 * words.c - demands in words.
 */
#include <math.h>
#include <stdio.h>

#include "cli/coverage/model.h"
#include "cli/quantity.h"

static const char *const words[] = {
  [DEMAND_STARTED] = "started", [DEMAND_ENDED] = "ended", [DEMAND_EXPIRED] = "expired",
  [DEMAND_OVER_VOID] = "journey_void", [DEMAND_OPENED] = "opened", [DEMAND_VOIDED] = "void",
  [DEMAND_SUPERSEDED] = "superseded", [DEMAND_STILL_PAUSED] = "still_paused", [DEMAND_PAUSED] = "paused",
  [DEMAND_RESUMED] = "resumed", [DEMAND_RISK] = "at_risk", [DEMAND_NO_RISK] = "never_at_risk",
  [DEMAND_PRODUCED] = "produced", [DEMAND_MISSED] = "missed", [DEMAND_HOLDS] = "part_holds",
  [DEMAND_FAILS] = "part_fails", [DEMAND_BEFORE] = "before_deadline", [DEMAND_AT] = "at_deadline",
  [DEMAND_AFTER] = "after_deadline", [DEMAND_RAISED] = "alert", [DEMAND_CORRECTED] = "correction",
  [DEMAND_DONE] = "correction_done", [DEMAND_OVERDUE] = "correction_overdue", [DEMAND_BREACHED] = "target_breached",
  [DEMAND_MET] = "target_met", [DEMAND_GOAL_BREACHED] = "goal_breached", [DEMAND_GOAL_MET] = "goal_met",
};

const char *demand_word(DemandKind kind)
{
  return words[kind];
}

/* ---- what starts a journey ---- */

static void put_trigger(const mot_rules *rules, const mot_trigger *trigger, FILE *out)
{
  const char *mot = mot_rules_mot_name(rules, trigger->mot);
  const char *experience = mot_rules_experience_name(rules, trigger->experience);
  if (trigger->event != MOT_NOT_FOUND)
    fputs(mot_rules_event_name(rules, trigger->event), out);
  else if (mot || experience)
    fprintf(out, "%s %s", trigger->outcome == MOT_MISSED ? "missed" : "produced", mot ? mot : experience);
  else
    fputs("a silence", out);
}

static void put_start(const Subject *subject, const Demand *demand, FILE *out)
{
  mot_trigger trigger;
  fputs("no journey started", out);
  if (!mot_rules_start(subject->rules, subject->experience, demand->number, &trigger)) return;
  fputs(" by ", out);
  put_trigger(subject->rules, &trigger, out);
}

/* ---- deadlines ---- */

void demand_put_nearest(const Demand *demand, FILE *out)
{
  enum { DAY = 86400 };
  char time[SHOWN_MAX];
  double seconds = (double)demand->nearest / 1e6;
  if (demand->nearest < 0) return;
  if (seconds >= 2 * DAY)
    fprintf(out, "%.0f d %.0f h", floor(seconds / DAY), floor(fmod(seconds, DAY) / 3600));
  else if (seconds < 0.001)
    fputs("less than 1 ms", out);
  else if (seconds < 1)
    fprintf(out, "%g ms", seconds * 1000);
  else
    fputs(shown_time(seconds, time), out);
  fputs(demand->late ? " after" : " before", out);
}

static void put_deadline(const Demand *demand, FILE *out)
{
  const char *where = demand->kind == DEMAND_BEFORE ? "just before it" : demand->kind == DEMAND_AT ? "exactly at it"
    : "just after it";
  fprintf(out, "deadline: never tried %s", where);
  if (demand->nearest < 0) return;
  fputs(" (nearest: ", out);
  demand_put_nearest(demand, out);
  fputc(')', out);
}

/* ---- what is only shown ---- */

static void put_action(const Subject *subject, const Demand *demand, FILE *out)
{
  mot_action_info action;
  mot_owner_info owner = {.name = ""};
  mot_rules_action(subject->rules, subject->experience, subject->mot, demand->number, &action);
  mot_rules_owner_info(subject->rules, action.owner, &owner);
  const char *kind = action.correction ? "correction by" : "alert to";
  switch (demand->kind) {
  case DEMAND_RISK: fprintf(out, "never at risk: %s %s", kind, owner.name); break;
  case DEMAND_RAISED: fprintf(out, "%s %s when %s: never raised", kind, owner.name, action.when); break;
  case DEMAND_CORRECTED: fprintf(out, "%s %s when %s: never opened", kind, owner.name, action.when); break;
  case DEMAND_DONE: fprintf(out, "%s %s when %s: never done", kind, owner.name, action.when); break;
  default: fprintf(out, "%s %s when %s: never overdue", kind, owner.name, action.when); break;
  }
}

static void put_target(const Demand *demand, FILE *out)
{
  bool met = demand->kind == DEMAND_MET || demand->kind == DEMAND_GOAL_MET;
  bool target = demand->kind == DEMAND_BREACHED || demand->kind == DEMAND_MET;
  fprintf(out, "%s %s: never %s", target ? "target" : "goal", demand->about, met ? "came to be met" : "breached");
}

/* ---- all of them ---- */

static bool has_choices(const Subject *subject)
{
  size_t count = 0;
  for (size_t i = 0; i < subject->count; i++) count += subject->demands[i].kind == DEMAND_OPENED;
  return count > 1;
}

static void put_opened(const Subject *subject, const Demand *demand, FILE *out)
{
  if (has_choices(subject))
    fprintf(out, "never opened by `%s`", demand->about);
  else
    fputs("never opened", out);
}

void demand_put(const Subject *subject, const Demand *demand, FILE *out)
{
  switch (demand->kind) {
  case DEMAND_STARTED: put_start(subject, demand, out); break;
  case DEMAND_ENDED: fputs("no journey ended by `ends on`", out); break;
  case DEMAND_EXPIRED: fputs("no journey expired", out); break;
  case DEMAND_OVER_VOID: fputs("no journey became void by `void on`", out); break;
  case DEMAND_OPENED: put_opened(subject, demand, out); break;
  case DEMAND_VOIDED: fputs("never void by its `void on`", out); break;
  case DEMAND_SUPERSEDED: fputs("never void since a later one took its place (`latest`)", out); break;
  case DEMAND_STILL_PAUSED: fputs("never void since its clock still stood at the end", out); break;
  case DEMAND_PAUSED: fputs("its clock never stopped (`pause`)", out); break;
  case DEMAND_RESUMED: fputs("its clock never ran on again (`pause … until`)", out); break;
  case DEMAND_NO_RISK: fputs("never produced without having been at risk", out); break;
  case DEMAND_PRODUCED: fputs("never produced", out); break;
  case DEMAND_MISSED: fputs("never missed", out); break;
  case DEMAND_HOLDS: fprintf(out, "never decided by `%s` holding", demand->about); break;
  case DEMAND_FAILS: fprintf(out, "never decided by `%s` failing", demand->about); break;
  case DEMAND_BEFORE: case DEMAND_AT: case DEMAND_AFTER: put_deadline(demand, out); break;
  case DEMAND_BREACHED: case DEMAND_MET: case DEMAND_GOAL_BREACHED: case DEMAND_GOAL_MET:
    put_target(demand, out);
    break;
  default: put_action(subject, demand, out); break;
  }
}
