/*
 * check_event.c - kinds of events: their fields, `like`, and those that follow
 * from others.
 */
#include <string.h>

#include "compiler/scope.h"
#include "compiler/type.h"

enum {
  EVENT_NESTING = 200, /* events explained by events */
  LISTED_FIELDS = 12   /* so many are named in a message */
};

/* ---- fields ------------------------------------------------------------------------ */

static void check_field_name(Checker *ck, AstName name)
{
  if (strcmp(sym_text(ck->names, name.sym), "at") != 0) return;
  Diag *diag = SAY(ck, E0231, name.span, "`at` is the time of every event already, as in `start.at`");
  diag_help(ck->diags, diag, "give the field another name and keep its place: `at_time: … from \"at\"`");
}

static Field *field_of(Checker *ck, const AstField *ast)
{
  check_field_name(ck, ast->name);
  Field *field = ARENA_NEW(ck->arena, Field);
  field->name = ast->name.sym;
  field->span = ast->name.span;
  field->doc = ast->doc;
  field->type = check_type(ck, &ast->type);
  uint32_t *muted = &ck->diags->muted;
  ++*muted; /* check_type has said what is wrong with it */
  field->format = type_format(ck, &ast->type, &field->pattern);
  --*muted;
  field->has_range = ast->type.has_range;
  field->low = ast->type.low;
  field->high = ast->type.high;
  field->path = ast->from.sym ? ast->from.sym : ast->name.sym;
  if (ast->from.sym) check_data_path(ck, ast->from);
  return field;
}

/* One more, or in place of one that came with `like`. */
static void put_field(Checker *ck, Event *event, Map *own, Field *field, uint32_t inherited)
{
  Field *before = map_put(own, field->name, field);
  if (before) {
    Diag *diag = SAY(ck, E0206, field->span, "`%s` has the field `%s` twice",
                     sym_text(ck->names, event->name), sym_text(ck->names, field->name));
    diag_note(ck->diags, diag, before->span, "the first is here");
    map_put(own, field->name, before);
    return;
  }
  for (uint32_t i = 0; i < inherited; i++)
    if (event->fields.data[i]->name == field->name) {
      event->fields.data[i] = field;
      return;
    }
  *VEC_PUSH(ck->arena, &event->fields) = field;
}

static void say_value_is_field(Checker *ck, const Event *event, const Field *listed, const Field *field)
{
  const char *name = sym_text(ck->names, field->name);
  Diag *diag = SAY(ck, E0208, listed->span, "`%s` is a value of `%s` and also a field of `%s`", name,
                   sym_text(ck->names, listed->name), sym_text(ck->names, event->name));
  diag_note(ck->diags, diag, field->span, "the field is here");
  diag_help(ck->diags, diag, "give the value another name and keep its text: `%s_value = \"%s\"`", name,
            name);
}

/* A bare word in a condition must mean one thing. */
static void check_values_apart(Checker *ck, const Event *event)
{
  Map fields;
  map_init(&fields, ck->arena);
  for (uint32_t i = 0; i < event->fields.len; i++)
    map_put(&fields, event->fields.data[i]->name, event->fields.data[i]);
  for (uint32_t i = 0; i < event->fields.len; i++) {
    const Field *field = event->fields.data[i];
    const ListedType *listed = field->type.base == VALUE_LISTED ? field->type.listed : NULL;
    for (uint32_t k = 0; listed && k < listed->count; k++) {
      const Field *same = map_get(&fields, listed->values[k].name);
      if (same) say_value_is_field(ck, event, field, same);
    }
  }
}

static void inherit(Checker *ck, Event *event, const Event *model)
{
  for (uint32_t i = 0; i < model->fields.len; i++) {
    Field *field = ARENA_NEW(ck->arena, Field);
    *field = *model->fields.data[i];
    field->used = false;
    *VEC_PUSH(ck->arena, &event->fields) = field;
  }
}

/* The fields of all events together are bounded too: `like` makes many of little text. */
static bool room_for(Checker *ck, const Event *event, uint32_t count)
{
  const char *name = sym_text(ck->names, event->name);
  ck->fields += count;
  if (count > FIELDS_MAX) SAY(ck, E0714, event->span, "`%s` has more than %d fields", name, FIELDS_MAX);
  if (ck->fields > ALL_FIELDS_MAX)
    SAY(ck, E0714, event->span, "with `%s` the events have more than %d fields together", name,
        ALL_FIELDS_MAX);
  return count <= FIELDS_MAX && ck->fields <= ALL_FIELDS_MAX;
}

