/*
 * demands.h - demands: made, found, reached.
 */
#ifndef MOT_CLI_COVERAGE_DEMANDS_H
#define MOT_CLI_COVERAGE_DEMANDS_H

#include "cli/coverage/model.h"

/* Fills a subject whose rules, numbers and place are known.  False: no memory. */
bool add_journey_demands(Subject *subject);
bool add_mot_demands(Subject *subject);
bool add_awaits(Subject *subject);

/* The first of the choices that stand where this one stands: a choice that answers to several kinds of events. */
uint32_t choice_of(const Subject *subject, uint32_t choice);

/* NULL: nothing of the kind is demanded. */
Demand *subject_demand(Subject *subject, DemandKind kind, uint32_t number);
void subject_hit(Subject *subject, DemandKind kind, uint32_t number);

#endif
