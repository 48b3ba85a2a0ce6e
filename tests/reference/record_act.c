/*
 * record_act.c - records of targets, alerts, corrections, measures and goals.
 */
#include "tests/reference/reference.h"

static void key_free(Run *run, Buf *buf, uint32_t kind, uint32_t declaration, int64_t time, Record more)
{
  buf_char(buf, '}');
  more.time = time;
  more.kind = kind;
  more.declaration = declaration;
  more.number = run->records.len;
  more.text = buf->data;
  *VEC_PUSH(run->arena, &run->records) = more;
}

static Record of_group(const char *group)
{
  return (Record){.group = {group}, .grouped = group != NULL};
}

/* ---- alerts, corrections ---- */

static const char *const causes[] = {[WHEN_AT_RISK] = "at risk", [WHEN_MISSED] = "missed",
                                     [WHEN_PRODUCED] = "produced", [WHEN_VOID] = "void",
                                     [WHEN_BREACHED] = "breached", [WHEN_MET] = "met",
                                     [WHEN_END] = "overdue"};

/* By which a goal's individual is named in JSON. */
static void individual(Buf *buf, const char *json)
{
  if (!json) return;
  buf_printf(buf, ",\"group\":%s", json);
}

static void whose_target(Run *run, Buf *buf, const Standing *standing)
{
  const Judging *of = standing->of;
  if (of->mot) {
    json_name(buf, "experience", sym(run, of->mot->experience->name));
    json_name(buf, "mot", sym(run, of->mot->name));
    return;
  }
  json_name(buf, "nsat", sym(run, of->goal->nsat->name));
  json_name(buf, "goal", sym(run, of->goal->name));
  individual(buf, standing->json);
}

void record_alert(Run *run, const Alert *alert, const char *state, const char *cause, int64_t now)
{
  static const char *const severities[] = {[SEVERITY_LOW] = "low", [SEVERITY_MEDIUM] = "medium",
                                           [SEVERITY_HIGH] = "high", [SEVERITY_CRITICAL] = "critical"};
  const Subject *subject = alert->subject;
  Buf buf = record_begin(run, "alert");
  json_name(&buf, "state", state);
  if (subject) record_whose(run, &buf, subject->journey, subject->mot);
  else whose_target(run, &buf, alert->standing);
  json_name(&buf, "id", alert->id);
  json_name(&buf, "to", sym(run, alert->to->name));
  json_name(&buf, "severity", severities[alert->action ? alert->action->severity : SEVERITY_MEDIUM]);
  json_name(&buf, "text", alert->text);
  json_time(&buf, "at", now);
  json_name(&buf, "cause", cause ? cause : causes[alert->when]);
  if (subject) {
    record_finish(run, &buf, TELL_ALERT, subject->journey, now);
    return;
  }
  key_free(run, &buf, TELL_ALERT, alert->standing->of->declaration, now, of_group(alert->standing->group));
}

void record_correction(Run *run, const Subject *correction, const char *state, const char *cause, int64_t now)
{
  const Correction *rule = correction->correcting->correction;
  Buf buf = record_begin(run, "correction");
  json_name(&buf, "state", state);
  record_whose(run, &buf, correction->journey, correction->mot);
  json_name(&buf, "id", correction->id);
  json_name(&buf, "text", sym(run, rule->text));
  json_name(&buf, "by", sym(run, rule->by->name));
  if (correction->due != NEVER) json_time(&buf, "due", correction->due);
  json_time(&buf, "at", now);
  json_name(&buf, "cause", cause ? cause : causes[correction->correcting->when]);
  record_finish(run, &buf, TELL_CORRECTION, correction->journey, now);
}

