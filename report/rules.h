/*
 * rules.h - what rules say of experiences, MOTs, people, targets and goals, all of it at hand.
 */
#ifndef MOT_REPORT_RULES_H
#define MOT_REPORT_RULES_H

#include "base/mem.h"
#include "report/review.h"

/* Texts are those of the rules, which must outlive it. */
const ReviewRules *review_rules(const mot_rules *rules, Arena *arena);

#endif
