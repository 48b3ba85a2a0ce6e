/*
 * test_report_random.c - figures of random records beside the same figures computed by their definitions,
 * each time over all records.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/running.h"
#include "tests/support/told.h"

enum { CUSTOMERS = 4, JOURNEYS = 40, RECORDS = 600 };

/* A record as it was told. */
typedef struct One {
  unsigned kind;
  int64_t time, opened;
  uint32_t customer, journey, mot;
  mot_outcome outcome;
  int who;                     /* 0: not known */
  int64_t score;
} One;

typedef struct Tale {
  One all[RECORDS];
  uint32_t count;
  bool started[JOURNEYS], decided[JOURNEYS], over[JOURNEYS];
  mot_outcome sco[JOURNEYS];
  int64_t start[JOURNEYS];
  ReviewSpan previous, period;
} Tale;

/* ---- a random tale ---- */

static void add(Tale *tale, One one)
{
  if (tale->count < RECORDS) tale->all[tale->count++] = one;
}

static mot_outcome any_outcome(unsigned *seed)
{
  static const mot_outcome outcomes[] = {MOT_PRODUCED, MOT_PRODUCED, MOT_MISSED, MOT_VOID};
  return outcomes[below(seed, 4)];
}

static void add_moment(Tale *tale, unsigned *seed, int64_t time, uint32_t journey)
{
  One one = {.kind = MOT_RECORD_MOMENT, .time = time, .opened = time - (int64_t)below(seed, 5) * HOUR};
  one.customer = journey % CUSTOMERS;
  one.journey = journey;
  one.mot = below(seed, MOTS);
  one.outcome = any_outcome(seed);
  one.who = (int)below(seed, 3);
  add(tale, one);
}

/* Times go on by hours or not at all, so that much happens at once. */
static void tell_tale(Tale *tale, unsigned *seed)
{
  *tale = (Tale){.previous = {DAYS(2), DAYS(4)}, .period = {DAYS(4), DAYS(7)}};
  int64_t time = DAYS(1);
  while (tale->count + 2 * JOURNEYS < RECORDS && time < DAYS(9)) {
    uint32_t journey = below(seed, JOURNEYS);
    time += below(seed, 3) * HOUR / 2;
    One one = {.time = time, .customer = journey % CUSTOMERS, .journey = journey, .mot = MOT_NOT_FOUND};
    if (!tale->started[journey]) tale->start[journey] = time;
    tale->started[journey] = true;
    one.opened = tale->start[journey];
    if (below(seed, 12) == 0) {
      one.kind = MOT_RECORD_SENTIMENT;
      one.score = below(seed, 11);
      add(tale, one);
    } else if (tale->over[journey]) {
      continue;
    } else if (!tale->decided[journey] && below(seed, 5) == 0) {
      one.kind = MOT_RECORD_SCO;
      one.outcome = tale->sco[journey] = any_outcome(seed);
      tale->decided[journey] = true;
      add(tale, one);
    } else if (tale->decided[journey] && below(seed, 6) == 0) {
      one.kind = MOT_RECORD_JOURNEY;
      one.outcome = tale->sco[journey];
      tale->over[journey] = true;
      add(tale, one);
    } else {
      add_moment(tale, seed, time, journey);
    }
  }
}

/* What is undecided in the end. */
static void tell_open(Tale *tale, unsigned *seed)
{
  int64_t time = tale->all[tale->count - 1].time;
  for (uint32_t journey = 0; journey < JOURNEYS; journey++) {
    if (!tale->started[journey] || tale->decided[journey]) continue;
    One one = {.kind = MOT_RECORD_OPEN, .time = time, .opened = tale->start[journey], .mot = MOT_NOT_FOUND};
    one.customer = journey % CUSTOMERS;
    one.journey = journey;
    add(tale, one);
    one.mot = below(seed, MOTS);
    add(tale, one);
  }
}

static void tell_one(Told *told, const One *one)
{
  static const char *const names[] = {"c0", "c1", "c2", "c3"}, *const people[] = {"", "ann", "bob"};
  About about = {names[one->customer], one->journey};
  ReviewFact fact = told_fact(about, one->kind, one->time, one->mot, one->outcome);
  fact.record.opened = one->opened;
  mot_value who = {.type = MOT_TYPE_TEXT, .text = people[one->who], .size = 3};
  if (one->who > 0) fact.moment.group = who;
  fact.act.value = (mot_value){.type = MOT_TYPE_INT, .integer = one->score};
  told_take(told, fact, about.customer);
}

/* ---- by definition ---- */

static bool within(ReviewSpan span, int64_t time)
{
  return time >= span.from && time < span.to;
}

static bool is_decided(const One *one)
{
  return one->kind == MOT_RECORD_MOMENT && one->outcome != MOT_VOID;
}

static uint64_t count_moments(const Tale *tale, ReviewSpan span, uint32_t mot, mot_outcome outcome)
{
  uint64_t count = 0;
  for (const One *one = tale->all; one < tale->all + tale->count; one++)
    count += one->kind == MOT_RECORD_MOMENT && one->mot == mot && one->outcome == outcome &&
      within(span, one->time);
  return count;
}

