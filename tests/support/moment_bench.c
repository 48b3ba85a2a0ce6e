/* moment_bench.c - see moment_bench.h. */
#include "tests/support/moment_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "runtime/sentence.h"
#include "tests/support/compiled.h"

static const char rules[] =
  "event Go { customer: id }\nevent Bye { customer: id }\nevent Ask { customer: id }\n"
  "event A { customer: id }\nevent B { customer: id }\nevent C { customer: id }\n"
  "event P { customer: id }\nevent Q { customer: id }\n"
  "event Word { customer: id  word: text  due: time  wait: duration }\n"
  "calendar Office { zone \"UTC\"  open mon..fri 09:00..17:00  closed 2026-03-05 }\n"
  "calendar Night { zone \"Europe/Amsterdam\"  open mon..sun 01:00..05:00 }\n"
  "owner ana \"Ana\" { role experience_manager  contact \"mailto:a@b.example\" }\n"
  "owner ben \"Ben\" { role mot_manager  reports to ana  contact \"mailto:b@b.example\" }\n"
  "team care \"Care\" { lead ben  role producer }\n"
  "experience X \"An experience\" {\n"
  "  for customer\n  manager ana\n  starts on Go\n  ends on Bye\n  expires after 30 d\n"
  "  sco \"It is fine\" A within 20 d\n"
  "  mot M \"M\" {\n    manager ben  producers care\n    when %s\n    smoto %s\n    %s\n"
  "    target 90%% over 7 d\n  }\n"
  "}\n";

static Bench *bench_new(Arena *arena, const char *when, const char *smoto, const char *clauses)
{
  Bench *bench = ARENA_NEW(arena, Bench);
  Compiled result = compiled_text(arena, "rules.mot", arena_printf(arena, rules, when, smoto, clauses));
  assert_string_equal(result.errors, "");
  assert_string_equal(result.fault, "");
  *bench = (Bench){.arena = arena, .module = result.module};
  OpenTime *calendars = ARENA_ARRAY(arena, OpenTime, bench->module.Calendar_count + 1);
  for (uint32_t i = 0; i < bench->module.Calendar_count; i++) calendars[i] = open_time(&bench->module, i);
  ExperiencePlan *experience = ARENA_NEW(arena, ExperiencePlan);
  experience->ended = bench->module.Experience[0].size;
  bench->plan = (Plan){.module = &bench->module, .calendars = calendars, .experiences = experience};
  bench->journey = arena_alloc(arena, experience->ended + sizeof(int64_t));
  bench->moment = arena_alloc(arena, bench->module.Mot[0].size);
  bench->scene = (Scene){.plan = &bench->plan};
  record_init_journey(&bench->module, 0, BENCH_START, bench->journey);
  scene_journey(&bench->scene, bench->journey);
  bench_open(bench, 0);
  return bench;
}

Bench *bench_moment(Arena *arena, const char *smoto, const char *clauses)
{
  return bench_new(arena, "Ask", smoto, clauses);
}

Bench *bench_when(Arena *arena, const char *when)
{
  return bench_new(arena, when, "C within 1 h", "");
}

void bench_open(Bench *bench, int64_t minute)
{
  Scene *scene = &bench->scene;
  scene->now = BENCH_START + minute * MINUTE;
  record_init_moment(&bench->module, 0, scene->now, bench->moment);
  scene_moment(scene, bench->moment);
  for (uint32_t i = 0; i < scene->subject.condition->leaves_count; i++) {
    const LeafRow *leaf = &bench->module.Leaf[scene->subject.condition->leaves + i];
    const StepRow *step = &bench->module.Step[leaf->steps];
    bool arms = leaf->steps_count > 0 && step->bound != BOUND_NONE && !step->dynamic;
    if (arms) assert_true(leaf_arm(scene, i, 0));
  }
}

void bench_come(Bench *bench, int64_t instant)
{
  Scene *scene = &bench->scene;
  while (condition_verdict(scene) == VERDICT_OPEN) {
    int64_t due = condition_due(scene);
    if (due >= instant || due >= scene->expiry) break;
    assert_true(due >= scene->now);
    scene->now = due;
    scene_moment(scene, bench->moment);
    condition_pass(scene, due);
    scene->subject.ran = true;
  }
  if (condition_verdict(scene) != VERDICT_OPEN) return;
  if (scene->now != instant) bench->moment->flags &= ~(uint32_t)MOMENT_RAN;
  scene->now = instant;
  scene_moment(scene, bench->moment);
}

