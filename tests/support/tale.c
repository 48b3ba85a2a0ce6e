/* tale.c - see tale.h. */
#include "tests/support/tale.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/compiled.h"

static const char rules[] =
  "event Go { customer: id }\nevent Bye { customer: id }\n"
  "event A { customer: id }\nevent B { customer: id }\n"
  "event P { customer: id }\nevent Q { customer: id }\nevent Due { customer: id  due: time }\n"
  "owner ana \"Ana\" { role experience_manager  contact \"mailto:a@b.example\" }\n"
  "owner ben \"Ben\" { role mot_manager  reports to ana  contact \"mailto:b@b.example\" }\n"
  "team care \"Care\" { lead ben  role producer }\n"
  "experience X \"An experience\" {\n  for customer\n  manager ana\n  %s\n}\n";

Tale *tale_new(Arena *arena, Mem *mem, const char *clauses)
{
  Tale *tale = ARENA_NEW(arena, Tale);
  Compiled compiled = compiled_text(arena, "rules.mot", arena_printf(arena, rules, clauses));
  assert_string_equal(compiled.errors, "");
  assert_string_equal(compiled.fault, "");
  *tale = (Tale){.arena = arena, .mem = mem, .module = compiled.module};
  tale->plan = plan_new(&tale->module, arena);
  tale->options = (EngineOptions){.shards = 1, .kinds = (1 << OUTCOME_KINDS) - 1};
  batch_init(&tale->batch, mem);
  outcomes_init(&tale->outcomes, mem);
  tale->decoder = decoder_new(tale->plan, mem);
  tale->engine = engine_new(tale->plan, mem, &tale->options);
  return tale;
}

void tale_free(Tale *tale)
{
  engine_free(tale->engine);
  decoder_free(tale->decoder);
  batch_free(&tale->batch);
  outcomes_free(&tale->outcomes);
}

/* ---- what came of it ---- */

static void show_act(Tale *tale, const ActRecord *record, const char *mot)
{
  const Module *m = &tale->module;
  const char *who = module_string(m, m->Owner[record->owner].name, NULL);
  buf_printf(&tale->out, "%s(%s) %s %s", act_state_word(record->state), act_cause_word(record->cause), who,
             record->base.mot == MOT_NONE ? "sco" : mot);
}

static void show(Tale *tale, const OutcomeRecord *record)
{
  static const char *const words[] = {"missed", "produced", "void", "open"};
  static const char *const reasons[] = {"", "(voided)", "(superseded)", "(paused)", "(fault)"};
  static const char *const ends[] = {"ended", "void", "expired"};
  OutcomeText key = outcome_key(record, 0);
  const Module *m = &tale->module;
  const char *mot = record->mot == MOT_NONE ? "" : module_string(m, m->Mot[record->mot].name, NULL);
  if (tale->out.len > 0) buf_text(&tale->out, "  ");
  if (outcome_is_act(record))
    show_act(tale, (const ActRecord *)(const void *)record, mot);
  else if (record->kind == OUTCOME_KIND_JOURNEY)
    buf_text(&tale->out, ends[record->end]);
  else
    buf_printf(&tale->out, "%s%s%s %s", record->mot == MOT_NONE ? "sco " : "", words[record->outcome],
               reasons[record->reason], mot);
  if (record->mot != MOT_NONE || outcome_is_act(record)) buf_char(&tale->out, ' ');
  buf_printf(&tale->out, "%s%.*s@%lld", record->kind == OUTCOME_KIND_JOURNEY ? " " : "", (int)key.len,
             (const char *)outcome_at(record, key), (long long)((record->time - TALE_START) / TALE_MINUTE));
}

static void take(Tale *tale)
{
  for (uint32_t i = 0; i < tale->outcomes.count; i++) show(tale, outcomes_get(&tale->outcomes, i));
  outcomes_clear(&tale->outcomes);
}

/* ---- telling it ---- */

static void run(Tale *tale, int64_t horizon)
{
  EventData *rows[64];
  uint32_t count = tale->batch.count;
  assert_true(count <= 64);
  for (uint32_t i = 0; i < count; i++) {
    rows[i] = batch_event(&tale->batch, i);
    if (rows[i]->event != MOT_NONE) vm_predicates(tale->plan, rows[i]->event, &rows[i], 1);
  }
  engine_run(tale->engine, rows, count, horizon, &tale->outcomes);
  batch_clear(&tale->batch);
  take(tale);
}

static void add(Tale *tale, const char *kind, const char *more, int64_t time)
{
  bool number = more && more[0] >= '0' && more[0] <= '9';
  const char *key = more && !number ? more : "c1";
  if (strcmp(kind, "Ack") == 0) kind = "std.alert.Acknowledged";
  if (strcmp(kind, "Done") == 0) kind = "std.correction.Done";
  Reject reject;
  row_begin(tale->decoder, &tale->batch, compiled_event(&tale->module, kind), time);
  row_text(tale->decoder, 0, key, strlen(key));
  if (number) row_int(tale->decoder, 1, TALE_START + atoi(more) * TALE_MINUTE);
  assert_true(row_end(tale->decoder, 0, &reject));
}

static void tell_word(Tale *tale, char *word)
{
  char *at = strchr(word, '@');
  assert_non_null(at);
  *at = 0;
  int64_t time = TALE_START + atoi(at + 1) * TALE_MINUTE;
  char *more = strchr(word, ':');
  if (more) *more++ = 0;
  if (word[0] != '|') add(tale, word, more, time);
  if (word[0] == '|') run(tale, time);
  else if (tale->piecemeal || tale->batch.count == 64) run(tale, time + 1);
}

const char *tale_play(Tale *tale, const char *story)
{
  char *words = arena_copy(tale->arena, story, strlen(story)), *rest = NULL;
  buf_init(&tale->out, tale->arena);
  for (char *word = strtok_r(words, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
    tell_word(tale, word);
  return tale->out.len ? tale->out.data : "";
}

const char *tale_open(Tale *tale, int minute)
{
  buf_init(&tale->out, tale->arena);
  engine_open(tale->engine, TALE_START + minute * TALE_MINUTE, &tale->outcomes);
  take(tale);
  return tale->out.len ? tale->out.data : "";
}
