/*
 * explain.c - see test_explain.h.
 */
#include "cli/test/explain.h"

#include <ctype.h>
#include <string.h>

#include "cli/value_text.h"

enum { SHOWN_RECORDS = 8 };

/* Bytes up to the end of a comment that begins there; 0: none does. */
static size_t comment_at(const char *text, size_t left)
{
  const char *end = *text == '#' ? memchr(text, '\n', left) : NULL;
  return end ? (size_t)(end - text) : 0;
}

/* Without comments, and with one blank for any number of them. */
static void put_in_one_line(const char *text, size_t left, FILE *out)
{
  bool blank = false, quoted = false;
  while (left > 0) {
    size_t skipped = quoted ? 0 : comment_at(text, left);
    bool space = skipped > 0 || (!quoted && isspace((unsigned char)*text));
    if (!space) {
      if (blank) fputc(' ', out);
      fputc(*text, out);
      quoted = quoted != (*text == '"');
    }
    blank = space;
    text += skipped > 0 ? skipped : 1;
    left -= skipped > 0 ? skipped : 1;
  }
}

void expectation_put(const TestCase *test, const mot_expectation *expected, FILE *out)
{
  size_t size, column = 0;
  const char *line = mot_rules_source_line(test->rules, expected->place.file, expected->place.line, &size);
  if (!line) return;
  for (uint32_t i = 1; i < expected->place.column && column < size; i++)
    for (column++; column < size && (line[column] & 0xc0) == 0x80;) column++;
  put_in_one_line(line + column, expected->place.length, out); /* the text goes on behind the line */
}

void time_put(const TestCase *test, int64_t time, FILE *out)
{
  char text[64];
  mot_rules_local_time(test->rules, time, text, sizeof text);
  fputs(text, out);
}

/* ---- records ---- */

static void put_keys(const TestRecord *record, FILE *out)
{
  const char *at = record->keys;
  for (size_t i = 0; i < record->keys_count; i++) {
    fprintf(out, "%s%s", i == 0 ? " for " : ", ", at);
    at += strlen(at) + 1;
  }
}

static const char *end_word(const mot_record *head)
{
  static const char *const words[] = {[MOT_ENDED] = "ended", [MOT_END_VOID] = "void", [MOT_EXPIRED] = "expired"};
  return words[head->end];
}

static const char *outcome_word(const mot_record *head)
{
  static const char *const words[] = {
    [MOT_MISSED] = "missed", [MOT_PRODUCED] = "produced", [MOT_VOID] = "void", [MOT_OPEN] = "open",
  };
  return words[head->kind == MOT_RECORD_OPEN ? MOT_OPEN : head->outcome];
}

static const char *reason_word(mot_reason reason)
{
  switch (reason) {
  case MOT_VOIDED: return ", by `void on`";
  case MOT_SUPERSEDED: return ", a later one took its place";
  case MOT_PAUSED: return ", its clock stood when the journey expired";
  case MOT_FAULT: return ", a calculation failed";
  default: return "";
  }
}

static const char *name_of(const TestCase *test, const mot_record *head)
{
  const char *mot = mot_rules_mot_name(test->rules, head->mot), *experience;
  if (mot) return mot;
  experience = mot_rules_experience_name(test->rules, head->experience);
  return experience ? experience : "";
}

static void put_decided(const TestCase *test, const mot_record *head, FILE *out)
{
  bool journey = head->mot == MOT_NOT_FOUND;
  fprintf(out, "%s%s %s ", journey ? "the SCO of " : "", name_of(test, head), outcome_word(head));
  if (head->kind == MOT_RECORD_OPEN && head->deadline == MOT_NO_TIME) {
    fputs("without a deadline", out);
  } else {
    fputs(head->kind == MOT_RECORD_OPEN ? "until " : "at ", out);
    time_put(test, head->kind == MOT_RECORD_OPEN ? head->deadline : head->time, out);
  }
  if (head->outcome == MOT_VOID) fputs(reason_word(head->reason), out);
  fputs(journey ? " (started " : " (opened ", out);
  time_put(test, head->opened, out);
  fputc(')', out);
}

static void put_journey(const TestCase *test, const mot_record *head, FILE *out)
{
  fprintf(out, "a journey of %s from ", name_of(test, head));
  time_put(test, head->opened, out);
  fputs(" to ", out);
  time_put(test, head->time, out);
  fprintf(out, " (%s)", end_word(head));
}

