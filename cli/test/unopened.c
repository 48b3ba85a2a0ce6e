/*
 * unopened.c - why no moment opened and no journey started: what steps and records tell for sure.
 */
#include <string.h>

#include "cli/test/explain.h"

/* Trigger `index` of the MOT, or of the journeys of the experience. */
static bool trigger_at(const TestCase *test, uint32_t experience, uint32_t mot, size_t index, mot_trigger *ret)
{
  return mot == MOT_NOT_FOUND ? mot_rules_start(test->rules, experience, index, ret)
                              : mot_rules_opening(test->rules, mot, index, ret);
}

/* The first step with the event from `*from` on; *from goes behind it. */
static bool step_with(const TestCase *test, uint32_t event, size_t *from, mot_test_step *ret_step)
{
  while (mot_rules_test_step(test->rules, test->test, (*from)++, ret_step))
    if (ret_step->event == event) return true;
  return false;
}

/* ---- journeys at the time ---- */

static bool is_whole_journey(const TestRecord *record, uint32_t experience)
{
  return record->head.kind == MOT_RECORD_JOURNEY && record->head.experience == experience;
}

/* All journeys of the experience that were live then are over by the end, and were over or not begun then. */
static bool none_live(const TestCase *test, uint32_t experience, int64_t time)
{
  mot_experience_stats stats;
  if (!mot_run_experience_stats(test->run, experience, &stats) || stats.live + stats.closing > 0) return false;
  for (size_t i = 0; i < test->count; i++) {
    const mot_record *head = &test->records[i].head;
    if (is_whole_journey(&test->records[i], experience) && head->opened <= time && time <= head->time) return false;
  }
  return true;
}

/* `ends on` may have come before that time: nothing new opens then, though what is open goes on. */
static bool one_ended(const TestCase *test, uint32_t experience, int64_t time)
{
  mot_experience_traits traits;
  mot_experience_stats stats;
  if (!mot_rules_experience_traits(test->rules, experience, &traits) || !traits.ends) return false;
  if (mot_run_experience_stats(test->run, experience, &stats) && stats.closing > 0) return true;
  for (size_t i = 0; i < test->count; i++) {
    const mot_record *head = &test->records[i].head;
    if (is_whole_journey(&test->records[i], experience) && head->opened <= time && time <= head->time) return true;
  }
  return false;
}

static void put_journeys(const TestCase *test, uint32_t experience, FILE *out)
{
  for (size_t i = 0; i < test->count; i++)
    if (is_whole_journey(&test->records[i], experience)) record_put(test, &test->records[i], out);
}

/* ---- triggers ---- */

static void put_sent(const TestCase *test, uint32_t experience, uint32_t mot, const mot_test_step *step, FILE *out)
{
  fprintf(out, "%s in line %u, at ", mot_rules_event_name(test->rules, step->event), step->place.line);
  time_put(test, step->time, out);
  if (mot == MOT_NOT_FOUND) {
    fputs(", did not start one: what `starts on` asks for did not hold\n", out);
  } else if (none_live(test, experience, step->time)) {
    fputs(", came when no journey was live:\n", out);
    put_journeys(test, experience, out);
  } else {
    fprintf(out, ", did not open one: %sit belongs to another journey, or what `when` asks for did not hold\n",
            one_ended(test, experience, step->time) ? "its journey had ended by then, " : "");
  }
}

static void put_event(const TestCase *test, uint32_t experience, uint32_t mot, uint32_t event, FILE *out)
{
  size_t from = 0;
  mot_test_step step;
  bool sent = false;
  for (; step_with(test, event, &from, &step); sent = true) put_sent(test, experience, mot, &step, out);
  if (!sent)
    fprintf(out, "no step of this test sends %s, with which it %s\n", mot_rules_event_name(test->rules, event),
            mot == MOT_NOT_FOUND ? "starts" : "opens");
}

static void put_outcome(const TestCase *test, const mot_trigger *trigger, FILE *out)
{
  static const char *const words[] = {
    [MOT_MISSED] = "missed", [MOT_PRODUCED] = "produced", [MOT_VOID] = "void", [MOT_OPEN] = "open",
  };
  const char *mot = mot_rules_mot_name(test->rules, trigger->mot);
  const char *experience = mot_rules_experience_name(test->rules, trigger->experience);
  fprintf(out, "it may open when %s%s is %s\n", mot ? "" : "the SCO of ", mot ? mot : experience ? experience : "",
          words[trigger->outcome]);
}

/* An event that stands in several choices is told once. */
static bool told_before(const TestCase *test, uint32_t experience, uint32_t mot, size_t index)
{
  mot_trigger trigger, other;
  trigger_at(test, experience, mot, index, &trigger);
  for (size_t i = 0; i < index; i++)
    if (trigger_at(test, experience, mot, i, &other) && other.event == trigger.event && other.mot == trigger.mot &&
        other.experience == trigger.experience && other.outcome == trigger.outcome)
      return true;
  return false;
}

static void put_trigger(const TestCase *test, uint32_t experience, uint32_t mot, size_t index, FILE *out)
{
  mot_trigger trigger;
  trigger_at(test, experience, mot, index, &trigger);
  if (told_before(test, experience, mot, index)) return;
  if (trigger.event != MOT_NOT_FOUND)
    put_event(test, experience, mot, trigger.event, out);
  else if (trigger.mot != MOT_NOT_FOUND || trigger.experience != MOT_NOT_FOUND)
    put_outcome(test, &trigger, out);
  else
    fputs("it may open after a silence\n", out);
}

void unopened_put(const TestCase *test, uint32_t experience, uint32_t mot, FILE *out)
{
  mot_experience_stats stats;
  mot_trigger trigger;
  bool started = mot_run_experience_stats(test->run, experience, &stats) && stats.started > 0;
  if (mot != MOT_NOT_FOUND) fprintf(out, "no moment of %s opened in this test\n", mot_rules_mot_name(test->rules, mot));
  if (!started) {
    fprintf(out, "no journey of %s started in this test\n", mot_rules_experience_name(test->rules, experience));
    mot = MOT_NOT_FOUND;
  } else if (mot == MOT_NOT_FOUND) {
    return;
  }
  for (size_t i = 0; trigger_at(test, experience, mot, i, &trigger); i++) put_trigger(test, experience, mot, i, out);
}
