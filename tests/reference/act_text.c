/*
 * act_text.c - ids and texts of alerts and corrections; values in words.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/reference/reference.h"

/* ---- ids ---- */

static const char *const when_ids[] = {[WHEN_AT_RISK] = "at-risk", [WHEN_MISSED] = "missed",
                                       [WHEN_PRODUCED] = "produced", [WHEN_VOID] = "void",
                                       [WHEN_BREACHED] = "breached", [WHEN_MET] = "met"};

static unsigned number_of(Action *const *actions, const Action *action)
{
  unsigned number = 1;
  for (; *actions != action; actions++) number += (*actions)->when == action->when;
  return number;
}

static void escaped(Buf *buf, const char *text)
{
  buf_char(buf, '/');
  for (; *text; text++) {
    unsigned char c = (unsigned char)*text;
    if (c <= ' ' || c == 0x7f || c == '%' || c == '/') buf_printf(buf, "%%%02X", c);
    else buf_char(buf, (char)c);
  }
}

static void rule(Run *run, Buf *buf, const Experience *experience, const Mot *mot, const Goal *goal,
                 const Action *action)
{
  Action *const *actions = goal ? goal->actions.data : mot ? mot->actions.data : experience->actions.data;
  buf_text(buf, sym(run, goal ? goal->nsat->name : experience->name));
  if (goal || mot) buf_printf(buf, ".%s", sym(run, goal ? goal->name : mot->name));
  buf_printf(buf, ":%s", when_ids[action->when]);
  unsigned number = number_of(actions, action);
  if (number > 1) buf_printf(buf, "-%u", number);
}

const char *rule_id(Run *run, const Action *action, const Subject *subject, const Standing *standing)
{
  Buf buf;
  buf_init(&buf, run->arena);
  if (subject) {
    const Journey *journey = subject->journey;
    rule(run, &buf, journey->experience, subject->mot, NULL, action);
    for (uint32_t i = 0; i < journey->experience->keys.len; i++) escaped(&buf, journey->keys[i]);
    return buf.data;
  }
  const Judging *of = standing->of;
  rule(run, &buf, of->mot ? of->mot->experience : NULL, of->mot, of->goal, action);
  buf_printf(&buf, "/%u", of->number);
  if (standing->group) escaped(&buf, standing->group);
  return buf.data;
}

const char *subject_id(Run *run, const Action *action, const Subject *subject)
{
  Buf buf;
  buf_init(&buf, run->arena);
  buf_printf(&buf, "%s/", rule_id(run, action, subject, NULL));
  time_text(&buf, subject->opened);
  return buf.data;
}

/* ---- values in words ---- */

static void time_words(const Run *run, Buf *buf, int64_t t)
{
  int64_t seconds = t / MICROS - (t % MICROS < 0), micros = t - seconds * MICROS;
  int64_t local = seconds + zone_offset(builder_zone(&run->zones, run->stream_zone), seconds);
  int64_t day = day_of_second(local), left = local - day * SECONDS_OF_DAY;
  CivilDate date = civil_from_days(day);
  buf_printf(buf, "%04d-%02d-%02d %02d:%02d", (int)date.year, (int)date.month, (int)date.day,
             (int)(left / 3600), (int)(left / 60 % 60));
  if (left % 60 == 0 && micros == 0) return;
  char text[40];
  snprintf(text, sizeof text, ":%02d.%06d", (int)(left % 60), (int)micros);
  size_t len = strlen(text);
  while (text[len - 1] == '0' && len > 3) len--;
  if (text[len - 1] == '.') len--;
  buf_printf(buf, "%.*s", (int)len, text);
}

static void length_words(Buf *buf, int64_t length)
{
  static const int64_t units[] = {86400 * MICROS, 3600 * MICROS, 60 * MICROS, MICROS};
  static const char *const names[] = {"d", "h", "min", "s"};
  uint64_t left = length < 0 ? 0 - (uint64_t)length : (uint64_t)length;
  const char *space = "";
  if (left == 0) buf_text(buf, "0 s");
  if (length < 0) buf_char(buf, '-');
  for (int i = 0; i < 4; i++) {
    uint64_t count = left / (uint64_t)units[i];
    left %= (uint64_t)units[i];
    if (count == 0) continue;
    buf_printf(buf, "%s%llu %s", space, (unsigned long long)count, names[i]);
    space = " ";
  }
  if (left == 0) return;
  char text[40];
  unsigned long long micros = left;
  snprintf(text, sizeof text, "%llu.%03llu", micros / 1000, micros % 1000);
  size_t len = strlen(text);
  while (text[len - 1] == '0') len--;
  if (text[len - 1] == '.') len--;
  buf_printf(buf, "%s%.*s ms", space, (int)len, text);
}

static void money_words(const Run *run, Buf *buf, Type type, int64_t amount)
{
  const CurrencyUse *currency = &run->program->currencies.data[type.currency];
  uint64_t minor = amount < 0 ? 0 - (uint64_t)amount : (uint64_t)amount, unit = 1;
  for (unsigned i = 0; i < currency->exponent; i++) unit *= 10;
  buf_printf(buf, "%s%llu", amount < 0 ? "-" : "", (unsigned long long)(minor / unit));
  if (currency->exponent)
    buf_printf(buf, ".%0*llu", (int)currency->exponent, (unsigned long long)(minor % unit));
  buf_printf(buf, " %s", sym(run, currency->code));
}

