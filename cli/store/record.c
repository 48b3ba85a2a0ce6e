/*
 * record.c - records as rows of the database.
 */
#include <stdio.h>
#include <string.h>

#include "cli/say.h"
#include "cli/store/store.h"
#include "mot/tools.h"

enum { NTH = 2 }; /* the column that tells things with the same key apart, where there is one */

static const char *const outcomes[] = {[MOT_MISSED] = "missed", [MOT_PRODUCED] = "produced", [MOT_VOID] = "void",
                                       [MOT_OPEN] = "open"};
static const char *const reasons[] = {[MOT_REASON_NONE] = NULL, [MOT_VOIDED] = "voided",
                                      [MOT_SUPERSEDED] = "superseded", [MOT_PAUSED] = "paused", [MOT_FAULT] = "fault"};
static const char *const ends[] = {[MOT_ENDED] = "ended", [MOT_END_VOID] = "void", [MOT_EXPIRED] = "expired"};

/* A record that is put. */
typedef struct Putting {
  Store *store;
  mot_run *run;
  const mot_record *record;
  mot_moment moment;
  mot_act act;
} Putting;

/* ---- parts of rows ---- */

/* {"customer":"c1","order":"o1"} */
static void make_key(Putting *putting)
{
  StoreText *key = &putting->store->key;
  const mot_record *record = putting->record;
  key->size = 0;
  for (size_t i = 0; i < record->keys; i++) {
    size_t size;
    const char *name = mot_rules_key_name(putting->store->rules, record->experience, i);
    const char *text = mot_record_key(putting->run, record, i, &size);
    store_more(key, i ? "," : "{", 1);
    store_json_text(key, name, strlen(name));
    store_more(key, ":", 1);
    store_json_text(key, text, size);
  }
  if (record->keys > 0) store_more(key, "}", 1);
}

static void put_key(StoreRow *row, const Putting *putting)
{
  store_text(row, putting->record->keys > 0 ? putting->store->key.bytes : NULL);
}

static void put_first_key(StoreRow *row, const Putting *putting)
{
  mot_value first = {.type = putting->record->keys > 0 ? MOT_TYPE_TEXT : MOT_TYPE_NONE};
  first.text = mot_record_key(putting->run, putting->record, 0, &first.size);
  store_plain(row, &first);
}

static void put_experience(StoreRow *row, const Putting *putting)
{
  store_text(row, mot_rules_experience_name(putting->store->rules, putting->record->experience));
}

static void put_mot(StoreRow *row, const Putting *putting)
{
  store_text(row, mot_rules_mot_name(putting->store->rules, putting->record->mot));
}

/* A length of time in whole milliseconds. */
static void put_length(StoreRow *row, int64_t micros)
{
  store_int(row, micros / 1000);
}

/* When it was decided and on which day; nothing of what is open. */
static void put_decided(StoreRow *row, const mot_record *record)
{
  bool open = record->kind == MOT_RECORD_OPEN;
  store_text(row, outcomes[open ? MOT_OPEN : record->outcome]);
  store_text(row, reasons[record->reason]);
  store_time(row, open ? MOT_NO_TIME : record->time);
  if (open) store_text(row, NULL);
  else store_day(row, record->time);
}

/* One whose rows are told apart by a number: its first two columns. */
static bool begin_numbered(Putting *putting, StoreRow *row, StoreStatement which)
{
  if (!store_begin(putting->store, row, which)) return false;
  store_int(row, putting->store->fresh);
  store_int(row, 0);
  return true;
}

static bool end_numbered(Putting *putting, StoreRow *row)
{
  store_int(row, putting->store->run);
  return store_done_next(row, NTH);
}

static bool end(Putting *putting, StoreRow *row)
{
  store_int(row, putting->store->run);
  return store_done(row);
}

/* ---- what is decided ---- */

static bool put_moment(Putting *putting)
{
  StoreRow row;
  const mot_record *record = putting->record;
  if (!begin_numbered(putting, &row, STORE_MOMENT)) return false;
  put_experience(&row, putting);
  put_mot(&row, putting);
  put_key(&row, putting);
  store_time(&row, record->opened);
  put_first_key(&row, putting);
  store_time(&row, record->started);
  put_decided(&row, record);
  store_time(&row, record->deadline);
  put_length(&row, record->took);
  put_length(&row, record->paused);
  store_plain(&row, &putting->moment.group);
  store_value(&row, &putting->moment.impact);
  store_text(&row, putting->moment.because);
  return end_numbered(putting, &row);
}

