/*
 * record.c - outcome records, keys in the fixed order, and their total order.
 */
#include <stdlib.h>
#include <string.h>

#include "tests/reference/reference.h"

static const char *const outcome_words[] = {[OUTCOME_MISSED] = "missed", [OUTCOME_PRODUCED] = "produced",
                                            [OUTCOME_VOID] = "void", [OUTCOME_OPEN] = "open"};

static Buf begin(Run *run, const char *kind)
{
  Buf buf;
  buf_init(&buf, run->arena);
  buf_printf(&buf, "{\"kind\":\"%s\"", kind);
  return buf;
}

static void name(Buf *buf, const char *key, const char *value)
{
  buf_printf(buf, ",\"%s\":", key);
  json_text(buf, value);
}

static void finish(Run *run, Buf *buf, const Journey *journey, int64_t time)
{
  buf_char(buf, '}');
  const char *field = sym(run, journey->experience->keys.data[0].name);
  Record *record = VEC_PUSH(run->arena, &run->records);
  *record = (Record){time, journey->keys[0], field, run->records.len, buf->data};
}

static void key(Run *run, Buf *buf, const Journey *journey)
{
  buf_text(buf, ",\"key\":{");
  for (uint32_t i = 0; i < journey->experience->keys.len; i++) {
    if (i) buf_char(buf, ',');
    json_text(buf, sym(run, journey->experience->keys.data[i].name));
    buf_char(buf, ':');
    json_text(buf, journey->keys[i]);
  }
  buf_char(buf, '}');
}

static void whose(Run *run, Buf *buf, const Journey *journey, const Mot *mot)
{
  name(buf, "experience", sym(run, journey->experience->name));
  if (mot) name(buf, "mot", sym(run, mot->name));
  key(run, buf, journey);
}

static void outcome(Buf *buf, const Subject *subject)
{
  name(buf, "outcome", outcome_words[subject->outcome]);
  if (subject->outcome == OUTCOME_VOID) name(buf, "reason", subject->reason);
}

static int64_t paused_micros(const Subject *subject)
{
  int64_t sum = 0, since = NEVER;
  for (uint32_t i = 0; i < subject->entries.len; i++) {
    const Entry *entry = &subject->entries.data[i];
    if (entry->pause == PAUSE_STOPS) since = entry->time;
    if (entry->pause != PAUSE_RUNS) continue;
    sum += entry->time - since;
    since = NEVER;
  }
  return since == NEVER ? sum : sum + subject->decided - since;
}

static void took(Buf *buf, const Subject *subject)
{
  buf_printf(buf, ",\"took_ms\":%lld", (long long)((subject->decided - subject->opened) / 1000));
}

/* ---- moments ---- */

static void people(Run *run, Buf *buf, const Mot *mot)
{
  if (mot->manager) name(buf, "manager", sym(run, mot->manager->name));
  for (uint32_t i = 0; i < mot->producers.len; i++) {
    buf_text(buf, i ? "," : ",\"producers\":[");
    json_text(buf, sym(run, mot->producers.data[i]->name));
  }
  if (mot->producers.len) buf_char(buf, ']');
}

/* A value at the decision; a fault leaves it out. */
static void value_at(Run *run, Buf *buf, const char *as, const Journey *journey, const Subject *subject,
                     const Expr *expr, int64_t now)
{
  if (!expr) return;
  Scene env = {.run = run, .journey = journey, .subject = subject, .log = journey->items.len, .now = now};
  Value value = value_of(&env, expr);
  if (env.fault || !value.known) return;
  buf_printf(buf, ",\"%s\":", as);
  json_value(run, buf, expr->type, value);
}

static void impact(Run *run, Buf *buf, const Subject *subject)
{
  const Mot *mot = subject->mot;
  const Expr *expr = subject->outcome == OUTCOME_MISSED     ? mot->impact_missed
                     : subject->outcome == OUTCOME_PRODUCED ? mot->impact_produced
                                                            : NULL;
  value_at(run, buf, "impact", subject->journey, subject, expr, subject->decided);
}

