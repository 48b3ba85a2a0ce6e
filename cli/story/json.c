/*
 * json.c - a story as one object: docs/story.md says what its members mean.
 */
#include "report/json.h"

#include <stdio.h>

#include "cli/story/story.h"

/* ---- values ---- */

static void put_money(Json *json, const char *name, const mot_value *value)
{
  uint64_t amount = value->integer < 0 ? 0 - (uint64_t)value->integer : (uint64_t)value->integer, unit = 1;
  const char *sign = value->integer < 0 ? "-" : "";
  char text[64];
  for (unsigned i = 0; i < value->exponent; i++) unit *= 10;
  if (value->exponent == 0)
    snprintf(text, sizeof text, "%s%llu", sign, (unsigned long long)amount);
  else
    snprintf(text, sizeof text, "%s%llu.%0*llu", sign, (unsigned long long)(amount / unit), (int)value->exponent,
             (unsigned long long)(amount % unit));
  json_open(json, name, '{');
  json_text(json, "amount", text);
  json_text(json, "currency", value->currency);
  json_close(json, '}');
}

static void put_value(Json *json, const char *name, const mot_value *value)
{
  switch (value->type) {
  case MOT_TYPE_BOOL: json_truth(json, name, value->integer != 0); break;
  case MOT_TYPE_INT: json_whole(json, name, value->integer); break;
  case MOT_TYPE_NUMBER:
  case MOT_TYPE_PERCENT: json_number(json, name, value->number); break;
  case MOT_TYPE_TEXT: json_bytes(json, name, value->text, value->size); break;
  case MOT_TYPE_TIME: json_time(json, name, value->integer); break;
  case MOT_TYPE_DURATION: json_length(json, name, value->integer); break;
  case MOT_TYPE_MONEY: put_money(json, name, value); break;
  case MOT_TYPE_NONE: json_none(json, name);
  }
}

/* ---- journeys ---- */

static const char *const outcomes[] = {[MOT_MISSED] = "missed", [MOT_PRODUCED] = "produced", [MOT_VOID] = "void",
                                       [MOT_OPEN] = "open"};
static const char *const reasons[] = {"", "voided", "superseded", "paused", "fault"};
static const char *const ends[] = {[MOT_ENDED] = "ended", [MOT_END_VOID] = "void", [MOT_EXPIRED] = "expired"};

static void put_figures(Json *json, const StoryRecord *record)
{
  if (!record) return;
  json_open(json, "moments", '{');
  json_count(json, "produced", record->produced);
  json_count(json, "missed", record->missed);
  json_count(json, "void", record->voided);
  json_close(json, '}');
  if (record->disruption >= 0) json_number(json, "disruption", record->disruption);
  if (record->impact.type != MOT_TYPE_NONE) put_value(json, "value", &record->impact);
}

static void put_journey(Json *json, const Story *story, uint32_t number)
{
  const StoryJourney *journey = &story->journeys.data[number];
  mot_experience_info info = {0};
  mot_rules_experience_info(story->rules, journey->experience, &info);
  json_open(json, NULL, '{');
  json_count(json, "journey", number + 1);
  json_text(json, "experience", info.name);
  json_text(json, "title", info.title);
  json_open(json, "key", '{');
  for (size_t i = 0; i < journey->key_count; i++)
    json_text(json, mot_rules_key_name(story->rules, journey->experience, i), journey->keys[i]);
  json_close(json, '}');
  json_time(json, "started", journey->started);
  if (journey->over != MOT_NO_TIME) json_time(json, "over", journey->over);
  if (journey->over != MOT_NO_TIME) json_text(json, "end", ends[journey->end]);
  json_text(json, "sco", outcomes[journey->sco ? journey->sco->step->outcome : MOT_OPEN]);
  json_text(json, "sco_text", info.sco);
  put_figures(json, journey->record);
  json_close(json, '}');
}

/* ---- steps ---- */

static void put_event(Json *json, const Story *story, const StoryHead *head)
{
  json_open(json, NULL, '{');
  json_time(json, "time", head->time);
  json_text(json, "step", "event");
  json_text(json, "event", mot_rules_event_name(story->rules, head->event));
  json_open(json, "values", '{');
  for (uint32_t i = 0; i < head->field_count; i++) put_value(json, head->fields[i].name, &head->fields[i].value);
  json_close(json, '}');
  json_count(json, "reached", head->reached);
  json_close(json, '}');
}

static const char *step_word(const StoryItem *item)
{
  static const char *const words[] = {
    [ITEM_STARTED] = "started", [ITEM_OPENED] = "opened", [ITEM_TAKEN] = "taken", [ITEM_DEADLINE] = "deadline",
    [ITEM_PAUSED] = "paused", [ITEM_RESUMED] = "resumed", [ITEM_RISK] = "at risk", [ITEM_RISK_OVER] = "risk over",
    [ITEM_PART] = "part", [ITEM_DECIDED] = "decided", [ITEM_OVER] = "over", [ITEM_ALERT] = "alert",
    [ITEM_CORRECTION] = "correction", [ITEM_SENTIMENT] = "sentiment",
  };
  return words[item->kind];
}