void record_sentiment(Run *run, const Experience *experience, const char *key, int64_t time,
                      Type type, Value value)
{
  const char *field = sym(run, experience->keys.data[0].name);
  Buf buf = record_begin(run, "sentiment");
  json_name(&buf, "experience", sym(run, experience->name));
  buf_text(&buf, ",\"key\":{");
  json_text(&buf, field);
  buf_char(&buf, ':');
  json_text(&buf, key);
  buf_text(&buf, "},\"value\":");
  json_value(run, &buf, type, value);
  json_time(&buf, "at", time);
  buf_char(&buf, '}');
  *VEC_PUSH(run->arena, &run->records) = (Record){.time = time, .partition = key, .field = field,
                                                  .kind = TELL_SENTIMENT, .number = run->records.len,
                                                  .text = buf.data};
}

/* ---- what was measured ---- */

static void window(Buf *buf, const Measured *measured)
{
  buf_text(buf, ",\"window\":{\"from\":\"");
  time_text(buf, measured->from);
  buf_text(buf, "\",\"to\":\"");
  time_text(buf, measured->to);
  buf_text(buf, "\"}");
}

static void value(const Run *run, Buf *buf, Type type, const Measured *measured)
{
  if (measured->value.known) buf_text(buf, ",\"value\":");
  if (measured->value.known && type.base == VALUE_PERCENT) {
    json_percentage(buf, measured->value.f);
    buf_text(buf, ",\"unit\":\"%\"");
  } else if (measured->value.known) {
    json_value(run, buf, type, measured->value);
    if (type.base == VALUE_DURATION) buf_text(buf, ",\"unit\":\"ms\"");
  }
  buf_printf(buf, ",\"cases\":%llu", (unsigned long long)measured->cases);
}

void record_target(Run *run, const Standing *standing, const Measured *measured)
{
  const Target *target = standing->of->target;
  Buf buf = record_begin(run, "target");
  json_name(&buf, "state", standing->state == STANDS_MET ? "met" : "breached");
  whose_target(run, &buf, standing);
  json_name(&buf, "target", sym(run, target->text));
  window(&buf, measured);
  value(run, &buf, target->type, measured);
  json_time(&buf, "at", measured->to);
  key_free(run, &buf, TELL_TARGET, standing->of->declaration, measured->to, of_group(standing->group));
}

static void groups(Run *run, Buf *buf, const Judging *judging, const Fact *group)
{
  const Metric *metric = judging->metric;
  if (group->other) {
    buf_text(buf, ",\"group\":\"(other)\"");
    return;
  }
  for (unsigned i = 0; i < 2 && metric->group[i]; i++) {
    buf_text(buf, i ? "," : ",\"group\":{");
    json_text(buf, sym(run, metric->group[i]));
    buf_char(buf, ':');
    buf_text(buf, group->group[i] ? group->json[i] : "null");
  }
  buf_char(buf, '}');
}

void record_measure(Run *run, const Judging *judging, const Fact *group, const Measured *measured)
{
  bool grouped = judging->metric->group[0];
  Buf buf = record_begin(run, "measure");
  json_name(&buf, "metric", sym(run, judging->metric->name));
  if (grouped) groups(run, &buf, judging, group);
  window(&buf, measured);
  value(run, &buf, judging->metric->type, measured);
  Record more = {.grouped = grouped, .other = group->other, .group = {group->group[0], group->group[1]}};
  key_free(run, &buf, TELL_MEASURE, judging->declaration, measured->to, more);
}

void record_goal(Run *run, const GoalState *state, uint32_t declaration, const double *score,
                 const double *rolled, int64_t now)
{
  static const char *const states[] = {[STANDS_UNKNOWN] = "unknown", [STANDS_MET] = "met",
                                       [STANDS_BREACHED] = "breached"};
  Buf buf = record_begin(run, "goal");
  json_name(&buf, "state", states[state->state]);
  json_name(&buf, "nsat", sym(run, state->goal->nsat->name));
  json_name(&buf, "goal", sym(run, state->goal->name));
  individual(&buf, state->json);
  if (score) {
    buf_text(&buf, ",\"score\":");
    json_number(&buf, *score);
  }
  if (rolled) {
    buf_text(&buf, ",\"rolled_up\":");
    json_number(&buf, *rolled);
  }
  json_time(&buf, "at", now);
  key_free(run, &buf, TELL_GOAL, declaration, now, of_group(state->group));
}
