/*
 * api_trace.c - what a run does, step by step, through the library.
 */
#include "mot/tools.h"
#include "runtime/api_value.h"
#include "runtime/intake.h"
#include "runtime/session.h"

_Static_assert((int)MOT_TRACE_TAKEN == (int)TRACE_TAKEN, "kinds agree");
_Static_assert((int)MOT_TRACE_RISK_OVER == (int)TRACE_RISK_OVER, "kinds agree");
_Static_assert((int)MOT_TRACE_OVER == (int)TRACE_OVER, "kinds agree");
_Static_assert(MOT_NO_TIME == INT64_MIN, "what is absent agrees");

/* What is due is evaluated as far as the next step. */
static void go_on(mot_run *run, void *user)
{
  const TraceStep **ret = user;
  if (run->state == RUN_OPEN) intake_typed(run);
  do *ret = trace_take(&run->trace);
  while (!*ret && session_some(run));
}

static void describe(const TraceStep *step, mot_trace *ret)
{
  *ret = (mot_trace){
    .kind = (mot_trace_kind)step->kind,
    .time = step->time,
    .event = step->event,
    .reached = step->reached,
    .experience = step->experience,
    .mot = step->mot,
    .started = step->started,
    .journey = step->journey,
    .opened = step->opened,
    .moment = step->moment,
    .deadline = step->deadline == INT64_MAX ? MOT_NO_TIME : step->deadline,
    .choice = step->kind == TRACE_OPENED ? step->number : MOT_NOT_FOUND,
    .part = step->kind == TRACE_TAKEN || step->kind == TRACE_PART ? step->number : MOT_NOT_FOUND,
    .action = step->kind == TRACE_RISK || step->kind == TRACE_RISK_OVER ? step->number : MOT_NOT_FOUND,
    .holds = step->holds,
    .by_event = step->by_event,
    .outcome = (mot_outcome)step->outcome,
    .reason = (mot_reason)step->reason,
    .end = (mot_journey_end)step->end,
    .data = step,
  };
}

bool mot_run_next_trace(mot_run *run, mot_trace *ret_trace)
{
  const TraceStep *step = NULL;
  if (!run->traces || run->state == RUN_REFUSED) return false;
  if (session_call(run, go_on, &step) != MOT_OK || !step) return false;
  describe(step, ret_trace);
  return true;
}

static uint32_t owner_of(const FieldRow *field)
{
  return field->type == VALUE_LISTED ? field->listed : field->currency;
}

mot_value mot_trace_value(const mot_run *run, const mot_trace *trace, uint32_t field)
{
  const mot_value none = {.type = MOT_TYPE_NONE};
  const Module *module = &run->rules->module;
  if (trace->kind != MOT_TRACE_EVENT) return none;
  const EventData *row = trace_row(&run->trace, trace->data);
  const EventRow *event = &module->Event[row->event];
  if (field >= event->fields_count || !event_known(row, event->fields_count, field)) return none;
  const FieldRow *of = &module->Field[event->fields + field];
  if (!of->used) return none;
  OutcomeValue value = {.type = of->type, .of = owner_of(of), .i = row->values[field].i};
  return api_value(module, row, &value);
}

const char *mot_trace_key(const mot_run *run, const mot_trace *trace, size_t key, size_t *ret_size)
{
  uint32_t len;
  const TraceStep *step = trace->data;
  *ret_size = 0;
  if (key >= step->key_count) return NULL;
  const char *text = trace_key(&run->trace, step, (uint32_t)key, &len);
  *ret_size = len;
  return text;
}
