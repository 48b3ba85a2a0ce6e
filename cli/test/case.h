/*
 * case.h - one test of a rule file, run: what its records were, and which expectations they meet.
 */
#ifndef MOT_CLI_TEST_CASE_H
#define MOT_CLI_TEST_CASE_H

#include "mot/tools.h"

/* A record, kept; absent texts are NULL. */
typedef struct TestRecord {
  mot_record head;      /* without its data */
  mot_state state;
  uint32_t owner, goal, target; /* MOT_NOT_FOUND: none */
  const char *severity;
  char *keys;           /* of a journey: each ended by NUL; of a goal one: the individual */
  size_t keys_count;
  char *words;          /* the evidence; of an alert and a correction its text; of a target what was measured */
  char *cause;          /* of an alert and a correction: "missed", "at_risk" … */
} TestRecord;

/* How a test is run besides. */
typedef struct CaseOptions {
  size_t most;          /* records that are kept; beyond that there is `trouble`.  0: any */
  /* Gets each step of the run; NULL: none are told.  False: there is not enough memory. */
  bool (*watch)(void *user, mot_run *run, const mot_trace *step);
  void *user;
} CaseOptions;

typedef struct TestCase {
  const mot_rules *rules;
  uint32_t test;
  mot_test_info info;
  mot_expectation *expected; /* `info.expectations` of them */
  mot_run *run;
  CaseOptions options;
  int64_t clock;        /* where it stops */
  TestRecord *records;
  size_t count, room;
  char *trouble;        /* why the test could not be run as it is written; NULL: it could */
} TestCase;

/* Runs the test of that number, of which `info` is known.  False when there is not enough memory.  case_close in any case. */
bool case_run(TestCase *test, const mot_rules *rules, uint32_t number, const mot_test_info *info);
bool case_run_with(TestCase *test, const mot_rules *rules, uint32_t number, const mot_test_info *info,
                   const CaseOptions *options);
void case_close(TestCase *test);

/* Whether a record of any kind is about the key: one of the journey's, or the individual of a goal. */
bool record_has_key(const TestRecord *record, const char *key);
/* Whether it is about what is expected, whatever became of that: the MOT, SCO, journey, goal, owner. */
bool record_concerns(const TestRecord *record, const mot_expectation *expected);
/* Whether that is what is expected, `no` left aside. */
bool record_shows(const TestRecord *record, const mot_expectation *expected);
/* Whether what is expected was so, `no` left aside. */
bool case_shows(const TestCase *test, const mot_expectation *expected);

#endif