static bool put_sco(Putting *putting)
{
  StoreRow row;
  const mot_record *record = putting->record;
  if (!begin_numbered(putting, &row, STORE_SCO)) return false;
  put_experience(&row, putting);
  put_key(&row, putting);
  store_time(&row, record->opened);
  put_first_key(&row, putting);
  put_decided(&row, record);
  put_length(&row, record->took);
  store_text(&row, putting->moment.because);
  return end_numbered(putting, &row);
}

static bool put_journey(Putting *putting)
{
  StoreRow row;
  const mot_record *record = putting->record;
  const mot_moment *moment = &putting->moment;
  mot_experience_info info = {.sco = ""};
  mot_rules_experience_info(putting->store->rules, record->experience, &info);
  if (!begin_numbered(putting, &row, STORE_JOURNEY)) return false;
  put_experience(&row, putting);
  put_key(&row, putting);
  store_time(&row, record->opened);
  put_first_key(&row, putting);
  store_time(&row, record->time);
  store_day(&row, record->time);
  store_text(&row, ends[record->end]);
  store_text(&row, info.sco[0] ? outcomes[record->outcome] : NULL);
  store_score(&row, moment->disruption);
  store_int(&row, moment->produced);
  store_int(&row, moment->missed);
  store_int(&row, moment->voided);
  store_value(&row, &moment->impact);
  return end_numbered(putting, &row);
}

/* ---- alerts and corrections ---- */

/* The time of the record in the column of this state, else NULL. */
static void put_when(StoreRow *row, const Putting *putting, mot_state state)
{
  store_time(row, putting->act.state == state ? putting->record->time : MOT_NO_TIME);
}

/* Why it was raised or opened, and why it is over. */
static const char *cause_unless(const mot_act *act, mot_state state)
{
  return act->state == state ? NULL : act->cause;
}

static void put_individual(StoreRow *row, const mot_act *act, const char *none)
{
  if (act->group_count > 0 && act->groups[0].type != MOT_TYPE_NONE) store_plain(row, &act->groups[0]);
  else store_text(row, none);
}

static bool put_alert_history(Putting *putting)
{
  StoreRow row;
  const mot_act *act = &putting->act;
  if (!store_begin(putting->store, &row, STORE_ALERT_HISTORY)) return false;
  store_text(&row, act->id);
  store_time(&row, putting->record->time);
  store_text(&row, mot_state_name(act->state));
  store_owner(&row, act->owner);
  store_text(&row, act->cause);
  return end(putting, &row);
}

static bool put_alert(Putting *putting)
{
  StoreRow row;
  const mot_act *act = &putting->act;
  if (!put_alert_history(putting) || !store_begin(putting->store, &row, STORE_ALERT)) return false;
  store_text(&row, act->id);
  put_experience(&row, putting);
  put_mot(&row, putting);
  store_goal(&row, act->goal);
  put_individual(&row, act, NULL);
  put_key(&row, putting);
  put_first_key(&row, putting);
  store_owner(&row, act->owner);
  store_text(&row, act->severity);
  store_text(&row, act->text);
  store_text(&row, cause_unless(act, MOT_STATE_CLEARED));
  store_text(&row, mot_state_name(act->state));
  put_when(&row, putting, MOT_STATE_RAISED);
  put_when(&row, putting, MOT_STATE_ACKNOWLEDGED);
  put_when(&row, putting, MOT_STATE_CLEARED);
  store_text(&row, act->state == MOT_STATE_CLEARED ? act->cause : NULL);
  store_int(&row, act->state == MOT_STATE_ESCALATED);
  store_int(&row, act->state == MOT_STATE_REPEATED);
  return end(putting, &row);
}

static bool put_correction(Putting *putting)
{
  StoreRow row;
  const mot_act *act = &putting->act;
  if (!store_begin(putting->store, &row, STORE_CORRECTION)) return false;
  store_text(&row, act->id);
  put_experience(&row, putting);
  put_mot(&row, putting);
  put_key(&row, putting);
  put_first_key(&row, putting);
  store_text(&row, act->text);
  store_owner(&row, act->owner);
  store_time(&row, act->due);
  store_text(&row, cause_unless(act, MOT_STATE_WITHDRAWN));
  store_text(&row, mot_state_name(act->state));
  put_when(&row, putting, MOT_STATE_OPENED);
  put_when(&row, putting, MOT_STATE_OVERDUE);
  put_when(&row, putting, MOT_STATE_DONE);
  put_when(&row, putting, MOT_STATE_WITHDRAWN);
  store_text(&row, act->state == MOT_STATE_WITHDRAWN ? act->cause : NULL);
  return end(putting, &row);
}

/* ---- measures, targets, goals, sentiments ---- */

