/*
 * gen_rows.c - rows that much else refers to: numbers for all that is declared,
 * events and calendars as they are needed.
 */
#include "compiler/gen_parts.h"

#include <string.h>

#include "compiler/zone.h"

/* ---- numbers given before anything is written ---- */

static void number_mots(Gen *g, Experience *experience)
{
  for (uint32_t i = 0; i < experience->mots.len; i++) {
    experience->mots.data[i]->row = g->out->Mot.len;
    VEC_PUSH(g->arena, &g->out->Mot);
  }
}

static void number_corrections(Gen *g, Experience *experience)
{
  for (uint32_t i = 0; i < experience->corrections.len; i++) {
    experience->corrections.data[i]->row = g->out->Correction.len;
    VEC_PUSH(g->arena, &g->out->Correction);
  }
}

static void number_goals(Gen *g)
{
  Program *program = g->program;
  for (uint32_t i = 0; i < program->metrics.len; i++) program->metrics.data[i]->row = i;
  for (uint32_t i = 0; i < program->goals.len; i++) program->goals.data[i]->row = i;
}

/* Not written yet. */
static void number_later(Gen *g)
{
  Program *program = g->program;
  for (uint32_t i = 0; i < program->calendars.len; i++) program->calendars.data[i]->row = MOT_NONE;
}

static void write_currencies(Gen *g)
{
  for (uint32_t i = 0; i < g->program->currencies.len; i++) {
    CurrencyUse use = g->program->currencies.data[i];
    *VEC_PUSH(g->arena, &g->out->Currency) = (CurrencyRow){text_of(g, use.code), use.exponent};
  }
}

static void write_listed(Gen *g)
{
  for (uint32_t i = 0; i < g->program->listed.len; i++) {
    ListedType *listed = g->program->listed.data[i];
    listed->row = i;
    *VEC_PUSH(g->arena, &g->out->Listed) = (ListedRow){g->out->ListedValue.len, listed->count};
    for (uint32_t k = 0; k < listed->count; k++) {
      Sym raw = listed->values[k].raw ? listed->values[k].raw : listed->values[k].name;
      *VEC_PUSH(g->arena, &g->out->ListedValue) =
        (ListedValueRow){text_of(g, listed->values[k].name), text_of(g, raw)};
    }
  }
}

void number_rows(Gen *g)
{
  Program *program = g->program;
  for (uint32_t i = 0; i < program->experiences.len; i++) {
    program->experiences.data[i]->row = i;
    VEC_PUSH(g->arena, &g->out->Experience);
    number_mots(g, program->experiences.data[i]);
    number_corrections(g, program->experiences.data[i]);
  }
  for (uint32_t i = 0; i < program->owners.len; i++) program->owners.data[i]->row = i;
  number_goals(g);
  number_later(g);
  write_currencies(g);
  write_listed(g);
}

/* ---- events ---- */

uint32_t currency_row(Type type)
{
  return type.base == VALUE_MONEY ? type.currency : MOT_NONE;
}

uint32_t listed_row(Type type)
{
  return type.base == VALUE_LISTED && type.listed ? type.listed->row : MOT_NONE;
}

/* Bounds of a range as the row has them: bits of a double for numbers. */
static int64_t range_bits(const Field *field, int64_t bound)
{
  double number = (double)bound;
  if (class_of(field->type) == CLASS_F) memcpy(&bound, &number, sizeof bound);
  return bound;
}

static void write_field(Gen *g, Field *field)
{
  FieldRow row = {.name = text_of(g, field->name),
                  .path = text_of(g, field->path ? field->path : field->name),
                  .type = field->type.base,
                  .format = field->format,
                  .pattern = text_of(g, field->pattern),
                  .optional = field->type.optional,
                  .currency = currency_row(field->type),
                  .listed = listed_row(field->type),
                  .has_range = field->has_range,
                  .low = range_bits(field, field->low),
                  .high = range_bits(field, field->high)};
  field->row = g->out->Field.len;
  *VEC_PUSH(g->arena, &g->out->Field) = row;
}