static void sentence(Run *run, Buf *buf, const Subject *subject, const Judged *judged)
{
  if (subject->outcome == OUTCOME_VOID || !judged) return;
  name(buf, "because", because(run, subject, judged));
}

void record_moment(Run *run, const Subject *subject, const Judged *judged, int64_t deadline)
{
  const Mot *mot = subject->mot;
  Buf buf = begin(run, "moment");
  outcome(&buf, subject);
  whose(run, &buf, subject->journey, mot);
  json_time(&buf, "opened", subject->opened);
  json_time(&buf, "decided", subject->decided);
  if (deadline != NEVER) json_time(&buf, "deadline", deadline);
  took(&buf, subject);
  int64_t paused = paused_micros(subject);
  if (paused > 0) buf_printf(&buf, ",\"paused_ms\":%lld", (long long)(paused / 1000));
  buf_printf(&buf, ",\"critical\":%s,\"weight\":", mot->critical ? "true" : "false");
  json_number(&buf, mot->weight);
  people(run, &buf, mot);
  value_at(run, &buf, "group", subject->journey, subject, mot->by, subject->decided);
  impact(run, &buf, subject);
  sentence(run, &buf, subject, judged);
  finish(run, &buf, subject->journey, subject->decided);
}

/* ---- SCO, journey, open ---- */

void record_sco(Run *run, const Subject *subject, const Judged *judged)
{
  Buf buf = begin(run, "sco");
  outcome(&buf, subject);
  whose(run, &buf, subject->journey, NULL);
  json_time(&buf, "started", subject->opened);
  json_time(&buf, "decided", subject->decided);
  took(&buf, subject);
  sentence(run, &buf, subject, judged);
  finish(run, &buf, subject->journey, subject->decided);
}

void record_journey(Run *run, const Journey *journey, int64_t now)
{
  const char *end = journey->voided ? "void" : journey->ended ? "ended" : "expired";
  Buf buf = begin(run, "journey");
  name(&buf, "end", end);
  whose(run, &buf, journey, NULL);
  json_time(&buf, "started", journey->start->time);
  json_time(&buf, "at", now);
  if (journey->sco) name(&buf, "sco", outcome_words[journey->sco->outcome]);
  if (journey->weighed > 0) {
    buf_text(&buf, ",\"disruption\":");
    json_number(&buf, 100 * journey->lost / journey->weighed);
  }
  const uint32_t *decided = journey->decided;
  buf_printf(&buf, ",\"moments\":{\"produced\":%u,\"missed\":%u,\"void\":%u}",
             decided[OUTCOME_PRODUCED], decided[OUTCOME_MISSED], decided[OUTCOME_VOID]);
  value_at(run, &buf, "value", journey, NULL, journey->experience->value, now);
  finish(run, &buf, journey, now);
}

void record_open(Run *run, const Subject *subject, int64_t now)
{
  const Journey *journey = subject->journey;
  View view = {run, subject, subject->entries.len, false, subject->passed, journey->ended};
  Buf buf = begin(run, "open");
  whose(run, &buf, journey, subject->mot);
  json_time(&buf, subject->mot ? "opened" : "started", subject->opened);
  json_time(&buf, "deadline", deadline_of(view));
  finish(run, &buf, journey, now);
}

/* ---- the order ---- */

static int by_order(const void *a, const void *b)
{
  const Record *x = a, *y = b;
  if (x->time != y->time) return x->time < y->time ? -1 : 1;
  int order = strcmp(x->partition, y->partition);
  if (order == 0) order = strcmp(x->field, y->field);
  if (order != 0) return order;
  return (x->number > y->number) - (x->number < y->number);
}

void records_write(Run *run, FILE *to)
{
  if (run->records.len) qsort(run->records.data, run->records.len, sizeof *run->records.data, by_order);
  for (uint32_t i = 0; i < run->records.len; i++) fprintf(to, "%s\n", run->records.data[i].text);
}
