/* plan_make.c - a plan, made from a module: see plan.h. */
#include "runtime/plan.h"

#include <stdlib.h>
#include <string.h>

#include "bytecode/records.h"
#include "runtime/act_id.h"
#include "runtime/plan_parts.h"
#include "runtime/timers.h"
#include "runtime/vm_program.h"

typedef VEC(LanePlan) LaneList;

/* A plan in the making. */
typedef struct Planner {
  const Module *module;
  Arena *arena;
  const HandlerPlan *handlers;   /* by row */
  KeySpace *spaces;
  uint32_t space_count;
  EventPlan *events;
  ExperiencePlan *experiences;
  MotPlan *mots;
  LaneList lanes;
} Planner;

/* ---- key spaces ---- */

static int name_order(const Module *module, uint32_t a, uint32_t b)
{
  uint32_t len_a, len_b;
  const char *text_a = module_string(module, a, &len_a), *text_b = module_string(module, b, &len_b);
  int order = memcmp(text_a, text_b, len_a < len_b ? len_a : len_b);
  return order != 0 ? order : (len_a > len_b) - (len_a < len_b);
}

static uint32_t space_named(Planner *p, uint32_t name)
{
  for (uint32_t i = 0; i < p->space_count; i++)
    if (name_order(p->module, p->spaces[i].name, name) == 0) return i;
  p->spaces[p->space_count].name = name;
  return p->space_count++;
}

static void plan_spaces(Planner *p)
{
  const Module *m = p->module;
  p->spaces = ARENA_ARRAY(p->arena, KeySpace, m->Experience_count);
  for (uint32_t i = 0; i < m->Experience_count; i++)
    p->experiences[i].space = space_named(p, m->Key[m->Experience[i].keys].name);
  for (uint32_t i = 0; i < p->space_count; i++)
    for (uint32_t k = 0; k < p->space_count; k++)
      p->spaces[i].rank += name_order(m, p->spaces[k].name, p->spaces[i].name) < 0;
}

/* ---- what hears what ---- */

/* The event that a handler answers to, MOT_NONE when it answers to an outcome. */
static uint32_t heard_event(const Planner *p, const HandlerPlan *handler)
{
  const TriggerRow *trigger = &p->module->Trigger[handler->trigger];
  return trigger->kind == TRIGGER_EVENT ? trigger->event : MOT_NONE;
}

/* A route in the making. */
typedef struct RouteList {
  uint32_t space;
  HandlerList handlers;
} RouteList;
typedef VEC(RouteList) RouteLists;

static HandlerList *route_list(const Planner *p, RouteLists *routes, uint32_t space)
{
  for (uint32_t i = 0; i < routes->len; i++)
    if (routes->data[i].space == space) return &routes->data[i].handlers;
  RouteList *route = VEC_PUSH(p->arena, routes);
  route->space = space;
  return &route->handlers;
}

static int by_space(const void *a, const void *b)
{
  const Route *x = a, *y = b;
  return (x->space > y->space) - (x->space < y->space);
}

static void plan_event(Planner *p, uint32_t event, const RouteLists *lists)
{
  EventPlan *plan = &p->events[event];
  plan->mapped = p->module->Event[event].used || lists->len > 0;
  if (lists->len == 0) return;
  Route *routes = ARENA_ARRAY(p->arena, Route, lists->len);
  for (uint32_t i = 0; i < lists->len; i++) {
    HandlerList handlers = lists->data[i].handlers;
    routes[i] = (Route){lists->data[i].space, handlers.data[0]->keys[0], handlers.data, handlers.len};
  }
  qsort(routes, lists->len, sizeof *routes, by_space);
  plan->routes = routes;
  plan->route_count = lists->len;
}

static void plan_events(Planner *p)
{
  const Module *m = p->module;
  RouteLists *lists = ARENA_ARRAY(p->arena, RouteLists, m->Event_count);
  for (HandlerWalk walk = {.module = m}; next_handler(&walk);) {
    const HandlerPlan *handler = &p->handlers[walk.handler];
    uint32_t event = heard_event(p, handler);
    if (event == MOT_NONE || handler->keys[0] == MOT_NONE) continue;
    HandlerList *list = route_list(p, &lists[event], p->experiences[walk.experience].space);
    *VEC_PUSH(p->arena, list) = handler;
  }
  for (uint32_t i = 0; i < m->Event_count; i++) plan_event(p, i, &lists[i]);
}