static EventPlan *add_plan(Gen *g)
{
  if (g->event_count == g->event_cap) {
    uint32_t cap = g->event_cap ? 2 * g->event_cap : 16;
    g->events = arena_grow(g->arena, g->events, g->event_cap * sizeof *g->events, cap * sizeof *g->events);
    g->event_cap = cap;
  }
  return &g->events[g->event_count++];
}

uint32_t event_row(Gen *g, Event *event)
{
  if (event->row < g->event_count && g->events[event->row].event == event) return event->row;
  event->row = g->out->Event.len;
  EventPlan *plan = add_plan(g);
  *plan = (EventPlan){.event = event, .trigger = MOT_NONE};
  map_init(&plan->predicates, g->arena);
  EventRow row = {.name = text_of(g, event->shown ? event->shown : event->name),
                  .raw = text_of(g, event->raw ? event->raw : event->name),
                  .fields = g->out->Field.len,
                  .fields_count = event->fields.len};
  *VEC_PUSH(g->arena, &g->out->Event) = row;
  for (uint32_t i = 0; i < event->fields.len; i++) write_field(g, event->fields.data[i]);
  return event->row;
}

/* What the file declares, used or not; the library's kinds come when something needs them. */
void gen_events(Gen *g)
{
  for (uint32_t i = 0; i < g->program->events.len; i++) {
    Event *event = g->program->events.data[i];
    if (!event->derived && !event->std) event_row(g, event);
  }
}

void finish_events(Gen *g)
{
  for (uint32_t i = 0; i < g->event_count; i++) {
    const EventPlan *plan = &g->events[i];
    g->out->Event.data[i].predicates = g->out->Predicate.len;
    g->out->Event.data[i].predicates_count = plan->functions.len;
    for (uint32_t k = 0; k < plan->functions.len; k++)
      *VEC_PUSH(g->arena, &g->out->Predicate) = (PredicateRow){i, plan->functions.data[k]};
  }
}

/* ---- kinds of the library that the run itself listens to ---- */

static Event *named_event(const Gen *g, const char *name)
{
  for (uint32_t i = 0; i < g->program->events.len; i++) {
    Event *event = g->program->events.data[i];
    if (!event->derived && strcmp(sym_text(g->program->names, event->shown), name) == 0) return event;
  }
  return NULL;
}

static void write_id(Gen *g, const char *name, bool optional)
{
  FieldRow row = {.name = text_z(g, name), .path = text_z(g, name), .type = VALUE_ID, .optional = optional,
                  .currency = MOT_NONE, .listed = MOT_NONE, .used = 1};
  *VEC_PUSH(g->arena, &g->out->Field) = row;
}

/* As the library declares it, when the rules have not named it. */
static void write_heard(Gen *g, const char *name, const char *id)
{
  EventRow row = {.name = text_z(g, name), .raw = text_z(g, name), .fields = g->out->Field.len,
                  .fields_count = 2,
                  .predicates = g->out->Predicate.len, .used = 1};
  write_id(g, id, false);
  write_id(g, "by", true);
  *VEC_PUSH(g->arena, &g->out->Event) = row;
}

/* True when the rules have named the kind; its rows go before those that have no event of the program. */
static bool hear_named(Gen *g, const char *name)
{
  Event *event = named_event(g, name);
  if (!event) return false;
  EventRow *row = &g->out->Event.data[event_row(g, event)];
  row->used = 1;
  for (uint32_t i = 0; i < row->fields_count; i++) g->out->Field.data[row->fields + i].used = 1;
  return true;
}

static bool waits_for_done(const Gen *g)
{
  for (uint32_t i = 0; i < g->out->Correction.len; i++)
    if (!g->corrections[i].condition.condition) return true;
  return false;
}

/* Corrections alert too, when they are overdue. */
static bool has_alerts(const Gen *g)
{
  return g->out->Action.len > 0;
}

void gen_heard(Gen *g)
{
  static const char done[] = "std.correction.Done", acknowledged[] = "std.alert.Acknowledged";
  bool add_done = waits_for_done(g) && !hear_named(g, done);
  bool add_acknowledged = has_alerts(g) && !hear_named(g, acknowledged);
  if (add_done) write_heard(g, done, "correction");
  if (add_acknowledged) write_heard(g, acknowledged, "alert");
}

