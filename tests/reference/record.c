/*
 * record.c - outcome records, keys in the fixed order, and their total order.
 */
#include <stdlib.h>
#include <string.h>

#include "tests/reference/reference.h"

static const char *const outcome_words[] = {[OUTCOME_MISSED] = "missed", [OUTCOME_PRODUCED] = "produced",
                                            [OUTCOME_VOID] = "void", [OUTCOME_OPEN] = "open"};

Buf record_begin(Run *run, const char *kind)
{
  Buf buf;
  buf_init(&buf, run->arena);
  buf_printf(&buf, "{\"kind\":\"%s\"", kind);
  return buf;
}

void json_name(Buf *buf, const char *key, const char *value)
{
  buf_printf(buf, ",\"%s\":", key);
  json_text(buf, value);
}

void record_finish(Run *run, Buf *buf, uint32_t kind, const Journey *journey, int64_t time)
{
  buf_char(buf, '}');
  const char *field = sym(run, journey->experience->keys.data[0].name);
  Record *record = VEC_PUSH(run->arena, &run->records);
  *record = (Record){.time = time, .partition = journey->keys[0], .field = field, .kind = kind,
                     .number = run->records.len, .text = buf->data};
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

void record_whose(Run *run, Buf *buf, const Journey *journey, const Mot *mot)
{
  json_name(buf, "experience", sym(run, journey->experience->name));
  if (mot) json_name(buf, "mot", sym(run, mot->name));
  key(run, buf, journey);
}

static void outcome(Buf *buf, const Subject *subject)
{
  json_name(buf, "outcome", outcome_words[subject->outcome]);
  if (subject->outcome == OUTCOME_VOID) json_name(buf, "reason", subject->reason);
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
  if (mot->manager) json_name(buf, "manager", sym(run, mot->manager->name));
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
  json_name(buf, "because", because(run, subject, judged));
}

void record_moment(Run *run, const Subject *subject, const Judged *judged, int64_t deadline)
{
  const Mot *mot = subject->mot;
  Buf buf = record_begin(run, "moment");
  outcome(&buf, subject);
  record_whose(run, &buf, subject->journey, mot);
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
  record_finish(run, &buf, TELL_MOMENT, subject->journey, subject->decided);
}

/* ---- SCO, journey, open ---- */

void record_sco(Run *run, const Subject *subject, const Judged *judged)
{
  Buf buf = record_begin(run, "sco");
  outcome(&buf, subject);
  record_whose(run, &buf, subject->journey, NULL);
  json_time(&buf, "started", subject->opened);
  json_time(&buf, "decided", subject->decided);
  took(&buf, subject);
  sentence(run, &buf, subject, judged);
  record_finish(run, &buf, TELL_SCO, subject->journey, subject->decided);
}

void record_journey(Run *run, const Journey *journey, int64_t now)
{
  const char *end = journey->voided ? "void" : journey->ended ? "ended" : "expired";
  Buf buf = record_begin(run, "journey");
  json_name(&buf, "end", end);
  record_whose(run, &buf, journey, NULL);
  json_time(&buf, "started", journey->start->time);
  json_time(&buf, "at", now);
  if (journey->sco) json_name(&buf, "sco", outcome_words[journey->sco->outcome]);
  if (journey->weighed > 0) {
    buf_text(&buf, ",\"disruption\":");
    json_number(&buf, 100 * journey->lost / journey->weighed);
  }
  const uint32_t *decided = journey->decided;
  buf_printf(&buf, ",\"moments\":{\"produced\":%u,\"missed\":%u,\"void\":%u}",
             decided[OUTCOME_PRODUCED], decided[OUTCOME_MISSED], decided[OUTCOME_VOID]);
  value_at(run, &buf, "value", journey, NULL, journey->experience->value, now);
  record_finish(run, &buf, TELL_JOURNEY, journey, now);
}

void record_open(Run *run, const Subject *subject, int64_t now)
{
  const Journey *journey = subject->journey;
  View view = {run, subject, subject->entries.len, false, subject->passed, journey->ended};
  Buf buf = record_begin(run, "open");
  record_whose(run, &buf, journey, subject->mot);
  json_time(&buf, subject->mot ? "opened" : "started", subject->opened);
  json_time(&buf, "deadline", deadline_of(view));
  record_finish(run, &buf, TELL_OPEN, journey, now);
}

/* ---- the order ---- */

static int by_numbers(uint64_t a, uint64_t b)
{
  return (a > b) - (a < b);
}

/* What is missing comes first. */
static int by_text(const char *a, const char *b)
{
  if (!a || !b) return !!a - !!b;
  return strcmp(a, b);
}

static int by_place(uint32_t kind)
{
  static const uint32_t order[] = {TELL_TARGET, TELL_ALERT, TELL_MEASURE, TELL_GOAL};
  int place = 0;
  while (place < 4 && order[place] != kind) place++;
  return place;
}

static int by_group(const Record *x, const Record *y)
{
  int order = x->grouped - y->grouped;
  if (order == 0) order = x->other - y->other;
  if (order == 0) order = by_text(x->group[0], y->group[0]);
  return order ? order : by_text(x->group[1], y->group[1]);
}

static int without_key(const Record *x, const Record *y)
{
  int order = by_place(x->kind) - by_place(y->kind);
  if (order == 0) order = by_numbers(x->declaration, y->declaration);
  if (order == 0) order = by_group(x, y);
  return order ? order : by_numbers(x->number, y->number);
}

static int by_order(const void *a, const void *b)
{
  const Record *x = a, *y = b;
  if (x->time != y->time) return x->time < y->time ? -1 : 1;
  if (!x->partition != !y->partition) return x->partition ? -1 : 1;
  if (!x->partition) return without_key(x, y);
  int order = strcmp(x->partition, y->partition);
  if (order == 0) order = strcmp(x->field, y->field);
  if (order == 0) order = (y->kind == TELL_SENTIMENT) - (x->kind == TELL_SENTIMENT);
  return order ? order : by_numbers(x->number, y->number);
}

void records_write(Run *run, uint32_t kinds, FILE *to)
{
  if (run->records.len) qsort(run->records.data, run->records.len, sizeof *run->records.data, by_order);
  for (uint32_t i = 0; i < run->records.len; i++) {
    const Record *record = &run->records.data[i];
    if (record->kind & kinds) fprintf(to, "%s\n", record->text);
  }
}
