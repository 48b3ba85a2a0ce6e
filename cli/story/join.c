/*
 * join.c - steps and records joined: to each event, or instant, what it brought about.
 *
 * The run tells a key's steps in their order, and its records of decisions in the same one, so that each record
 * finds its step.  Records of alerts and corrections have no step: they are put behind the one that caused them,
 * between the decisions around them.
 */
#include <string.h>

#include "cli/story/collect.h"

/* What stands behind a step, chained; 0: nothing more. */
typedef struct Act {
  const StoryRecord *record;
  uint32_t next;
} Act;

typedef struct Paused {
  uint32_t journey, moment;
  int64_t since;
} Paused;

typedef struct Joining {
  const StorySteps *from;
  Story *story;
  Arena *arena;
  const StoryRecord **of_step; /* by step: its record */
  uint32_t *first, *last;      /* by step + 1 (0: before all): acts */
  VEC(Act) acts;               /* the one of number 0 is none */
  VEC(Paused) paused;
  VEC(uint32_t) live;          /* journeys that are not over */
} Joining;

/* ---- which record belongs to which step ---- */

static bool is_decision(const StoryRecord *record)
{
  return record->kind & (MOT_RECORD_MOMENT | MOT_RECORD_SCO | MOT_RECORD_JOURNEY);
}

static bool is_its(const mot_trace *step, const StoryRecord *record)
{
  const mot_record *head = &record->head;
  bool over = record->kind == MOT_RECORD_JOURNEY;
  bool same = step->kind == (over ? MOT_TRACE_OVER : MOT_TRACE_DECIDED) && step->time == head->time &&
    step->experience == head->experience && step->started == head->started && step->journey == head->journey;
  if (!same || over) return same;
  bool decided = step->outcome == head->outcome && step->reason == head->reason && step->mot == head->mot;
  return decided && (head->mot == MOT_NOT_FOUND || step->opened == head->opened);
}

static bool is_matched(const Joining *in, uint32_t step)
{
  mot_trace_kind kind = in->from->steps.data[step].step.kind;
  return (kind != MOT_TRACE_DECIDED && kind != MOT_TRACE_OVER) || in->of_step[step];
}

/* The step of a decision, MOT_NOT_FOUND: none.  *low: all before have their records. */
static uint32_t match(Joining *in, const StoryRecord *record, uint32_t *low)
{
  uint32_t count = in->from->steps.len;
  while (*low < count && is_matched(in, *low)) ++*low;
  for (uint32_t i = *low; i < count && in->from->steps.data[i].step.time <= record->head.time; i++) {
    if (in->of_step[i] || !is_its(&in->from->steps.data[i].step, record)) continue;
    in->of_step[i] = record;
    return i;
  }
  return MOT_NOT_FOUND;
}

/* ---- where acts belong ---- */

