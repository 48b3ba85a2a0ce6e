/*
 * run_standing.h - the part of the summary that is about managing: targets, goals, alerts, corrections, events that no
 * rule knows.
 */
#ifndef MOT_CLI_RUN_STANDING_H
#define MOT_CLI_RUN_STANDING_H

#include <jansson.h>

#include "mot/mot.h"

/* ---- text, on standard error ---- */

/* A line for each target of the experience's MOTs. */
void standing_targets(const mot_rules *rules, mot_run *run, uint32_t experience, bool color);
/* The trees of goals. */
void standing_goals(const mot_rules *rules, mot_run *run, bool color);
/* Alerts, corrections, cases without a group, each when there are any. */
void standing_acts(const mot_rules *rules, mot_run *run, bool color);
/* The most frequent types that the rules do not know. */
void standing_unmapped(mot_run *run);

/* ---- JSON ---- */

json_t *targets_json(const mot_rules *rules, mot_run *run, uint32_t mot);
json_t *goals_json(const mot_rules *rules, mot_run *run);
json_t *alerts_json(mot_run *run);
json_t *corrections_json(mot_run *run);
json_t *ungrouped_json(const mot_rules *rules, mot_run *run);
/* Names of metrics that have had no case. */
json_t *unseen_json(const mot_rules *rules, mot_run *run);
json_t *unmapped_json(mot_run *run);

#endif