static void put_decision(Json *json, const StoryItem *item)
{
  const mot_trace *step = item->step;
  const StoryRecord *record = item->record;
  json_text(json, "outcome", outcomes[step->outcome]);
  if (step->outcome == MOT_VOID) json_text(json, "reason", reasons[step->reason]);
  json_truth(json, "by_event", step->by_event);
  if (!record) return;
  json_length(json, "took_ms", record->head.took);
  if (record->head.paused > 0) json_length(json, "paused_ms", record->head.paused);
  if (record->because) json_text(json, "because", record->because);
  if (record->group.type != MOT_TYPE_NONE) put_value(json, "group", &record->group);
  if (record->impact.type != MOT_TYPE_NONE) put_value(json, "impact", &record->impact);
}

static void put_act(Json *json, const Story *story, const StoryItem *item)
{
  const StoryRecord *record = item->record;
  mot_owner_info owner;
  if (item->kind == ITEM_SENTIMENT) {
    put_value(json, "value", &record->value);
    return;
  }
  json_text(json, "state", mot_state_name(record->state));
  json_text(json, "id", record->id);
  if (mot_rules_owner_info(story->rules, record->owner, &owner))
    json_text(json, item->kind == ITEM_ALERT ? "to" : "by", owner.name);
  if (record->severity) json_text(json, "severity", record->severity);
  if (record->text) json_text(json, "text", record->text);
  if (record->cause) json_text(json, "cause", record->cause);
  if (record->due != MOT_NO_TIME) json_time(json, "due", record->due);
}

/* What only some kinds of steps have. */
static void put_more(Json *json, const Story *story, const StoryItem *item)
{
  const mot_trace *step = item->step;
  switch (item->kind) {
  case ITEM_TAKEN:
  case ITEM_PART:
    json_text(json, "part", story_part(story, step->experience, step->mot, step->part));
    if (item->kind == ITEM_PART) json_truth(json, "holds", step->holds);
    break;
  case ITEM_RESUMED: json_length(json, "stood_ms", item->stood); break;
  case ITEM_DECIDED: put_decision(json, item); break;
  case ITEM_OVER: json_text(json, "end", ends[step->end]); break;
  case ITEM_ALERT:
  case ITEM_CORRECTION:
  case ITEM_SENTIMENT: put_act(json, story, item); break;
  default: break;
  }
}

static void put_item(Json *json, const Story *story, const StoryItem *item)
{
  const mot_trace *step = item->step;
  mot_mot_info mot;
  json_open(json, NULL, '{');
  json_time(json, "time", step->time);
  json_text(json, "step", step_word(item));
  if (item->journey != MOT_NOT_FOUND) json_count(json, "journey", item->journey + 1);
  json_text(json, "experience", mot_rules_experience_name(story->rules, step->experience));
  if (mot_rules_mot_info(story->rules, step->mot, &mot)) {
    json_text(json, "mot", mot.name);
    json_text(json, "title", mot.title);
    if (step->opened != MOT_NO_TIME) json_time(json, "opened", step->opened);
  }
  if (step->deadline != MOT_NO_TIME) json_time(json, "deadline", step->deadline);
  put_more(json, story, item);
  json_close(json, '}');
}

static void put_steps(Json *json, const Story *story, StoryPage *page)
{
  json_open(json, "steps", '[');
  for (uint32_t i = 0; i < story->heads.len; i++) {
    const StoryHead *head = &story->heads.data[i];
    if (head->event != MOT_NOT_FOUND) put_event(json, story, head);
    for (uint32_t k = head->first; k < head->first + head->count; k++) put_item(json, story, &story->items.data[k]);
    story_turn(story, page);
  }
  json_close(json, ']');
}

static void put_open(Json *json, const Story *story, const StoryRecord *record)
{
  const mot_record *head = &record->head;
  uint32_t journey = story_find(story, head->experience, head->started, head->journey);
  json_open(json, NULL, '{');
  if (journey != MOT_NOT_FOUND) json_count(json, "journey", journey + 1);
  json_text(json, "experience", mot_rules_experience_name(story->rules, head->experience));
  if (head->mot != MOT_NOT_FOUND) json_text(json, "mot", mot_rules_mot_name(story->rules, head->mot));
  if (record->kind == MOT_RECORD_OPEN) {
    json_time(json, "opened", head->opened);
    if (head->deadline != MOT_NO_TIME) json_time(json, "deadline", head->deadline);
  } else {
    json_text(json, record->kind == MOT_RECORD_ALERT ? "alert" : "correction", record->id);
    json_text(json, "state", mot_state_name(record->state));
  }
  json_close(json, '}');
}

void story_json(const Story *story, StoryPage *page)
{
  Json json = {.page = &page->buf, .first = true};
  json_open(&json, NULL, '{');
  json_text(&json, "key", story->key);
  json_text(&json, "of", story->key_name);
  json_time(&json, "clock", story->clock);
  json_open(&json, "journeys", '[');
  for (uint32_t i = 0; i < story->journeys.len; i++) put_journey(&json, story, i);
  json_close(&json, ']');
  put_steps(&json, story, page);
  json_open(&json, "open", '[');
  for (uint32_t i = 0; i < story->open.len; i++) put_open(&json, story, story->open.data[i]);
  json_close(&json, ']');
  json_close(&json, '}');
  buf_char(&page->buf, '\n');
  story_turn(story, page);
}
