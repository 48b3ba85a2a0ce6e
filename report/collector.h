/*
 * collector.h - what the parts of a collector share: its state, and who takes which facts.
 */
#ifndef MOT_REPORT_COLLECTOR_H
#define MOT_REPORT_COLLECTOR_H

#include "report/ledger.h"
#include "report/live.h"
#include "report/plan.h"

enum { LEDGER_PREVIOUS, LEDGER_CURRENT, LEDGERS };

struct Collector {
  Arena *arena;
  ReviewPlan plan;
  Live live;
  Ledger ledgers[LEDGERS];
  Ledger *now;                 /* the period in which the latest fact lies; NULL: none */
  ReviewSpan day;              /* in which it lies */
  int64_t earliest, latest;    /* times that records name; MOT_NO_TIME: none yet */
  uint64_t *active;            /* alerts, by experience */
};

/* What is counted of the experience of a record now; NULL: nothing. */
ExperienceLedger *ledger_now(struct Collector *collector, uint32_t experience);
/* The day's part of it; NULL when the period is not the current one. */
Day *day_now(struct Collector *collector, uint32_t experience);
/* All decided moments count as facts of a customer and a journey, up to the end of the period. */
bool is_over(const struct Collector *collector);
const ReviewExperienceRules *rules_of(const struct Collector *collector, uint32_t experience);

/* collect_moment.c */
void take_moment(struct Collector *collector, const ReviewFact *fact);
/* collect_journey.c */
void take_sco(struct Collector *collector, const ReviewFact *fact);
void take_open(struct Collector *collector, const ReviewFact *fact);
void take_journey(struct Collector *collector, const ReviewFact *fact);
/* A journey that is over, or (over MOT_NO_TIME) is not when the period ends: if its SCO was decided in the
 * period, it counts in it. */
void count_journey(struct Collector *collector, Ledger *ledger, Journey *journey, int64_t over);
/* collect_act.c */
void take_correction(struct Collector *collector, const ReviewFact *fact);
void take_alert(struct Collector *collector, const ReviewFact *fact);
void take_change(struct Collector *collector, const ReviewFact *fact); /* of a target or goal */
void take_sentiment(struct Collector *collector, const ReviewFact *fact);

#endif
