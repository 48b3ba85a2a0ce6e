/*
 * sentiment.c - see sentiment.h.
 */
#include "runtime/sentiment.h"

#include <string.h>

#include "runtime/vm.h"

typedef struct Telling {
  const Plan *plan;
  SentimentShare share;
  Outcomes *outcomes;
  Scene scene;
} Telling;

/* The value of the experience's partition key in an event; false: it has none, or it is another thread's. */
static bool find_key(const Telling *telling, uint32_t experience, const EventData *event, VmText *ret)
{
  const Module *module = telling->plan->module;
  const EventRow *row = &module->Event[event->event];
  uint32_t name = module->Key[module->Experience[experience].keys].name, field = 0;
  while (field < row->fields_count && module->Field[row->fields + field].name != name) field++;
  if (field == row->fields_count || !event_known(event, row->fields_count, field)) return false;
  EventText text = event->values[field].s;
  *ret = (VmText){event_text(event, text), text.len};
  const SentimentShare *share = &telling->share;
  if (share->key && text.len != share->key_len) return false;
  if (share->key && memcmp(ret->text, share->key, text.len) != 0) return false;
  return share->shards <= 1 || key_hash(ret->text, text.len) % share->shards == share->shard;
}

static void emit(Telling *telling, uint32_t experience, const EventData *event, VmText key, OutcomeValue value)
{
  size_t texts = sizeof(OutcomeText) + key.len;
  ActRecord *act = (ActRecord *)(void *)outcomes_room(telling->outcomes, sizeof *act + texts + OUTCOME_ALIGN);
  memset(act, 0, sizeof *act);
  act->base.kind = OUTCOME_KIND_SENTIMENT;
  act->base.experience = experience;
  act->base.mot = act->owner = act->target = act->goal = act->metric = MOT_NONE;
  act->base.time = act->base.opened = act->base.started = event->time;
  act->base.deadline = act->due = INT64_MAX;
  act->base.number = event->arrival;
  act->value = value;
  act->cases = 1;
  act->score = act->rolled_up = -1;
  OutcomeText place = {sizeof *act + sizeof(OutcomeText), (uint32_t)key.len};
  act->base.keys = (OutcomeText){sizeof *act, sizeof place};
  memcpy(act + 1, &place, sizeof place);
  memcpy((char *)act + place.at, key.text, key.len);
  outcomes_add(telling->outcomes, &act->base, place.at + place.len);
}

/* False: the event does not pass its test. */
static bool tell_input(Telling *telling, uint32_t experience, const AggregateInputRow *input,
                       const EventData *event)
{
  VmText key;
  VmValue value = {0};
  telling->scene.event = event;
  telling->scene.now = event->time;
  bool passes = input->test == MOT_NONE || (vm_run(&telling->scene, input->test, &value) == VM_DONE && value.i);
  if (!passes) return false;
  if (input->value == MOT_NONE || vm_run(&telling->scene, input->value, &value) != VM_DONE) return true;
  if (!find_key(telling, experience, event, &key)) return true;
  uint32_t type = telling->plan->module->Function[input->value].result;
  OutcomeValue told = {.type = type, .of = MOT_NONE};
  if (type == VALUE_NUMBER || type == VALUE_PERCENT)
    told.f = value.f;
  else
    told.i = value.i;
  emit(telling, experience, event, key, told);
  return true;
}

static void tell_experience(Telling *telling, uint32_t experience, EventData *const *events, uint32_t count)
{
  const Module *module = telling->plan->module;
  uint32_t sentiment = module->Experience[experience].sentiment;
  if (sentiment == MOT_NONE) return;
  const AggregateRow *row = &module->Aggregate[sentiment];
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t k = 0; k < row->inputs_count; k++) {
      const AggregateInputRow *input = &module->AggregateInput[row->inputs + k];
      if (input->event == events[i]->event && tell_input(telling, experience, input, events[i])) break;
    }
}

void sentiments_tell(const Plan *plan, SentimentShare share, EventData *const *events, uint32_t count,
                     Outcomes *outcomes)
{
  uint64_t faults = 0;
  Telling telling = {plan, share, outcomes, {.plan = plan, .faults = &faults}};
  for (uint32_t i = 0; i < plan->module->Experience_count; i++) tell_experience(&telling, i, events, count);
}