/* ---- a kind of its own ---------------------------------------------------------------- */

static Event *base_event(Checker *ck, Event *event, const Ctx *ctx)
{
  const AstDecl *decl = event->decl;
  const Event *model = NULL;
  event->raw = decl->u.event.from.sym ? decl->u.event.from.sym : event->name;
  if (!sym_len(ck->names, event->raw)) SAY(ck, E0230, decl->u.event.from.span, "an event has no name in the data");
  if (decl->u.event.like.words.count) {
    model = event_named(ck, ctx, &decl->u.event.like);
    if (!model) return NULL;
  }
  if (!room_for(ck, event, decl->u.event.fields.count + (model ? model->fields.len : 0))) return NULL;
  if (model) inherit(ck, event, model);
  Map own;
  map_init(&own, ck->arena);
  uint32_t inherited = event->fields.len;
  for (AST_EACH(AstField, field, decl->u.event.fields))
    put_field(ck, event, &own, field_of(ck, field), inherited);
  check_values_apart(ck, event);
  return event;
}

/* ---- kinds that follow from others ------------------------------------------------------- */

/* What all the kinds have in common; the first says how it reads. */
static void common_field(Checker *ck, Event *event, const Field *field)
{
  bool optional = false;
  for (uint32_t i = 0; i < event->members.cases.len; i++) {
    const Field *other = event_field(event->members.cases.data[i].event, field->name);
    if (!other || !type_same(field->type, other->type)) return;
    optional |= other->type.optional;
  }
  Field *common = ARENA_NEW(ck->arena, Field);
  *common = *field;
  common->used = false;
  common->type.optional = optional;
  *VEC_PUSH(ck->arena, &event->fields) = common;
}

/* `A or A` of `B or B` of …: kinds that double. */
static bool room_for_kinds(Checker *ck, const Event *event)
{
  uint32_t count = event->members.cases.len;
  ck->fields += count;
  if (count <= KINDS_MAX && ck->fields <= ALL_FIELDS_MAX) return true;
  SAY(ck, E0714, event->span, "`%s` follows from too many kinds of events", sym_text(ck->names, event->name));
  return false;
}

static Event *derived_event(Checker *ck, Event *event, const Ctx *ctx)
{
  event->derived = true;
  if (!check_match(ck, ctx, &event->decl->u.derived.either, &event->members)) return NULL;
  if (!event->members.cases.len || !room_for_kinds(ck, event)) return NULL;
  const Event *first = event->members.cases.data[0].event;
  if (!first || !room_for(ck, event, first->fields.len)) return NULL;
  for (uint32_t i = 0; i < first->fields.len; i++) common_field(ck, event, first->fields.data[i]);
  return event;
}

/* ---- by need -------------------------------------------------------------------------------- */

static Sym shown_name(Checker *ck, const Entity *entity)
{
  if (entity->unit == ck->main || !entity->unit->module) return entity->name;
  return intern_z(ck->names, arena_printf(ck->arena, "%s.%s", sym_text(ck->names, entity->unit->module),
                                          sym_text(ck->names, entity->name)));
}

static Event *event_new(Checker *ck, const Entity *entity)
{
  Event *event = ARENA_NEW(ck->arena, Event);
  event->name = entity->name;
  event->shown = shown_name(ck, entity);
  event->span = entity->decl->name.span;
  event->file = event->span.file;
  event->std = entity->unit->std;
  event->doc = entity->decl->doc;
  event->decl = entity->decl;
  return event;
}

static Event *check_event(Checker *ck, const Entity *entity)
{
  Event *event = event_new(ck, entity);
  Ctx ctx = {.unit = entity->unit, .reach = REACH_EVENT, .what = "an event"};
  if (ck->checking.len > EVENT_NESTING) {
    SAY(ck, E0714, event->span, "more than %d events are explained one by the other", EVENT_NESTING);
    return NULL;
  }
  event = entity->decl->n.kind == AD_DERIVED ? derived_event(ck, event, &ctx) : base_event(ck, event, &ctx);
  if (event) *VEC_PUSH(ck->arena, &ck->program->events) = event;
  return event;
}

Event *need_event(Checker *ck, Entity *entity)
{
  if (!entity || entity->kind != AD_EVENT) return NULL;
  Aside aside = step_aside(ck);
  if (entity_enter(ck, entity)) {
    entity->is.event = check_event(ck, entity);
    entity_leave(ck, entity);
  }
  step_back(ck, aside);
  return entity->state == ENTITY_DONE ? entity->is.event : NULL;
}