const Field *field_named(const Event *event, Sym name)
{
  for (uint32_t i = 0; i < event->fields.len; i++)
    if (event->fields.data[i]->name == name) return event->fields.data[i];
  return NULL;
}

void use_field(Gen *g, const Field *field)
{
  g->out->Field.data[field->row].used = 1;
}

/* ---- triggers ---- */

static uint32_t add_trigger(Gen *g, TriggerRow row)
{
  *VEC_PUSH(g->arena, &g->out->Trigger) = row;
  return g->out->Trigger.len - 1;
}

static uint32_t event_trigger(Gen *g, Event *event)
{
  uint32_t row = event_row(g, event);
  if (g->events[row].trigger == MOT_NONE) {
    g->out->Event.data[row].used = 1;
    g->events[row].trigger =
      add_trigger(g, (TriggerRow){.kind = TRIGGER_EVENT, .event = row, .mot = MOT_NONE,
                                  .experience = MOT_NONE});
  }
  return g->events[row].trigger;
}

uint32_t case_trigger(Gen *g, const MatchCase *at)
{
  if (at->event) return event_trigger(g, at->event);
  uint32_t *trigger = at->mot ? &g->mots[at->mot->row].outcome[at->outcome]
    : &g->experiences[at->sco->row].outcome[at->outcome];
  if (*trigger == MOT_NONE) {
    TriggerRow row = {.kind = TRIGGER_OUTCOME, .event = MOT_NONE, .outcome = at->outcome};
    row.mot = at->mot ? at->mot->row : MOT_NONE;
    row.experience = at->mot ? MOT_NONE : at->sco->row;
    *trigger = add_trigger(g, row);
  }
  return *trigger;
}

/* ---- people ---- */

uint32_t owner_row(const Owner *owner)
{
  return owner ? owner->row : MOT_NONE;
}

void gen_owners(Gen *g)
{
  for (uint32_t i = 0; i < g->program->owners.len; i++) {
    const Owner *owner = g->program->owners.data[i];
    OwnerRow row = {.name = text_of(g, owner->name),
                    .title = text_of(g, owner->title),
                    .kind = owner->kind,
                    .role = owner->role,
                    .contact = text_of(g, owner->contact),
                    .reports_to = owner_row(owner->reports_to),
                    .lead = owner_row(owner->lead)};
    *VEC_PUSH(g->arena, &g->out->Owner) = row;
  }
}

/* ---- zones and calendars ---- */

uint32_t zone_row(Gen *g, Sym zone, Span span)
{
  char reason[240];
  uint32_t row = 0;
  const char *name = zone ? sym_text(g->program->names, zone) : "UTC";
  if (!zone_load(g->out, name, &row, reason, sizeof reason)) {
    g->failed = true;
    diag_add(g->diags, E0790, span, "%s", reason);
  }
  return row;
}

static CalendarRow write_calendar(Gen *g, const Calendar *calendar)
{
  CalendarRow row = {.name = text_of(g, calendar->name), .zone = zone_row(g, calendar->zone, calendar->span)};
  row.hours = g->out->OpenHours.len;
  row.hours_count = calendar->hours.len;
  for (uint32_t i = 0; i < calendar->hours.len; i++) {
    OpenHoursOf hours = calendar->hours.data[i];
    *VEC_PUSH(g->arena, &g->out->OpenHours) = (OpenHoursRow){hours.weekday, 0, hours.from, hours.to};
  }
  row.closed = g->out->ClosedDays.len;
  row.closed_count = calendar->closed.len;
  for (uint32_t i = 0; i < calendar->closed.len; i++)
    *VEC_PUSH(g->arena, &g->out->ClosedDays) =
      (ClosedDaysRow){calendar->closed.data[i].first, calendar->closed.data[i].last};
  return row;
}

uint32_t calendar_row(Gen *g, Calendar *calendar)
{
  if (!calendar) return MOT_NONE;
  if (calendar->row == MOT_NONE) {
    CalendarRow row = write_calendar(g, calendar);
    calendar->row = g->out->Calendar.len;
    *VEC_PUSH(g->arena, &g->out->Calendar) = row;
  }
  return calendar->row;
}
