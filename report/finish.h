/*
 * finish.h - from what was counted to the figures of the review.
 */
#ifndef MOT_REPORT_FINISH_H
#define MOT_REPORT_FINISH_H

#include "report/collector.h"

const Review *finish_review(struct Collector *collector, const ReviewStanding *standing);

/* ---- its parts ---- */

/* An experience on its way to its figures. */
typedef struct Finish {
  struct Collector *collector;
  Arena *arena;
  const ReviewRules *rules;
  const Review *review;        /* period, step and points are set */
  uint32_t experience;
  const mot_experience_info *info;
  const ExperienceLedger *current, *previous; /* previous NULL: there is none */
} Finish;

ReviewRate rate_of(Outcomes outcomes);
Comparison comparison_of(const Groups *groups);
ReviewChange change_of(Outcomes now, const Outcomes *before); /* before NULL: there is none */
double percent_of(double part, double all);                   /* negative: all is 0 */
/* Which of the review's points the day belongs to. */
uint32_t point_of(const Review *review, const Day *day);
/* Rates by point; `pick` finds a day's outcomes. */
typedef const Outcomes *(*PickOutcomes)(const Day *day, uint32_t mot);
ReviewSeries series_of(const Finish *finish, PickOutcomes pick, uint32_t mot);

/* finish_experience.c */
void finish_experience(const Finish *finish, ReviewExperience *ret_experience);
/* finish_mot.c */
void finish_mots(const Finish *finish, ReviewExperience *experience);
void finish_teams(const Finish *finish, ReviewExperience *experience);
void finish_individuals(const Finish *finish, ReviewExperience *experience);
/* finish_follow.c */
void finish_flows(const Finish *finish, ReviewExperience *experience);
void finish_handovers(const Finish *finish, ReviewExperience *experience);
void finish_circles(const Finish *finish, ReviewExperience *experience);
void finish_crown(const Finish *finish, ReviewExperience *experience);
/* finish_act.c */
void finish_corrections(const Finish *finish, ReviewExperience *experience);
void finish_alerts(const Finish *finish, ReviewExperience *experience);
/* After finish_mots. */
void finish_next(const Finish *finish, ReviewExperience *experience);

#endif