/* Whose outcome a trigger is: 2 lists for each MOT, then 2 for each SCO; the experience it belongs to in
 * *ret_of.  SIZE_MAX: none that has listeners. */
static size_t outcome_list(const Module *m, const TriggerRow *trigger, uint32_t *ret_of)
{
  if (trigger->kind != TRIGGER_OUTCOME || trigger->outcome > OUTCOME_PRODUCED) return SIZE_MAX;
  if (trigger->mot != MOT_NONE) {
    *ret_of = m->Mot[trigger->mot].experience;
    return (size_t)trigger->mot * 2 + trigger->outcome;
  }
  if (trigger->experience == MOT_NONE) return SIZE_MAX;
  *ret_of = trigger->experience;
  return ((size_t)m->Mot_count + trigger->experience) * 2 + trigger->outcome;
}

static void plan_outcomes(Planner *p)
{
  const Module *m = p->module;
  HandlerList *lists = ARENA_ARRAY(p->arena, HandlerList, ((size_t)m->Mot_count + m->Experience_count) * 2);
  for (HandlerWalk walk = {.module = m}; next_handler(&walk);) {
    const HandlerPlan *handler = &p->handlers[walk.handler];
    uint32_t of = 0;
    size_t list = outcome_list(m, &m->Trigger[handler->trigger], &of);
    if (list != SIZE_MAX && p->experiences[of].space == p->experiences[walk.experience].space)
      *VEC_PUSH(p->arena, &lists[list]) = handler;
  }
  for (uint32_t i = 0; i < 2 * m->Mot_count; i++) {
    p->mots[i / 2].listeners[i % 2] = lists[i].data;
    p->mots[i / 2].listener_count[i % 2] = lists[i].len;
  }
  lists += (size_t)m->Mot_count * 2;
  for (uint32_t i = 0; i < 2 * m->Experience_count; i++) {
    p->experiences[i / 2].listeners[i % 2] = lists[i].data;
    p->experiences[i / 2].listener_count[i % 2] = lists[i].len;
  }
}

/* ---- lanes ---- */

/* Equal delays of one kind share a lane. */
static uint32_t lane(Planner *p, int64_t delay, uint32_t kind)
{
  if (delay <= 0 || delay == INT64_MAX) return MOT_NONE;
  for (uint32_t i = 0; i < p->lanes.len; i++)
    if (p->lanes.data[i].delay == delay && p->lanes.data[i].kind == kind) return i;
  *VEC_PUSH(p->arena, &p->lanes) = (LanePlan){delay, kind};
  return p->lanes.len - 1;
}

/* The shortest constant length by which a condition can be decided after it began; INT64_MAX: none. */
static int64_t first_bound(const Module *m, uint32_t condition)
{
  int64_t shortest = INT64_MAX;
  if (condition == MOT_NONE) return shortest;
  const ConditionRow *row = &m->Condition[condition];
  for (uint32_t i = 0; i < row->leaves_count; i++) {
    const LeafRow *leaf = &m->Leaf[row->leaves + i];
    const StepRow *step = &m->Step[leaf->steps];
    bool constant = leaf->steps_count > 0 && step->bound == BOUND_WITHIN && !step->dynamic;
    if (constant && step->length > 0 && step->length < shortest) shortest = step->length;
  }
  return shortest;
}

/* ---- records ---- */

/* Corrections stand behind the MOTs. */
static void plan_corrections(Planner *p)
{
  const Module *m = p->module;
  for (uint32_t i = 0; i < m->Correction_count; i++) {
    MotPlan *plan = &p->mots[m->Mot_count + i];
    plan->size = correction_bytes(m, i);
    plan->lane = MOT_NONE;
  }
}