static const char *person(const TestCase *test, uint32_t owner)
{
  mot_owner_info info;
  return mot_rules_owner_info(test->rules, owner, &info) ? info.name : "nobody";
}

static void put_act(const TestCase *test, const TestRecord *record, FILE *out)
{
  mot_goal_info goal;
  const char *state = mot_state_name(record->state);
  if (record->head.kind == MOT_RECORD_ALERT)
    fprintf(out, "an alert to %s, severity %s, %s at ", person(test, record->owner), record->severity, state);
  else if (record->head.kind == MOT_RECORD_CORRECTION)
    fprintf(out, "a correction by %s %s at ", person(test, record->owner), state);
  else if (mot_rules_goal_info(test->rules, record->goal, &goal))
    fprintf(out, "%s %s at ", goal.name, state);
  else
    fprintf(out, "%s %s at ", name_of(test, &record->head), state);
  time_put(test, record->head.time, out);
}

/* The length of an instant such as 2026-03-03T09:15:00.000Z at the beginning of `text`; 0: there is none. */
static size_t instant_at(const char *text)
{
  size_t size = strspn(text, "0123456789-T:.");
  return size >= 20 && size <= 26 && text[size] == 'Z' && text[10] == 'T' ? size + 1 : 0;
}

/* Evidence has its times in UTC; they become times of the zone like all others. */
static void put_words(const TestCase *test, const char *words, FILE *out)
{
  char instant[32];
  int64_t time;
  while (*words) {
    size_t size = isdigit((unsigned char)*words) ? instant_at(words) : 0;
    memcpy(instant, words, size);
    instant[size] = 0;
    if (size > 0 && mot_rules_time(test->rules, instant, &time)) {
      time_put(test, time, out);
      words += size;
    } else {
      fputc(*words++, out);
    }
  }
}

void record_put(const TestCase *test, const TestRecord *record, FILE *out)
{
  switch (record->head.kind) {
  case MOT_RECORD_MOMENT:
  case MOT_RECORD_SCO:
  case MOT_RECORD_OPEN: put_decided(test, &record->head, out); break;
  case MOT_RECORD_JOURNEY: put_journey(test, &record->head, out); break;
  default: put_act(test, record, out);
  }
  put_keys(record, out);
  if (record->words) fputs(": ", out);
  if (record->words) put_words(test, record->words, out);
  fputc('\n', out);
}

/* ---- targets ---- */

static void put_standing(const TestCase *test, uint32_t target, FILE *out)
{
  mot_target_info info;
  mot_target_standing standing;
  char value[SHOWN_MAX];
  if (!mot_rules_target_info(test->rules, target, &info) || !mot_run_target(test->run, target, &standing)) return;
  fprintf(out, "target %s: ", info.text);
  if (standing.from == MOT_NO_TIME) {
    fputs("not judged yet when the clock stopped at ", out);
    time_put(test, test->clock, out);
    fputs("; `end at` lets it go on\n", out);
    return;
  }
  fprintf(out, "%s, %llu case%s", mot_state_name(standing.state), (unsigned long long)standing.cases,
          standing.cases == 1 ? "" : "s");
  if (standing.value.type != MOT_TYPE_NONE) fprintf(out, ", %s", shown_value(&standing.value, value));
  if (standing.cases < info.min_cases) fprintf(out, ": fewer than `min %llu`", (unsigned long long)info.min_cases);
  fputs(" in the window that ended at ", out);
  time_put(test, standing.to, out);
  fputc('\n', out);
}

/* Of a goal for each individual: how those stand that were judged. */
static void put_individuals(const TestCase *test, uint32_t goal, FILE *out)
{
  mot_value who;
  mot_goal_standing standing;
  char name[SHOWN_MAX];
  size_t i = 0;
  for (; i < SHOWN_RECORDS && mot_run_individual(test->run, goal, i, &who, &standing); i++) {
    fprintf(out, "%s stands %s", shown_value(&who, name), mot_state_name(standing.state));
    if (standing.score >= 0) fprintf(out, ", score %.1f", standing.score);
    fputc('\n', out);
  }
  if (i > 0) return;
  fputs("nobody stands there when the clock stops at ", out);
  time_put(test, test->clock, out);
  fputc('\n', out);
}