/* Of `mot` (MOT_NOT_FOUND: SCOs): how many opened in the period; how many are open when it ends. */
static void check_openings(const Tale *tale, uint32_t mot, uint64_t opened, uint64_t open)
{
  uint64_t found = 0, undecided = 0;
  for (const One *one = tale->all; one < tale->all + tale->count; one++) {
    bool closed = one->kind == (mot == MOT_NOT_FOUND ? MOT_RECORD_SCO : MOT_RECORD_MOMENT);
    if ((one->kind != MOT_RECORD_OPEN && !closed) || one->mot != mot) continue;
    found += within(tale->period, one->opened);
    undecided += one->opened < tale->period.to && (!closed || one->time >= tale->period.to);
  }
  assert_int_equal(opened, found);
  assert_int_equal(open, undecided);
}

static void check_mot(const Tale *tale, const ReviewMot *mot)
{
  rate_is(&mot->rate, count_moments(tale, tale->period, mot->mot, MOT_PRODUCED),
          count_moments(tale, tale->period, mot->mot, MOT_MISSED));
  rate_is(&mot->change.previous, count_moments(tale, tale->previous, mot->mot, MOT_PRODUCED),
          count_moments(tale, tale->previous, mot->mot, MOT_MISSED));
  assert_int_equal(mot->voided, count_moments(tale, tale->period, mot->mot, MOT_VOID));
  check_openings(tale, mot->mot, mot->opened, mot->open);
}

/* Decided moments of the journey and MOT before `end`, missed ones. */
static void look_back(const Tale *tale, uint32_t journey, uint32_t mot, int64_t end, int *ret_all,
                      int *ret_missed)
{
  *ret_all = *ret_missed = 0;
  for (const One *one = tale->all; one < tale->all + tale->count && one->time < end; one++) {
    if (!is_decided(one) || one->journey != journey || one->mot != mot) continue;
    ++*ret_all;
    *ret_missed += one->outcome == MOT_MISSED;
  }
}

static void check_contribution(const Tale *tale, const ReviewMot *mot)
{
  uint64_t groups[2][2] = {{0}};
  for (const One *one = tale->all; one < tale->all + tale->count; one++) {
    int all, missed;
    if (one->kind != MOT_RECORD_SCO || one->outcome == MOT_VOID) continue;
    if (!within(tale->period, one->time)) continue;
    look_back(tale, one->journey, mot->mot, tale->period.to, &all, &missed);
    if (all > 0) groups[missed == 0][one->outcome == MOT_MISSED]++;
  }
  counts_are(&mot->contribution, groups[0][1], groups[0][0] + groups[0][1], groups[1][1],
             groups[1][0] + groups[1][1]);
}

/* Every pair whose association shows, and no other. */
static void check_flow(const Tale *tale, const ReviewExperience *e, uint32_t from, uint32_t to)
{
  uint64_t groups[2][2] = {{0}};
  for (const One *one = tale->all; one < tale->all + tale->count; one++) {
    int all, missed;
    if (!is_decided(one) || one->mot != to || !within(tale->period, one->time)) continue;
    look_back(tale, one->journey, from, one->time, &all, &missed);
    if (all > 0) groups[missed == 0][one->outcome == MOT_MISSED]++;
  }
  Comparison expected = compare_shares(groups[0][1], groups[0][0] + groups[0][1], groups[1][1],
                                       groups[1][0] + groups[1][1]);
  const ReviewFlow *found = NULL;
  for (uint32_t i = 0; i < e->flow_count; i++)
    if (e->flows[i].from == from && e->flows[i].to == to) found = &e->flows[i];
  assert_int_equal(found != NULL, expected.effect == EFFECT_MORE || expected.effect == EFFECT_LESS);
  if (!found) return;
  counts_are(&found->misses, expected.hits[0], expected.cases[0], expected.hits[1], expected.cases[1]);
}

static const One *decided_before(const Tale *tale, const One *one, bool of_journey)
{
  for (const One *before = one; before-- > tale->all;) {
    bool same = of_journey ? before->journey == one->journey : before->customer == one->customer;
    if (same && is_decided(before)) return before;
  }
  return NULL;
}

static void check_after(const Tale *tale, const Comparison *after)
{
  uint64_t groups[2][2] = {{0}};
  for (const One *one = tale->all; one < tale->all + tale->count; one++) {
    if (!is_decided(one) || !within(tale->period, one->time)) continue;
    const One *before = decided_before(tale, one, false);
    if (before) groups[before->outcome == MOT_PRODUCED][one->outcome == MOT_MISSED]++;
  }
  counts_are(after, groups[0][1], groups[0][0] + groups[0][1], groups[1][1], groups[1][0] + groups[1][1]);
}

