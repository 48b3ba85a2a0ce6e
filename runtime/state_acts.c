/* state_acts.c - alerts and what is active under ids, from bytes: state_parts.h has the layout. */
#include "runtime/json_scan.h"
#include "runtime/state_parts.h"

static bool damaged(StateIn *in, const char *what)
{
  return state_fail(in, "the saved state is damaged: %s", what);
}

static bool add_active(StateIn *in, Engine *engine, ActKind kind, ActId id, Handle handle)
{
  if (act_find(engine, kind, id)) return damaged(in, "an id stands in it twice");
  act_add(engine, kind, id, handle);
  return true;
}

/* ---- corrections ---- */

static bool add_corrections(StateIn *in, Engine *engine)
{
  for (Handle handle = engine->scene.journey->latest; handle; handle = moment_at(engine, handle)->next) {
    MomentHeader *moment = moment_at(engine, handle);
    if (!(moment->flags & MOMENT_CORRECTION)) continue;
    uint32_t action = engine->acts->corrections[correction_row(engine, moment)];
    ActId id = act_id(engine, action, correction_tail(engine, moment)->opening, false);
    if (!add_active(in, engine, ACT_CORRECTION, id, handle)) return false;
  }
  return true;
}

/* ---- alerts ---- */

/* The moment or correction of the journey at hand with that serial, out of all in the order of their serials;
 * 0: there is none. */
static Handle with_serial(const Engine *engine, const Handle *all, uint32_t count, uint32_t serial)
{
  uint32_t low = 0, high = count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if ((int32_t)(moment_at(engine, all[middle])->serial - serial) < 0) low = middle + 1;
    else high = middle;
  }
  return low < count && moment_at(engine, all[low])->serial == serial ? all[low] : 0;
}

/* What stands before the text; `count` moments stand on the walk stack. */
static bool get_numbers(StateIn *in, Engine *engine, uint32_t count, Alert *ret)
{
  int64_t *instants[] = {&ret->opening,   &ret->raised,  &ret->deadline,
                         &ret->escalates, &ret->repeats, &ret->clears};
  ret->journey = engine->journey;
  ret->action = state_get_u32(in);
  ret->flags = state_get_u32(in);
  ret->to = state_get_u32(in);
  ret->serial = engine->serial - state_get_u32(in);
  uint32_t age = state_get_u32(in);
  for (unsigned i = 0; i < sizeof instants / sizeof *instants; i++) *instants[i] = state_get_i64(in);
  if (in->failed) return false;
  const Handle *moments = engine->walk.data + engine->walk.len - count;
  if (age) ret->subject = with_serial(engine, moments, count, engine->serial - age);
  bool sound = (age == 0 || ret->subject) && state_alert_sound(engine, ret);
  return sound || damaged(in, "an alert is in no possible state");
}

static bool get_alert(StateIn *in, Engine *engine, uint32_t count)
{
  Alert alert = {0};
  uint32_t len;
  if (!get_numbers(in, engine, count, &alert)) return false;
  const char *text = state_get_text(in, &len);
  if (in->failed) return false;
  if (!utf8_sound(text, len)) return damaged(in, "a text is no UTF-8");
  Handle handle = heap_alloc(&engine->alerts, sizeof alert);
  *alert_at(engine, handle) = alert;
  alert_link(engine, handle);
  alert_at(engine, handle)->text = text_keep(&engine->texts, text, len);
  if (!(alert.flags & ALERT_ACTIVE)) return true;
  ActId id = act_id(engine, alert.action, alert.opening, (alert.flags & ALERT_OVERDUE) != 0);
  return add_active(in, engine, ACT_ALERT, id, handle);
}

bool state_get_acts(StateIn *in, Engine *engine)
{
  if (!add_corrections(in, engine)) return false;
  uint32_t alerts = state_get_u32(in), base = engine->walk.len;
  if (alerts > 0 && engine->scene.journey->flags & JOURNEY_WAITS)
    return damaged(in, "there are alerts before their journey");
  uint32_t count = alerts > 0 ? moments_collect(engine, UINT32_MAX) : 0;
  for (uint32_t i = 0; i < alerts && !in->failed; i++) get_alert(in, engine, count);
  engine->walk.len = base;
  return !in->failed;
}