static void put_standings(const TestCase *test, const mot_expectation *expected, FILE *out)
{
  mot_mot_info mot;
  mot_goal_info goal;
  uint32_t first = 0, count = 0;
  if (mot_rules_goal_info(test->rules, expected->goal, &goal) && *goal.each) {
    put_individuals(test, expected->goal, out);
  } else if (mot_rules_goal_info(test->rules, expected->goal, &goal)) {
    first = goal.first_target;
    count = goal.targets;
  } else if (mot_rules_mot_info(test->rules, expected->mot, &mot)) {
    first = mot.first_target;
    count = mot.targets;
  }
  for (uint32_t i = first; i < first + count; i++) put_standing(test, i, out);
}

/* ---- all of it ---- */

static bool is_act(const TestRecord *record, const mot_expectation *expected)
{
  unsigned kind = expected->kind == MOT_EXPECT_ALERT ? MOT_RECORD_ALERT : MOT_RECORD_CORRECTION;
  return record->head.kind == kind;
}

static bool same_journey(const TestRecord *a, const TestRecord *b)
{
  return a->head.experience == b->head.experience && a->head.started == b->head.started &&
    a->head.journey == b->head.journey && strcmp(a->keys, b->keys) == 0;
}

/* Each journey once, by the first record about it. */
static bool journey_told(const TestCase *test, const mot_expectation *expected, size_t record)
{
  for (size_t i = 0; i < record; i++)
    if (record_concerns(&test->records[i], expected) && same_journey(&test->records[i], &test->records[record]))
      return true;
  return false;
}

static void put_start(const TestCase *test, const TestRecord *record, FILE *out)
{
  fprintf(out, "a journey of %s started at ", mot_rules_experience_name(test->rules, record->head.experience));
  time_put(test, record->head.started, out);
  put_keys(record, out);
  fputc('\n', out);
}

/* Whether record `number` tells what became of what is expected; `acts`: or of any owner's. */
static bool tells(const TestCase *test, const mot_expectation *expected, bool acts, size_t number)
{
  const TestRecord *record = &test->records[number];
  if (acts) return is_act(record, expected);
  if (expected->kind == MOT_EXPECT_JOURNEY && journey_told(test, expected, number)) return false;
  return expected->negated ? record_shows(record, expected) : record_concerns(record, expected);
}

/* Returns how many records there were. */
static size_t put_records(const TestCase *test, const mot_expectation *expected, bool acts, FILE *out)
{
  size_t count = 0;
  for (size_t i = 0; i < test->count; i++) {
    if (!tells(test, expected, acts, i) || count++ >= SHOWN_RECORDS) continue;
    if (expected->kind == MOT_EXPECT_JOURNEY)
      put_start(test, &test->records[i], out);
    else
      record_put(test, &test->records[i], out);
  }
  if (count > SHOWN_RECORDS) fprintf(out, "and %zu more\n", count - SHOWN_RECORDS);
  return count;
}

static void put_no_act(const TestCase *test, const mot_expectation *expected, FILE *out)
{
  bool alert = expected->kind == MOT_EXPECT_ALERT;
  fprintf(out, "no %s %s in this test\n", alert ? "alert to" : "correction by", person(test, expected->owner));
  if (put_records(test, expected, true, out) == 0)
    fprintf(out, "nor was there any other %s\n", alert ? "alert" : "correction");
}

static bool is_act_kind(const mot_expectation *expected)
{
  return expected->kind == MOT_EXPECT_ALERT || expected->kind == MOT_EXPECT_CORRECTION;
}

void explain_put(const TestCase *test, const mot_expectation *expected, FILE *out)
{
  size_t count = put_records(test, expected, false, out);
  if (expected->kind == MOT_EXPECT_TARGET) put_standings(test, expected, out);
  if (count > 0 || expected->kind == MOT_EXPECT_TARGET) return;
  if (is_act_kind(expected))
    put_no_act(test, expected, out);
  else if (expected->experience != MOT_NOT_FOUND || expected->mot != MOT_NOT_FOUND)
    unopened_put(test, expected->experience, expected->mot, out);
  else
    fputs("no journey started in this test\n", out);
}