static void add_value(StoreText *to, const mot_value *value)
{
  char text[SHOWN_MAX];
  if (value->type == MOT_TYPE_TEXT) {
    store_json_text(to, value->text, value->size);
  } else if (value->type == MOT_TYPE_NONE) {
    store_more(to, "null", 4);
  } else if (value->type == MOT_TYPE_NUMBER || value->type == MOT_TYPE_PERCENT) {
    store_more(to, text, (size_t)snprintf(text, sizeof text, "%.15g", value->number));
  } else {
    store_more(to, text, (size_t)snprintf(text, sizeof text, "%lld", (long long)value->integer));
  }
}

/* {"channel":"phone"}; "(other)"; "" without groups. */
static void put_group(StoreRow *row, const Putting *putting)
{
  StoreText *group = &putting->store->group;
  const mot_act *act = &putting->act;
  mot_metric_info metric = {.groups = {"", ""}};
  mot_rules_metric_info(putting->store->rules, act->metric, &metric);
  group->size = 0;
  for (size_t i = 0; i < act->group_count; i++) {
    store_more(group, i ? "," : "{", 1);
    store_json_text(group, metric.groups[i], strlen(metric.groups[i]));
    store_more(group, ":", 1);
    add_value(group, &act->groups[i]);
  }
  if (act->group_count > 0) store_more(group, "}", 1);
  store_text(row, act->other ? "(other)" : group->size > 0 ? group->bytes : "");
}

static bool put_measure(Putting *putting)
{
  StoreRow row;
  const mot_act *act = &putting->act;
  mot_metric_info metric = {.name = ""};
  mot_rules_metric_info(putting->store->rules, act->metric, &metric);
  if (!store_begin(putting->store, &row, STORE_MEASURE)) return false;
  store_text(&row, metric.name);
  store_time(&row, act->from);
  store_time(&row, act->to);
  put_group(&row, putting);
  store_value(&row, &act->value);
  store_int(&row, (int64_t)act->cases);
  return end(putting, &row);
}

static bool put_sentiment(Putting *putting)
{
  StoreRow row;
  if (!begin_numbered(putting, &row, STORE_SENTIMENT)) return false;
  put_experience(&row, putting);
  put_key(&row, putting);
  store_time(&row, putting->record->time);
  put_first_key(&row, putting);
  store_value(&row, &putting->act.value);
  return end_numbered(putting, &row);
}

static bool put_target(Putting *putting)
{
  StoreRow row;
  const mot_act *act = &putting->act;
  if (!store_begin(putting->store, &row, STORE_TARGET_CHANGE)) return false;
  store_target(&row, act->target);
  put_individual(&row, act, "");
  store_time(&row, putting->record->time);
  store_text(&row, mot_state_name(act->state));
  store_value(&row, &act->value);
  store_int(&row, (int64_t)act->cases);
  store_time(&row, act->from);
  store_time(&row, act->to);
  return end(putting, &row);
}

static bool put_goal(Putting *putting)
{
  StoreRow row;
  const mot_act *act = &putting->act;
  if (!store_begin(putting->store, &row, STORE_GOAL_CHANGE)) return false;
  store_goal(&row, act->goal);
  put_individual(&row, act, "");
  store_time(&row, putting->record->time);
  store_text(&row, mot_state_name(act->state));
  store_score(&row, act->score);
  store_score(&row, act->rolled_up);
  return end(putting, &row);
}

static bool put_record(Putting *putting)
{
  switch (putting->record->kind) {
  case MOT_RECORD_MOMENT: return put_moment(putting);
  case MOT_RECORD_SCO: return put_sco(putting);
  case MOT_RECORD_JOURNEY: return put_journey(putting);
  case MOT_RECORD_OPEN: return putting->record->mot == MOT_NOT_FOUND ? put_sco(putting) : put_moment(putting);
  case MOT_RECORD_TARGET: return put_target(putting);
  case MOT_RECORD_ALERT: return put_alert(putting);
  case MOT_RECORD_CORRECTION: return put_correction(putting);
  case MOT_RECORD_MEASURE: return put_measure(putting);
  case MOT_RECORD_GOAL: return put_goal(putting);
  case MOT_RECORD_SENTIMENT: return put_sentiment(putting);
  default: return true;
  }
}

bool store_put(Store *store, mot_run *run, const mot_record *record)
{
  Putting putting = {.store = store, .run = run, .record = record};
  make_key(&putting);
  if (!mot_record_act(run, record, &putting.act)) mot_record_moment(run, record, &putting.moment);
  if (!put_record(&putting)) return false;
  store->waiting++;
  return !(store->key.refused || store->group.refused) || say_no_memory();
}
