/*
 * words.h - figures in plain words, the same for all layouts of a review.
 *
 * Texts live as long as the arena.  They are plain: whoever lays them out escapes them.  "–" stands where there
 * is nothing to say.  Memory that is refused leaves through mem->oom of the arena.
 */
#ifndef MOT_REPORT_WORDS_H
#define MOT_REPORT_WORDS_H

#include "base/buf.h"
#include "report/review.h"

typedef struct Words {
  Arena *arena;
  const mot_rules *rules;      /* the zone of its stream tells times */
  const Review *review;
} Words;

#define WORDS_NOTHING "–"

/* ---- figures: words_figure.c ---- */

/* "1,234,567" */
const char *words_count(const Words *words, uint64_t count);
/* "1 journey", "1,234 journeys" */
const char *words_many(const Words *words, uint64_t count, const char *one, const char *many);
/* "97.4 %"; a share of 0 … 1.  "100 %" and "0 %" only for those that are. */
const char *words_share(const Words *words, double share);
/* The same of a figure that may be unknown. */
const char *words_estimate(const Words *words, Estimate share);
/* "95.1–98.6 %", the interval of a share; nothing when it has none. */
const char *words_interval(const Words *words, Estimate share);
/* "95.1–98.6", for a table whose head says that these are percentages */
const char *words_bounds(const Words *words, Estimate share);
/* "97.4 % (95.1–98.6 %)" */
const char *words_rate(const Words *words, Estimate share);
/* "+2.8 points", of a difference of shares; "points +0.4 to +5.2" are its interval. */
const char *words_points(const Words *words, Estimate difference);
const char *words_points_interval(const Words *words, Estimate difference);
/* "12.3 %", a percentage that is 0 … 100; negative: nothing */
const char *words_percentage(const Words *words, double percent);
/* "7.9", a mean or another number, with two figures behind the point at most */
const char *words_number(const Words *words, double number);
/* "7.9 (7.6 to 8.2)", with its interval */
const char *words_mean(const Words *words, Estimate mean);
/* "0.4 s", "12 min 5 s", "3 h 10 min", "12 d 4 h" */
const char *words_length(const Words *words, int64_t micros);
/* "1,234.50 EUR", "12.5 %", "yes"; a text as it is */
const char *words_value(const Words *words, const mot_value *value);
const char *words_amount(const Words *words, const ReviewAmount *amount);
/* "1,234.50 EUR, 12.00 USD" */
const char *words_amounts(const Words *words, const ReviewAmounts *amounts);

/* ---- times: words_time.c ---- */

/* "2016-03-05 14:02", in the zone of the rules; MOT_NO_TIME: nothing */
const char *words_instant(const Words *words, int64_t time);
/* "2016-03-05" */
const char *words_day(const Words *words, int64_t time);
/* "March 2016", "week 9 of 2016", "first quarter of 2016", "2016", "5 March 2016", "January to March 2016",
 * "2016-03-05 to 2016-03-19", "2016-03-05 12:00 to 2016-03-07 09:30" */
const char *words_span(const Words *words, ReviewSpan span);
/* Sub-period `point`, short: "2016-03-05", "2016-W09", "2016-03", "2016" */
const char *words_point(const Words *words, uint32_t point);
/* "day", "week", "month", "year" */
const char *words_step(ReviewStep step);

/* ---- names: words_name.c ---- */

/* Titles where there are any, else names. */
const char *words_experience(const Words *words, uint32_t experience);
/* MOT_NOT_FOUND: "the outcome" */
const char *words_mot(const Words *words, uint32_t mot);
/* MOT_NOT_FOUND: nothing */
const char *words_owner(const Words *words, uint32_t owner);
const char *words_goal(const Words *words, uint32_t goal);
/* "You come when you said: 97% over 7 d" */
const char *words_target(const Words *words, uint32_t target);
/* "produced", "missed", "void: superseded", "open" */
const char *words_outcome(mot_outcome outcome, mot_reason reason);
/* Of targets and goals: "met", "breached", "not judged yet" */
const char *words_state(mot_state state);
/* "rising", "falling", "no clear trend", "too few cases for a trend"; and a mark that says the same */
const char *words_trend(ReviewTrend trend);
const char *words_trend_mark(ReviewTrend trend);

/* ---- sentences: words_sentence.c ---- */

/* "2.8 points more than in February 2016 (95 % interval +0.4 to +5.2)", "no clear change against February 2016
 * (87.1 %)"; "" when nothing is compared */
const char *words_change(const Words *words, const ReviewChange *change);
/* The first thing to know of an experience: how many of how many, change, trend. */
const char *words_headline(const Words *words, const ReviewExperience *experience);

/* "When it was missed, the outcome failed in 41 % of 300 journeys, against 13 % of 900 when all were produced: 28
 * points more (95 % interval +21 to +35), 3.2 times as often."  Without a sign "No sign that this moment matters:
 * …"; without cases why it cannot be judged. */
const char *words_contribution(const Words *words, const ReviewMot *mot);
const char *words_flow(const Words *words, const ReviewFlow *flow);
const char *words_flows_looked_at(const Words *words, const ReviewExperience *experience);
/* A customer's next moment after a missed and after a produced one. */
const char *words_circles(const Words *words, const ReviewCircles *circles);
/* Whose the longest streak is: "longest: 5 in a row (customer c045)"; "" without any */
const char *words_longest(const Words *words, const ReviewExperience *experience, const ReviewStreaks *streaks);
const char *words_team_change(const Words *words, const ReviewHandovers *handovers);
const char *words_individual_change(const Words *words, const ReviewHandovers *handovers);
/* What corrections bring; "" when there is nothing to compare. */
const char *words_corrected(const Words *words, const ReviewCorrections *corrections);
const char *words_timely(const Words *words, const ReviewCorrections *corrections);
const char *words_sentiment(const Words *words, const ReviewSentiment *sentiment);
const char *words_landscape(const Words *words, const ReviewLandscape *landscape);
/* "Nothing came in time in 12 of 40 misses; 28 were settled sooner by what happened."; "" without misses */
const char *words_margin(const Words *words, const ReviewMargin *margin);
/* Why a MOT is a place to act: "41 misses × 28 points ≈ 11 outcomes"; without a sign its misses alone */
const char *words_act(const Words *words, const ReviewAct *act);
/* "customer c045, order o1000" */
const char *words_keys(const Words *words, const ReviewExperience *experience, const ReviewStory *story);
/* A reason as records give it, its instants in the zone of the rules: "TechnicianArrived at 2016-03-05 14:02" */
const char *words_because(const Words *words, const char *because);
/* What was judged: "473 events, up to 2016-04-01 00:00; 2 rejected" */
const char *words_data(const Words *words);
/* That the data end long before the period does; "" when they do not. */
const char *words_gap(const Words *words);
/* That rates of the first weeks of data mislead; "" when these lie before all that is looked at. */
const char *words_early(const Words *words);

/* How the figures are meant, one after the other; NULL past the last. */
const char *words_note(size_t index);
/* The name of an association, for headings of sections that show one. */
#define WORDS_ASSOCIATION "an association, not a proof"

#endif