Event *event_named(Checker *ck, const Ctx *ctx, const AstPath *path)
{
  return need_event(ck, find_entity(ck, ctx, path, 1u << AD_EVENT, "an event"));
}

Field *event_field(const Event *event, Sym name)
{
  for (uint32_t i = 0; event && i < event->fields.len; i++)
    if (event->fields.data[i]->name == name) return event->fields.data[i];
  return NULL;
}

/* "customer, wait, resolved", or NULL for too many. */
static const char *field_names(Checker *ck, const Event *event)
{
  Buf names;
  buf_init(&names, ck->arena);
  for (uint32_t i = 0; i < event->fields.len && event->fields.len <= LISTED_FIELDS; i++)
    buf_printf(&names, "%s%s", i ? ", " : "", sym_text(ck->names, event->fields.data[i]->name));
  return names.len ? names.data : NULL;
}

static void say_no_field(Checker *ck, const Event *event, AstName name)
{
  VEC(Sym) names = {0};
  for (uint32_t i = 0; i < event->fields.len; i++)
    *VEC_PUSH(ck->arena, &names) = event->fields.data[i]->name;
  const char *shown = sym_text(ck->names, event->shown);
  Diag *diag = SAY(ck, E0205, name.span, "`%s` has no field `%s`", shown, sym_text(ck->names, name.sym));
  diag_note(ck->diags, diag, event->span, "`%s` is declared here", shown);
  Sym near = nearest(ck, name.sym, names.data, names.len);
  if (near) {
    diag_help(ck->diags, diag, "did you mean `%s`?", sym_text(ck->names, near));
    diag_fix(ck->diags, diag, name.span, "%s", sym_text(ck->names, near));
  } else if (event->derived && event->members.cases.len > 1) {
    diag_help(ck->diags, diag, "it has the fields that all its kinds have in common, with one type");
  } else if (field_names(ck, event)) {
    diag_help(ck->diags, diag, "it has %s", field_names(ck, event));
  }
}

static bool lost_in(const Checker *ck, const Event *event, Sym name)
{
  return has_syntax_error(&event->decl->items) || lost_behind(ck, event->decl, name);
}

bool field_lost(const Checker *ck, const Event *event, Sym name)
{
  if (lost_in(ck, event, name)) return true;
  for (uint32_t i = 0; i < event->members.cases.len; i++)
    if (lost_in(ck, event->members.cases.data[i].event, name)) return true;
  return false;
}

Field *need_field(Checker *ck, const Event *event, AstName name)
{
  Field *field = event_field(event, name.sym);
  if (!field && event && name.sym && !field_lost(ck, event, name.sym)) say_no_field(ck, event, name);
  return field;
}

/* ---- all of them together ------------------------------------------------------------------- */

static void say_same_raw(Checker *ck, const Event *event, const Event *before)
{
  Diag *diag = SAY(ck, E0214, event->span, "`%s` and `%s` both stand for \"%s\" in the data",
                   sym_text(ck->names, event->shown), sym_text(ck->names, before->shown),
                   sym_text(ck->names, event->raw));
  diag_note(ck->diags, diag, before->span, "`%s` is declared here", sym_text(ck->names, before->shown));
  diag_help(ck->diags, diag, "say which text in the data names each: `event %s from \"…\"`",
            sym_text(ck->names, event->name));
}

/* Kinds of used files that are only models for others stay out of the program. */
static void drop_models(Checker *ck)
{
  uint32_t kept = 0;
  for (uint32_t i = 0; i < ck->program->events.len; i++) {
    Event *event = ck->program->events.data[i];
    if (event->used || event->file == ck->main->file->file) ck->program->events.data[kept++] = event;
  }
  ck->program->events.len = kept;
}

void settle_events(Checker *ck)
{
  Map raws;
  map_init(&raws, ck->arena);
  drop_models(ck);
  if (ck->program->events.len > EVENTS_MAX)
    SAY(ck, E0714, ck->program->events.data[EVENTS_MAX]->span, "more than %d kinds of events", EVENTS_MAX);
  for (uint32_t i = 0; i < ck->program->events.len; i++) {
    Event *event = ck->program->events.data[i];
    if (event->derived) continue;
    const Event *before = map_put(&raws, event->raw, event);
    bool own = event->file == ck->main->file->file; /* else what is to be changed is the other */
    if (before && own) say_same_raw(ck, event, before);
    if (before && !own) say_same_raw(ck, before, event);
  }
}