static void plan_mots(Planner *p)
{
  const Module *m = p->module;
  for (uint32_t i = 0; i < m->Mot_count; i++) {
    MomentParts parts = moment_parts(m, i);
    p->mots[i].size = parts.size;
    p->mots[i].risks = parts.risks;
    p->mots[i].risks_at = parts.risks_at;
    p->mots[i].lane = lane(p, first_bound(m, m->Mot[i].condition), TIMER_MOMENT);
    p->mots[i].acts = acts_on(m, m->Mot[i].actions, m->Mot[i].actions_count);
  }
  plan_corrections(p);
}

static void plan_patterns(Planner *p, const ExperienceRow *row, ExperiencePlan *plan)
{
  const PatternRow *patterns = p->module->Pattern + row->patterns;
  plan->waits = row->patterns_count > 0 && patterns[0].purpose == PURPOSE_STARTS;
  for (uint32_t i = 0; i < row->patterns_count; i++) plan->silence_count += patterns[i].kind == PATTERN_QUIET;
  if (plan->silence_count == 0) return;
  uint32_t *silences = ARENA_ARRAY(p->arena, uint32_t, plan->silence_count);
  plan->silences = silences;
  for (uint32_t i = 0; i < row->patterns_count; i++)
    if (patterns[i].kind == PATTERN_QUIET) *silences++ = i;
}

static void plan_experiences(Planner *p)
{
  const Module *m = p->module;
  for (uint32_t i = 0; i < m->Experience_count; i++) {
    const ExperienceRow *row = &m->Experience[i];
    ExperiencePlan *plan = &p->experiences[i];
    JourneyParts parts = journey_parts(m, i);
    plan->further = parts.further;
    plan->ended = parts.ended;
    plan->alerts = parts.alerts;
    plan->size = parts.size;
    plan->acts = acts_on(m, row->actions, row->actions_count);
    plan->expiry_lane = lane(p, row->expires, TIMER_EXPIRY);
    plan->sco_lane = lane(p, first_bound(m, row->sco), TIMER_SCO);
    plan_patterns(p, row, plan);
  }
}

/* ---- calendars ---- */

static const OpenTime *plan_calendars(const Planner *p)
{
  OpenTime *calendars = ARENA_ARRAY(p->arena, OpenTime, p->module->Calendar_count);
  for (uint32_t i = 0; i < p->module->Calendar_count; i++) calendars[i] = open_time(p->module, i);
  return calendars;
}

static const ZoneView *plan_zones(const Planner *p)
{
  ZoneView *zones = ARENA_ARRAY(p->arena, ZoneView, p->module->Zone_count);
  for (uint32_t i = 0; i < p->module->Zone_count; i++) zones[i] = module_zone(p->module, i);
  return zones;
}

/* The row of a kind of events; MOT_NONE: there is none, or nothing listens to it. */
static uint32_t event_named(const Module *module, const char *name)
{
  for (uint32_t i = 0; i < module->Event_count; i++) {
    uint32_t len;
    const char *text = module_string(module, module->Event[i].name, &len);
    if (len == strlen(name) && memcmp(text, name, len) == 0) return i;
  }
  return MOT_NONE;
}

const Plan *plan_new(const Module *module, Arena *arena)
{
  Planner p = {.module = module, .arena = arena};
  p.handlers = plan_handlers(module, arena);
  p.events = ARENA_ARRAY(arena, EventPlan, module->Event_count);
  p.experiences = ARENA_ARRAY(arena, ExperiencePlan, module->Experience_count);
  p.mots = ARENA_ARRAY(arena, MotPlan, (size_t)module->Mot_count + module->Correction_count);
  plan_spaces(&p);
  plan_experiences(&p);
  plan_mots(&p);
  plan_events(&p);
  plan_outcomes(&p);
  Plan *plan = ARENA_NEW(arena, Plan);
  *plan = (Plan){
    .module = module, .spaces = p.spaces, .space_count = p.space_count, .events = p.events,
    .experiences = p.experiences, .mots = p.mots, .lanes = p.lanes.data, .lane_count = p.lanes.len,
    .acknowledged = event_named(module, "std.alert.Acknowledged"),
    .done = event_named(module, "std.correction.Done"), .calendars = plan_calendars(&p),
    .zones = plan_zones(&p), .actions = act_rules_new(module, arena), .program = vm_program(module, arena),
  };
  return plan;
}