static void check_handovers(const Tale *tale, const ReviewHandovers *handovers)
{
  uint64_t team[2][2] = {{0}}, who[2][2] = {{0}};
  for (const One *one = tale->all; one < tale->all + tale->count; one++) {
    if (!is_decided(one) || !within(tale->period, one->time)) continue;
    const One *before = decided_before(tale, one, true);
    if (!before) continue;
    bool missed = one->outcome == MOT_MISSED;
    bool changed = (before->mot == ASK && one->mot == VISIT) || (before->mot == VISIT && one->mot == ASK);
    team[!changed][missed]++;
    if (one->who > 0 && before->who > 0) who[one->who == before->who][missed]++;
  }
  counts_are(&handovers->team, team[0][1], team[0][0] + team[0][1], team[1][1], team[1][0] + team[1][1]);
  counts_are(&handovers->individual, who[0][1], who[0][0] + who[0][1], who[1][1], who[1][0] + who[1][1]);
}

/* A streak ends where the customer's next decided moment (before the period's end) has another outcome. */
static void check_streaks(const Tale *tale, const ReviewStreaks *streaks, mot_outcome outcome)
{
  uint64_t count = 0, lengths[REVIEW_STREAKS] = {0};
  for (uint32_t customer = 0; customer < CUSTOMERS; customer++) {
    uint64_t length = 0;
    int64_t last = 0;
    for (uint32_t i = 0; i <= tale->count; i++) {
      const One *one = i < tale->count ? &tale->all[i] : NULL;
      bool stop = !one || one->time >= tale->period.to;
      if (!stop && (!is_decided(one) || one->customer != customer)) continue;
      if ((stop || one->outcome != outcome) && length > 0) {
        count += last >= tale->period.from;
        lengths[length < REVIEW_STREAKS ? length - 1 : REVIEW_STREAKS - 1] += last >= tale->period.from;
        length = 0;
      }
      if (stop) break;
      if (one->outcome == outcome) length++;
      last = one->time;
    }
  }
  assert_int_equal(streaks->count, count);
  assert_memory_equal(streaks->lengths, lengths, sizeof lengths);
}

/* Moments between a sentiment and the customer's one before it. */
static void check_sentiment(const Tale *tale, const ReviewSentiment *sentiment)
{
  uint64_t cases[2] = {0};
  double sums[2] = {0};
  for (const One *one = tale->all; one < tale->all + tale->count; one++) {
    if (one->kind != MOT_RECORD_SENTIMENT || !within(tale->period, one->time)) continue;
    for (const One *before = one; before-- > tale->all;) {
      if (before->customer != one->customer) continue;
      if (before->kind == MOT_RECORD_SENTIMENT) break;
      if (!is_decided(before)) continue;
      cases[before->outcome == MOT_MISSED]++;
      sums[before->outcome == MOT_MISSED] += (double)one->score;
    }
  }
  assert_int_equal(sentiment->produced_cases, cases[0]);
  assert_int_equal(sentiment->missed_cases, cases[1]);
  const Estimate *means[] = {&sentiment->after_produced, &sentiment->after_missed};
  for (int i = 0; i < 2; i++)
    if (cases[i]) assert_true(fabs(means[i]->value - sums[i] / (double)cases[i]) < 1e-9);
}

static void check_journeys(const Tale *tale, const ReviewExperience *e)
{
  uint64_t over = 0, live = 0;
  for (uint32_t journey = 0; journey < JOURNEYS; journey++)
    live += tale->started[journey] && tale->start[journey] < tale->period.to;
  for (const One *one = tale->all; one < tale->all + tale->count; one++) {
    if (one->kind != MOT_RECORD_JOURNEY) continue;
    over += within(tale->period, one->time);
    live -= one->time < tale->period.to;
  }
  assert_int_equal(e->over, over);
  assert_int_equal(e->live, live);
  check_openings(tale, MOT_NOT_FOUND, e->started, e->sco_open);
}

static void check_tale(unsigned seed)
{
  static Tale tale;
  Told told;
  tell_tale(&tale, &seed);
  tell_open(&tale, &seed);
  told_begin_between(&told, tale.previous, tale.period);
  for (uint32_t i = 0; i < tale.count; i++) tell_one(&told, &tale.all[i]);
  const ReviewExperience *e = told_experience(&told);
  for (uint32_t mot = 0; mot < MOTS; mot++) {
    check_mot(&tale, &e->mots[mot]);
    check_contribution(&tale, &e->mots[mot]);
    for (uint32_t to = 0; to < MOTS; to++)
      if (to != mot) check_flow(&tale, e, mot, to);
  }
  check_journeys(&tale, e);
  check_after(&tale, &e->circles.after);
  check_streaks(&tale, &e->circles.missed, MOT_MISSED);
  check_streaks(&tale, &e->circles.produced, MOT_PRODUCED);
  check_handovers(&tale, &e->handovers);
  check_sentiment(&tale, &e->sentiment);
  told_end(&told);
}

static void figures_are_those_of_their_definitions(void **state)
{
  (void)state;
  for (unsigned seed = 1; seed <= 300; seed++) check_tale(seed);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(figures_are_those_of_their_definitions)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