/* Digits, the point behind the first `whole` of them. */
static void point_put(Buf *buf, const char *digits, int whole)
{
  int count = (int)strlen(digits);
  if (whole <= 0) buf_text(buf, "0.");
  for (int i = whole; i < 0; i++) buf_char(buf, '0');
  for (int i = 0; i < count || i < whole; i++) {
    if (i == whole && i > 0) buf_char(buf, '.');
    buf_char(buf, i < count ? digits[i] : '0');
  }
}

void json_percentage(Buf *buf, double fraction)
{
  char text[40], digits[40];
  int count = 0;
  if (fraction == 0) {
    buf_char(buf, '0');
    return;
  }
  for (int more = 0; more <= 16; more++) {
    snprintf(text, sizeof text, "%.*e", more, fabs(fraction));
    if (strtod(text, NULL) == fabs(fraction)) break;
  }
  for (const char *at = text; *at != 'e'; at++) {
    if (*at != '.') digits[count++] = *at;
  }
  while (count > 1 && digits[count - 1] == '0') count--;
  digits[count] = 0;
  if (fraction < 0) buf_char(buf, '-');
  int exponent = atoi(strchr(text, 'e') + 1) + 2;
  bool far = exponent > 20 || exponent < -20; /* not written out any more */
  point_put(buf, digits, far ? 1 : exponent + 1);
  if (far) buf_printf(buf, "e%+d", exponent);
}

void value_words(const Run *run, Buf *buf, Type type, Value value)
{
  if (!value.known) {
    buf_text(buf, "unknown");
    return;
  }
  switch (type.base) {
  case VALUE_BOOL: buf_text(buf, value.i ? "yes" : "no"); break;
  case VALUE_INT: buf_printf(buf, "%lld", (long long)value.i); break;
  case VALUE_NUMBER: json_number(buf, value.f); break;
  case VALUE_PERCENT:
    json_percentage(buf, value.f);
    buf_char(buf, '%');
    break;
  case VALUE_TIME: time_words(run, buf, value.i); break;
  case VALUE_DURATION: length_words(buf, value.i); break;
  case VALUE_MONEY: money_words(run, buf, type, value.i); break;
  case VALUE_LISTED: buf_text(buf, sym(run, type.listed->values[value.i].name)); break;
  default: buf_text(buf, value.s);
  }
}

const char *group_text(const Run *run, Type type, Value value)
{
  Buf buf;
  if (!value.known) return NULL;
  if (type.base == VALUE_TEXT || type.base == VALUE_ID) return value.s;
  if (type.base == VALUE_LISTED) return sym(run, type.listed->values[value.i].name);
  buf_init(&buf, run->arena);
  json_value(run, &buf, type, value);
  return buf.data;
}

const char *group_json(const Run *run, Type type, Value value)
{
  Buf buf;
  if (!value.known) return NULL;
  buf_init(&buf, run->arena);
  json_value(run, &buf, type, value);
  return buf.data;
}

/* ---- texts ---- */

static const char *own_text(Run *run, const Alert *alert, int64_t now)
{
  Buf buf;
  buf_init(&buf, run->arena);
  buf_text(&buf, "");
  for (uint32_t i = 0; i < alert->action->text.len; i++) {
    const TextPiece *piece = &alert->action->text.data[i];
    if (piece->literal) buf_text(&buf, sym(run, piece->literal));
    if (!piece->value) continue;
    const Subject *subject = alert->subject;
    Scene env = {.run = run, .journey = subject->journey, .subject = subject,
                 .log = subject->journey->items.len, .now = now, .deadline = alert->deadline};
    Value value = value_of(&env, piece->value);
    value.known = value.known && !env.fault;
    value_words(run, &buf, piece->value->type, value);
  }
  return buf.len ? buf.data : "";
}

static const char *title_of(const Run *run, Sym title, Sym name)
{
  return sym(run, title ? title : name);
}

static const char *subject_title(const Run *run, const Subject *subject)
{
  const Experience *experience = subject->journey->experience;
  return subject->mot ? title_of(run, subject->mot->title, subject->mot->name)
                      : title_of(run, experience->title, experience->name);
}

const char *act_text(Run *run, const Alert *alert, int64_t now)
{
  static const char *const words[] = {[WHEN_AT_RISK] = "at risk", [WHEN_MISSED] = "missed",
                                      [WHEN_PRODUCED] = "produced", [WHEN_VOID] = "void",
                                      [WHEN_BREACHED] = "breached", [WHEN_MET] = "met",
                                      [WHEN_END] = "overdue"};
  const char *what = words[alert->when];
  if (alert->action && alert->action->text.len) return own_text(run, alert, now);
  if (!alert->action) {
    const char *text = sym(run, alert->subject->correcting->correction->text);
    return arena_printf(run->arena, "%s: %s %s", subject_title(run, alert->subject), text, what);
  }
  if (alert->subject) return arena_printf(run->arena, "%s: %s", subject_title(run, alert->subject), what);
  const Judging *of = alert->standing->of;
  const char *title = of->mot ? title_of(run, of->mot->title, of->mot->name)
                              : title_of(run, of->goal->title, of->goal->name);
  return arena_printf(run->arena, "%s: %s %s", title, sym(run, of->target->text), what);
}
