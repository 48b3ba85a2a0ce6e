/*
 * finish_act.c - corrections, alerts, and where to act next.
 */
#include <stdlib.h>
#include <string.h>

#include "report/finish.h"

/* ---- corrections ---- */

static ReviewCorrections corrections_of(uint32_t mot, const MotLedger *ledger)
{
  return (ReviewCorrections){
    .mot = mot,
    .opened = ledger->corrections_opened,
    .in_time = ledger->in_time,
    .late = ledger->late,
    .withdrawn = ledger->withdrawn,
    .open = ledger->open_corrections,
    .overdue = ledger->overdue,
    .in_time_share = share_estimate(ledger->in_time, ledger->in_time + ledger->late + ledger->overdue),
    .corrected = comparison_of(&ledger->corrected),
    .timely = comparison_of(&ledger->timely),
  };
}

static bool has_any(const ReviewCorrections *c)
{
  return c->opened + c->in_time + c->late + c->withdrawn + c->open + c->overdue > 0;
}

static int by_due(const void *a, const void *b)
{
  const ReviewOpenCorrection *x = a, *y = b;
  if (x->due != y->due) return x->due < y->due ? -1 : 1;
  return strcmp(x->id, y->id);
}

enum { OVERDUE_SHOWN = 20 };

void finish_corrections(const Finish *finish, ReviewExperience *experience)
{
  const ExperienceLedger *current = finish->current;
  ReviewCorrections *corrections = ARENA_ARRAY(finish->arena, ReviewCorrections, finish->info->mots + 1);
  for (uint32_t i = 0; i <= finish->info->mots; i++) {
    bool sco = i == finish->info->mots;
    ReviewCorrections *made = &corrections[experience->correction_count];
    *made = sco ? corrections_of(MOT_NOT_FOUND, &current->about_sco)
                : corrections_of(finish->info->first_mot + i, &current->mots[i]);
    experience->correction_count += has_any(made);
  }
  experience->corrections = corrections;
  uint32_t count = current->overdue.len;
  if (count > 0) qsort(current->overdue.data, count, sizeof *current->overdue.data, by_due);
  experience->overdue = current->overdue.data;
  experience->overdue_total = count;
  experience->overdue_count = count < OVERDUE_SHOWN ? count : OVERDUE_SHOWN;
}

/* ---- alerts ---- */

/* MOT_NOT_FOUND is the greatest number: the SCO comes last. */
static int by_mot_and_owner(const void *a, const void *b)
{
  const ReviewAlerts *x = a, *y = b;
  if (x->mot != y->mot) return x->mot < y->mot ? -1 : 1;
  return x->owner < y->owner ? -1 : x->owner > y->owner;
}

void finish_alerts(const Finish *finish, ReviewExperience *experience)
{
  uint32_t count = finish->current->alerts.len;
  ReviewAlerts *alerts = ARENA_ARRAY(finish->arena, ReviewAlerts, count);
  for (uint32_t i = 0; i < count; i++) {
    const AlertCount *counted = &finish->current->alerts.data[i];
    alerts[i] = (ReviewAlerts){
      .mot = counted->mot,
      .owner = counted->owner,
      .raised = counted->raised,
      .escalated = counted->escalated,
      .repeated = counted->repeated,
      .acknowledged = counted->acknowledged,
      .cleared = counted->cleared,
    };
  }
  qsort(alerts, count, sizeof *alerts, by_mot_and_owner);
  experience->alerts = alerts;
  experience->alert_count = count;
  experience->alerts_active = finish->current->alerts_active;
}

/* ---- where to act next ---- */

static int by_weight(const void *a, const void *b)
{
  const ReviewAct *x = a, *y = b;
  if (x->weight != y->weight) return x->weight > y->weight ? -1 : 1;
  if (x->misses != y->misses) return x->misses > y->misses ? -1 : 1;
  return x->mot < y->mot ? -1 : 1;
}

void finish_next(const Finish *finish, ReviewExperience *experience)
{
  ReviewAct *acts = ARENA_ARRAY(finish->arena, ReviewAct, experience->mot_count);
  for (uint32_t i = 0; i < experience->mot_count; i++) {
    const ReviewMot *mot = &experience->mots[i];
    if (mot->rate.missed == 0) continue;
    bool matters = mot->contribution.effect == EFFECT_MORE;
    acts[experience->act_count++] = (ReviewAct){
      .mot = mot->mot,
      .misses = mot->rate.missed,
      .weight = matters ? mot->contribution.difference.value * (double)mot->rate.missed : 0,
    };
  }
  qsort(acts, experience->act_count, sizeof *acts, by_weight);
  experience->acts = acts;
}