/* ---- stories ---- */

static int64_t instant_in(const char *text)
{
  char *end;
  int64_t instant = BENCH_START + strtoll(text, &end, 10) * MINUTE;
  return instant + (*end == '+') - (*end == '-');
}

static void say_instant(Buf *buf, int64_t instant)
{
  int64_t minute = (instant - BENCH_START + MINUTE / 2) / MINUTE, off = instant - BENCH_START - minute * MINUTE;
  buf_printf(buf, off ? off > 0 ? "%lld+" : "%lld-" : "%lld", (long long)minute);
}

static void hits(Bench *bench, const char *word)
{
  for (const char *at = word; at && *at != '@'; at = strpbrk(at, "+@=")) {
    if (*at == '+') at++;
    char *end;
    uint32_t leaf = (uint32_t)strtoul(at, &end, 10), step = (uint32_t)strtoul(end + 1, &end, 10);
    bool taken;
    if (*end == '=') {
      leaf_move(&bench->scene, leaf, step, instant_in(end + 1));
      return;
    }
    assert_true(leaf_hit(&bench->scene, leaf, step, &taken));
  }
}

static void play_word(Bench *bench, const char *word)
{
  Scene *scene = &bench->scene;
  bench_come(bench, instant_in(strrchr(word, '@') + 1));
  if (condition_verdict(scene) != VERDICT_OPEN) return;
  switch (word[0]) {
  case 's': moment_stop(scene); break;
  case 'r': moment_run(scene); break;
  case 'e':
    bench->journey->flags |= JOURNEY_ENDED;
    *journey_ended_at(&bench->plan, bench->journey) = scene->now;
    condition_ends(scene);
    break;
  case 't':
    condition_pass(scene, scene->now);
    bench->moment->flags |= MOMENT_RAN;
    break;
  default: hits(bench, word);
  }
}

static void say_evidence(Bench *bench, Buf *buf)
{
  Evidence evidence[16];
  bench->scene.decided = bench->scene.now;
  uint32_t count = condition_evidence(&bench->scene, evidence, 16);
  assert_in_range(count, 1, 16);
  for (uint32_t i = 0; i < count; i++) {
    Sentence sentence = sentence_new(&bench->module, evidence[i].text, bench->arena);
    char *text = arena_alloc(bench->arena, sentence.room + 1);
    *put_sentence(text, &sentence, &evidence[i], &(WrittenInstant){0}) = 0;
    buf_printf(buf, i ? " and %s" : ": %s", text);
  }
}

const char *bench_play(Bench *bench, const char *story)
{
  Scene *scene = &bench->scene;
  char *words = arena_printf(bench->arena, "%s", story), *rest = words;
  for (char *word; condition_verdict(scene) == VERDICT_OPEN && (word = strtok_r(rest, " ", &rest)) != NULL;)
    play_word(bench, word);
  if (condition_verdict(scene) == VERDICT_OPEN) bench_come(bench, scene->expiry);
  if (condition_verdict(scene) == VERDICT_OPEN && !moment_paused(scene)) condition_expires(scene);
  Verdict verdict = condition_verdict(scene);
  if (verdict == VERDICT_OPEN) return "open";
  Buf buf;
  buf_init(&buf, bench->arena);
  buf_text(&buf, verdict == VERDICT_TRUE ? "true@" : "false@");
  say_instant(&buf, scene->now);
  buf_text(&buf, " by ");
  say_instant(&buf, condition_deadline_before(scene));
  say_evidence(bench, &buf);
  return buf.data;
}

void bench_tell(Arena *arena, const char *more, const Story *stories, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    Bench *bench = bench_moment(arena, stories[i].smoto, more);
    const char *result = bench_play(bench, stories[i].story);
    if (strcmp(result, stories[i].comes_to) != 0)
      fail_msg("%s; %s:\n  %s, not\n  %s", stories[i].smoto, stories[i].story, result, stories[i].comes_to);
  }
}