/* How many steps there are up to a time. */
static uint32_t steps_until(const Joining *in, int64_t time)
{
  uint32_t low = 0, high = in->from->steps.len;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (in->from->steps.data[middle].step.time <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

static bool has_cause(const StoryRecord *record, const char *cause)
{
  return record->cause && strcmp(record->cause, cause) == 0;
}

/* Behind the event of a sentiment, or behind what says that something is at risk and has no act yet; `otherwise`:
 * there is none at that time. */
static uint32_t step_like(const Joining *in, const StoryRecord *record, mot_trace_kind kind, uint32_t otherwise)
{
  const mot_record *head = &record->head;
  uint32_t found = otherwise;
  for (uint32_t i = steps_until(in, head->time); i > 0; i--) {
    const mot_trace *step = &in->from->steps.data[i - 1].step;
    if (step->time != head->time) break;
    bool risk = step->mot == head->mot && step->journey == head->journey && step->started == head->started &&
      in->first[i] == 0;
    if (step->kind == kind && (risk || kind == MOT_TRACE_EVENT)) found = i;
  }
  return found;
}

/* Behind how many steps an act belongs; `low`, `high`: the decision before it, and the next one. */
static uint32_t place_of(const Joining *in, const StoryRecord *record, uint32_t low, uint32_t high)
{
  uint32_t place = steps_until(in, record->head.time);
  bool begins = record->state == MOT_STATE_RAISED || record->state == MOT_STATE_OPENED;
  if (place > high) place = high;
  if (place < low) place = low;
  if (record->kind == MOT_RECORD_SENTIMENT) return step_like(in, record, MOT_TRACE_EVENT, place);
  if (begins && has_cause(record, "at risk")) return step_like(in, record, MOT_TRACE_RISK, place);
  bool by_decision = (begins && !has_cause(record, "overdue")) || has_cause(record, "decided") || has_cause(record, "over");
  bool then = low > 0 && in->from->steps.data[low - 1].step.time == record->head.time;
  return by_decision && then ? low : place;
}

static void add_act(Joining *in, uint32_t place, const StoryRecord *record)
{
  uint32_t number = in->acts.len;
  *VEC_PUSH(in->arena, &in->acts) = (Act){record, 0};
  if (in->first[place] == 0) in->first[place] = number;
  else in->acts.data[in->last[place]].next = number;
  in->last[place] = number;
}

/* Acts keep the order of their records; sentiments have none among them. */
static uint32_t place_in_order(const Joining *in, const StoryRecord *record, uint32_t low, uint32_t high, uint32_t *last)
{
  uint32_t place = place_of(in, record, low, high);
  if (record->kind == MOT_RECORD_SENTIMENT) return place;
  if (place < *last && *last <= high) place = *last;
  *last = place;
  return place;
}

static void match_all(Joining *in)
{
  const StorySteps *from = in->from;
  uint32_t *places = ARENA_ARRAY(in->arena, uint32_t, from->records.len), low = 0, before = 0, behind = from->steps.len;
  uint32_t last = 0;
  uint32_t *next = ARENA_ARRAY(in->arena, uint32_t, from->records.len);
  for (uint32_t i = 0; i < from->records.len; i++)
    places[i] = is_decision(from->records.data[i]) ? match(in, from->records.data[i], &low) : MOT_NOT_FOUND;
  for (uint32_t i = from->records.len; i-- > 0;) {
    next[i] = behind;
    if (places[i] != MOT_NOT_FOUND) behind = places[i];
  }
  for (uint32_t i = 0; i < from->records.len; i++) {
    const StoryRecord *record = from->records.data[i];
    if (places[i] != MOT_NOT_FOUND) before = places[i] + 1;
    if (record->kind == MOT_RECORD_OPEN) *VEC_PUSH(in->arena, &in->story->open) = record;
    else if (!is_decision(record)) add_act(in, place_in_order(in, record, before, next[i], &last), record);
  }
}

/* ---- journeys ---- */

uint32_t story_find(const Story *story, uint32_t experience, int64_t started, uint32_t serial)
{
  uint32_t low = 0, high = story->journeys.len;
  while (low < high) { /* they stand in the order in which they began */
    uint32_t middle = low + (high - low) / 2;
    if (story->journeys.data[middle].started < started) low = middle + 1;
    else high = middle;
  }
  for (; low < story->journeys.len && story->journeys.data[low].started == started; low++)
    if (story->journeys.data[low].serial == serial && story->journeys.data[low].experience == experience) return low;
  return MOT_NOT_FOUND;
}

static void begin_journey(Joining *in, const KeptStep *kept)
{
  *VEC_PUSH(in->arena, &in->live) = in->story->journeys.len;
  *VEC_PUSH(in->arena, &in->story->journeys) = (StoryJourney){
    .experience = kept->step.experience, .serial = kept->step.journey, .keys = kept->keys,
    .key_count = kept->key_count, .started = kept->step.started, .over = MOT_NO_TIME,
    .sco_deadline = kept->step.deadline,
  };
}

static void end_journey(Joining *in, uint32_t journey, const mot_trace *step, const StoryRecord *record)
{
  StoryJourney *at = &in->story->journeys.data[journey];
  at->over = step->time;
  at->end = step->end;
  at->record = record;
  uint32_t left = 0;
  for (uint32_t i = 0; i < in->live.len; i++)
    if (in->live.data[i] != journey) in->live.data[left++] = in->live.data[i];
  in->live.len = left;
}

/* ---- heads and their items ---- */

static StoryHead *last_head(const Joining *in)
{
  return in->story->heads.len > 0 ? &in->story->heads.data[in->story->heads.len - 1] : NULL;
}

static void add_head(Joining *in, StoryHead head)
{
  head.first = in->story->items.len;
  *VEC_PUSH(in->arena, &in->story->heads) = head;
}

/* The head of what happens at an instant; `by_time`: no event did it. */
static void need_head(Joining *in, int64_t time, bool by_time)
{
  const StoryHead *head = last_head(in);
  bool fits = head && head->time == time && !(by_time && head->event != MOT_NOT_FOUND);
  if (!fits) add_head(in, (StoryHead){.time = time, .event = MOT_NOT_FOUND, .journey = MOT_NOT_FOUND});
}

static void add_item(Joining *in, StoryItem item, bool by_time)
{
  need_head(in, item.step->time, by_time);
  *VEC_PUSH(in->arena, &in->story->items) = item;
  last_head(in)->count++;
}

static void add_event(Joining *in, const KeptStep *kept)
{
  uint32_t journey = kept->step.reached == 1 && in->live.len == 1 ? in->live.data[0] : MOT_NOT_FOUND;
  add_head(in, (StoryHead){.time = kept->step.time, .event = kept->step.event, .fields = kept->fields,
                           .field_count = kept->field_count, .reached = kept->step.reached, .journey = journey});
}

static void note_paused(Joining *in, StoryItem *item)
{
  const mot_trace *step = item->step;
  if (item->kind == ITEM_PAUSED)
    *VEC_PUSH(in->arena, &in->paused) = (Paused){item->journey, step->moment, step->time};
  bool ends = item->kind == ITEM_RESUMED || item->kind == ITEM_DECIDED;
  for (uint32_t i = 0; ends && i < in->paused.len; i++) {
    Paused *paused = &in->paused.data[i];
    if (paused->journey != item->journey || paused->moment != step->moment) continue;
    item->stood = step->time - paused->since;
    item->standing = item->kind == ITEM_DECIDED;
    *paused = in->paused.data[--in->paused.len];
    return;
  }
}

static ItemKind kind_of(mot_trace_kind kind)
{
  static const ItemKind kinds[] = {
    [MOT_TRACE_STARTED] = ITEM_STARTED, [MOT_TRACE_OPENED] = ITEM_OPENED, [MOT_TRACE_TAKEN] = ITEM_TAKEN,
    [MOT_TRACE_DEADLINE] = ITEM_DEADLINE, [MOT_TRACE_PAUSED] = ITEM_PAUSED, [MOT_TRACE_RESUMED] = ITEM_RESUMED,
    [MOT_TRACE_RISK] = ITEM_RISK, [MOT_TRACE_RISK_OVER] = ITEM_RISK_OVER, [MOT_TRACE_PART] = ITEM_PART,
    [MOT_TRACE_DECIDED] = ITEM_DECIDED, [MOT_TRACE_OVER] = ITEM_OVER,
  };
  return kinds[kind];
}

/* Of the parts that say why it is decided, the head is that of the decision behind them. */
static bool is_by_time(const Joining *in, uint32_t number)
{
  while (in->from->steps.data[number].step.kind == MOT_TRACE_PART && number + 1 < in->from->steps.len) number++;
  const mot_trace *step = &in->from->steps.data[number].step;
  return step->kind == MOT_TRACE_DECIDED && !step->by_event;
}

static void add_step(Joining *in, uint32_t number)
{
  const KeptStep *kept = &in->from->steps.data[number];
  const mot_trace *step = &kept->step;
  if (step->kind == MOT_TRACE_EVENT) {
    add_event(in, kept);
    return;
  }
  if (step->kind == MOT_TRACE_STARTED) begin_journey(in, kept);
  StoryItem item = {.kind = kind_of(step->kind), .step = step, .record = in->of_step[number]};
  item.journey = story_find(in->story, step->experience, step->started, step->journey);
  note_paused(in, &item);
  if (item.journey != MOT_NOT_FOUND && step->mot == MOT_NOT_FOUND && step->kind == MOT_TRACE_DEADLINE)
    in->story->journeys.data[item.journey].sco_deadline = step->deadline;
  if (item.journey != MOT_NOT_FOUND && item.kind == ITEM_OVER) end_journey(in, item.journey, step, item.record);
  add_item(in, item, is_by_time(in, number));
}

static void add_acts(Joining *in, uint32_t place)
{
  for (uint32_t i = in->first[place]; i > 0; i = in->acts.data[i].next) {
    const StoryRecord *record = in->acts.data[i].record;
    const mot_record *head = &record->head;
    ItemKind kind = record->kind == MOT_RECORD_ALERT ? ITEM_ALERT
      : record->kind == MOT_RECORD_CORRECTION ? ITEM_CORRECTION
      : ITEM_SENTIMENT;
    mot_trace *step = ARENA_NEW(in->arena, mot_trace);
    StoryItem item = {.kind = kind, .record = record, .step = step};
    *step = (mot_trace){.time = head->time, .event = MOT_NOT_FOUND, .experience = head->experience,
                            .mot = head->mot, .deadline = MOT_NO_TIME, .opened = MOT_NO_TIME};
    item.journey = kind == ITEM_SENTIMENT ? MOT_NOT_FOUND
      : story_find(in->story, head->experience, head->started, head->journey);
    add_item(in, item, false);
  }
}

/* ---- what is said twice ---- */

static bool same_moment(const StoryItem *a, const StoryItem *b)
{
  return a->journey == b->journey && a->step->mot == b->step->mot && a->step->moment == b->step->moment;
}

/* A decision says what the steps of its moment at the same head say, which stand just before it. */
static void fold(StoryItem *items, uint32_t decided)
{
  enum { FAR = 100 };
  StoryItem *at = &items[decided];
  for (uint32_t i = decided < FAR ? 0 : decided - FAR; i < decided; i++) {
    StoryItem *item = &items[i];
    bool told = item->kind == ITEM_OPENED || item->kind == ITEM_TAKEN || item->kind == ITEM_DEADLINE;
    if (!told || !same_moment(item, at)) continue;
    item->folded = true;
    at->at_once = at->at_once || item->kind == ITEM_OPENED;
  }
}

static void finish_head(Story *story, StoryHead *head)
{
  StoryItem *items = story->items.data + head->first;
  for (uint32_t i = 0; i < head->count; i++) {
    if (items[i].kind == ITEM_DECIDED) fold(items, i);
    if (items[i].kind == ITEM_PART) items[i].folded = true;
    if (items[i].kind == ITEM_DECIDED && items[i].step->mot == MOT_NOT_FOUND && items[i].journey != MOT_NOT_FOUND)
      story->journeys.data[items[i].journey].sco = &items[i];
    if (i == 0) head->journey = items[i].journey;
    else if (head->journey != items[i].journey) head->journey = MOT_NOT_FOUND;
  }
}

/* ---- alerts and corrections that are still open ---- */

static bool is_over(const StoryRecord *record)
{
  return record->state == MOT_STATE_CLEARED || record->state == MOT_STATE_DONE || record->state == MOT_STATE_WITHDRAWN;
}

/* The latest record of each stands for it. */
static void list_open_acts(Joining *in)
{
  Story *story = in->story;
  uint32_t first = story->open.len;
  for (uint32_t i = 1; i < in->acts.len; i++) {
    const StoryRecord *record = in->acts.data[i].record;
    uint32_t at = first;
    if (record->kind == MOT_RECORD_SENTIMENT || !record->id) continue;
    while (at < story->open.len && (story->open.data[at]->kind != record->kind ||
                                    strcmp(story->open.data[at]->id, record->id) != 0))
      at++;
    if (at == story->open.len) *VEC_PUSH(in->arena, &story->open) = record;
    story->open.data[at] = record;
    if (!is_over(record)) continue;
    story->open.len--;
    for (; at < story->open.len; at++) story->open.data[at] = story->open.data[at + 1];
  }
}

/* ---- all of it ---- */

/* The names that the first words of `for` give the key; several experiences may have different ones. */
static const char *key_name(Arena *arena, const Story *story)
{
  const char *all = "", *name;
  for (uint32_t i = 0; i < story->journeys.len; i++) {
    name = mot_rules_key_name(story->rules, story->journeys.data[i].experience, 0);
    if (name && !strstr(all, name)) all = arena_printf(arena, "%s%s%s", all, *all ? " or " : "", name);
  }
  name = mot_rules_key_name(story->rules, 0, 0);
  return *all || !name ? all : name;
}

Story *story_join(StorySteps *steps, Arena *scratch, const char *key, int64_t clock)
{
  Arena *arena = steps->arena;
  Story *story = ARENA_NEW(arena, Story);
  Joining in = {.from = steps, .story = story, .arena = arena};
  *story = (Story){.rules = steps->rules, .words = {.arena = scratch, .rules = steps->rules}, .key = key, .clock = clock};
  in.of_step = ARENA_ARRAY(arena, const StoryRecord *, steps->steps.len + 1);
  in.first = ARENA_ARRAY(arena, uint32_t, steps->steps.len + 1);
  in.last = ARENA_ARRAY(arena, uint32_t, steps->steps.len + 1);
  VEC_PUSH(arena, &in.acts);
  match_all(&in);
  add_acts(&in, 0);
  for (uint32_t i = 0; i < steps->steps.len; i++) {
    add_step(&in, i);
    add_acts(&in, i + 1);
  }
  for (uint32_t i = 0; i < story->heads.len; i++) finish_head(story, &story->heads.data[i]);
  list_open_acts(&in);
  story->key_name = key_name(arena, story);
  return story;
}
