/*
 * compare_facts.c - what rules rest on, clause by clause: the stream, calendars, events, owners.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/compare.h"

static const Span nowhere = {0, 0, 0};

/* ---- things and aspects ---- */

/* Things of one name are told apart by their order. */
static const char *key_of_thing(Side *side, mot_change_of of, const char *name)
{
  for (uint32_t count = 0;; count++) {
    const char *key = arena_printf(side->arena, "%d %s %u", of, name, count);
    if (!map_get(&side->by_name, intern_z(side->names, key))) return key;
  }
}

Thing *thing_new(Side *side, mot_change_of of, const char *name, Span span)
{
  Thing *thing = ARENA_NEW(side->arena, Thing);
  thing->of = of;
  thing->name = name;
  thing->span = span;
  thing->text = text_head(side, span);
  thing->key = key_of_thing(side, of, name);
  *VEC_PUSH(side->arena, &side->things) = thing;
  map_put(&side->by_name, intern_z(side->names, thing->key), thing);
  return thing;
}

Aspect *aspect_new(Side *side, Thing *thing, const char *clause, Span span)
{
  Aspect *aspect = VEC_PUSH(side->arena, &thing->aspects);
  *aspect = (Aspect){.clause = clause, .id = "", .full = "", .shape = "", .words = "", .span = span};
  aspect->text = text_written(side, span);
  return aspect;
}

void aspect_means(Aspect *aspect, const Meaning *m)
{
  aspect->full = m->full.len ? m->full.data : "";
  aspect->shape = m->shape.len ? m->shape.data : "";
}

Aspect *aspect_words(Side *side, Thing *thing, const char *clause, const char *words, Span span)
{
  Aspect *aspect = aspect_new(side, thing, clause, span);
  aspect->words = words;
  return aspect;
}

void aspect_titles(Side *side, Thing *thing, AstText title, Sym doc)
{
  aspect_words(side, thing, "title", sym_text(side->names, title.sym), title.sym ? title.span : nowhere);
  Aspect *aspect = aspect_words(side, thing, "doc", text_doc(side, doc), nowhere);
  if (doc) aspect->text = arena_printf(side->arena, "## %s", aspect->words);
  if (doc) aspect->span = thing->span;
}

const AstItem *item_of(AstList items, AstItemKind kind)
{
  for (AST_EACH(AstItem, item, items))
    if (item->n.kind == kind) return item;
  return NULL;
}

Span item_span_of(const AstItem *item)
{
  return item ? item->n.span : nowhere;
}

/* ---- nodes by their names ---- */

static uint64_t place_key(Span name)
{
  return (uint64_t)name.file << 32 | name.start;
}

const void *node_written(const Side *side, Span name)
{
  return map_get(&side->written, place_key(name));
}

static void note_goals(Side *side, AstList items)
{
  for (AST_EACH(AstItem, item, items)) {
    if (item->n.kind != AI_GOAL) continue;
    map_put(&side->written, place_key(item->u.goal->name.span), item);
    note_goals(side, item->u.goal->items);
  }
}

static void note_decl(Side *side, AstDecl *decl)
{
  if (decl->n.kind == AD_REVIEW) map_put(&side->written, place_key(decl->name.span), decl);
  if (decl->n.kind == AD_NSAT) note_goals(side, decl->u.nsat.goals);
  if (decl->n.kind != AD_EVENT) return;
  for (AST_EACH(AstField, field, decl->u.event.fields)) map_put(&side->written, place_key(field->name.span), field);
}

static void note_nodes(Side *side)
{
  for (uint32_t i = 0; i < side->checker.units.len; i++)
    for (AST_EACH(AstDecl, decl, side->checker.units.data[i]->file->decls)) note_decl(side, decl);
}

/* An aspect of one number or text that decides. */
static void aspect_limit(Side *side, Thing *thing, const char *clause, Span span, int64_t value)
{
  Meaning m;
  meaning_init(&m, side->arena);
  mean_limit(&m, "%" PRId64, value);
  aspect_means(aspect_new(side, thing, clause, span), &m);
}

static void aspect_fact(Side *side, Thing *thing, const char *clause, Span span, Sym value)
{
  Meaning m;
  meaning_init(&m, side->arena);
  mean_text(&m, side, value);
  aspect_means(aspect_new(side, thing, clause, span), &m);
}

/* ---- the stream ---- */

static const AstDecl *decl_at(const Side *side, Span span)
{
  for (uint32_t i = 0; i < side->checker.units.len; i++) {
    const AstFile *file = side->checker.units.data[i]->file;
    if (file->file != span.file) continue;
    for (AST_EACH(AstDecl, decl, file->decls))
      if (decl->n.span.start <= span.start && span.end <= decl->n.span.end) return decl;
  }
  return NULL;
}

static const AstItem *stream_field(const Side *side, const AstDecl *decl, const char *name)
{
  if (!decl) return NULL;
  for (AST_EACH(AstItem, item, decl->items))
    if (item->n.kind == AI_STREAM_FIELD && strcmp(sym_text(side->names, item->u.stream.name.sym), name) == 0)
      return item;
  return NULL;
}

static void stream_aspects(Side *side, Thing *thing, const AstDecl *decl)
{
  const StreamUse *stream = &side->program->stream;
  AstList none = {0}, items = decl ? decl->items : none;
  Meaning m;
  aspect_fact(side, thing, "type", item_span_of(stream_field(side, decl, "type")), stream->type_path);
  meaning_init(&m, side->arena);
  mean_text(&m, side, stream->time_path);
  mean(&m, " %d", stream->time_format);
  mean_text(&m, side, stream->time_pattern);
  aspect_means(aspect_new(side, thing, "time", item_span_of(stream_field(side, decl, "time"))), &m);
  meaning_init(&m, side->arena);
  mean_text(&m, side, stream->id_path);
  if (stream->has_dedupe) mean(&m, " dedupe");
  if (stream->has_dedupe) mean_limit(&m, " %" PRId64, stream->dedupe);
  aspect_means(aspect_new(side, thing, "id", item_span_of(stream_field(side, decl, "id"))), &m);
  aspect_fact(side, thing, "zone", item_span_of(item_of(items, AI_ZONE)), stream->zone);
  aspect_limit(side, thing, "lateness", item_span_of(item_of(items, AI_LATENESS)), stream->lateness);
  aspect_limit(side, thing, "idle", item_span_of(item_of(items, AI_IDLE)), stream->idle);
  aspect_limit(side, thing, "ahead", item_span_of(item_of(items, AI_AHEAD)), stream->ahead);
}

static void stream_thing(Side *side)
{
  Span span = side->program->stream.span;
  const AstDecl *decl = decl_at(side, span);
  bool written = decl && decl->n.kind == AD_STREAM;
  Thing *thing = thing_new(side, MOT_CHANGE_OF_STREAM, "stream", written ? decl->n.span : nowhere);
  stream_aspects(side, thing, written ? decl : NULL);
}

/* ---- calendars ---- */

static void calendar_thing(Side *side, const Calendar *calendar)
{
  Meaning m;
  AstList items = calendar->decl->items;
  Thing *thing = thing_new(side, MOT_CHANGE_OF_CALENDAR, sym_text(side->names, calendar->name), calendar->decl->n.span);
  aspect_titles(side, thing, (AstText){0}, calendar->decl->doc);
  aspect_fact(side, thing, "zone", item_span_of(item_of(items, AI_ZONE)), calendar->zone);
  meaning_init(&m, side->arena);
  for (uint32_t i = 0; i < calendar->hours.len; i++) {
    const OpenHoursOf *hours = &calendar->hours.data[i];
    buf_printf(&m.full, " %d %" PRId64 "-%" PRId64, hours->weekday, hours->from, hours->to);
  }
  aspect_means(aspect_new(side, thing, "open", item_span_of(item_of(items, AI_OPEN))), &m);
  meaning_init(&m, side->arena);
  for (uint32_t i = 0; i < calendar->closed.len; i++)
    buf_printf(&m.full, " %" PRId64 "-%" PRId64, calendar->closed.data[i].first, calendar->closed.data[i].last);
  aspect_means(aspect_new(side, thing, "closed", item_span_of(item_of(items, AI_CLOSED))), &m);
}

/* ---- events ---- */

static int by_text(const void *a, const void *b)
{
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Their order says nothing. */
static void mean_listed_values(Meaning *m, const Side *side, const ListedType *listed)
{
  if (!listed || listed->count == 0) return;
  const char **values = ARENA_ARRAY(side->arena, const char *, listed->count);
  for (uint32_t i = 0; i < listed->count; i++) {
    const ListedValueName *value = &listed->values[i];
    values[i] = arena_printf(side->arena, "%zu\"%s\"%s", sym_len(side->names, value->raw),
                             sym_text(side->names, value->raw), sym_text(side->names, value->name));
  }
  qsort(values, listed->count, sizeof *values, by_text);
  for (uint32_t i = 0; i < listed->count; i++) mean(m, " =%s", values[i]);
}

static void field_aspect(Side *side, Thing *thing, const Field *field)
{
  const AstField *ast = node_written(side, field->span);
  Meaning m;
  meaning_init(&m, side->arena);
  mean_type(&m, side, &field->type);
  mean_field(&m, side, field);
  if (field->has_range) mean(&m, " in");
  if (field->has_range) mean_limit(&m, " %" PRId64 "..%" PRId64, field->low, field->high);
  mean_listed_values(&m, side, field->type.listed);
  Aspect *aspect = aspect_new(side, thing, sym_text(side->names, field->name), ast ? ast->n.span : nowhere);
  aspect_means(aspect, &m);
  aspect->id = "field";
  aspect->words = text_doc(side, field->doc);
}

static Span span_of_list(AstList list)
{
  return list.first ? span_join(list.first->span, list.last->span) : nowhere;
}

static void event_thing(Side *side, const Event *event)
{
  Meaning m;
  const AstDecl *decl = event->decl;
  Thing *thing = thing_new(side, MOT_CHANGE_OF_EVENT, sym_text(side->names, event->shown), decl->n.span);
  aspect_titles(side, thing, (AstText){0}, event->doc);
  meaning_init(&m, side->arena);
  if (event->derived) {
    mean_match(&m, side, &event->members);
    aspect_means(aspect_new(side, thing, "is", span_of_list(decl->u.derived.either)), &m);
    return;
  }
  mean_text(&m, side, event->raw);
  aspect_means(aspect_new(side, thing, "from", decl->u.event.from.sym ? decl->u.event.from.span : nowhere), &m);
  for (uint32_t i = 0; i < event->fields.len; i++) field_aspect(side, thing, event->fields.data[i]);
}

/* ---- owners ---- */

static const char *owner_name(const Side *side, const Owner *owner)
{
  return owner ? sym_text(side->names, owner->name) : "";
}

static void owner_thing(Side *side, const Owner *owner)
{
  static const char *const roles[] = {"", "experience_manager", "mot_manager", "producer"};
  AstList items = owner->decl->items;
  const AstDecl *decl = owner->decl;
  Thing *thing = thing_new(side, MOT_CHANGE_OF_OWNER, sym_text(side->names, owner->name), decl->n.span);
  aspect_titles(side, thing, decl->title, decl->doc);
  aspect_words(side, thing, "kind", owner->kind == OWNER_TEAM ? "team" : "owner", nowhere);
  aspect_words(side, thing, "role", roles[owner->role], item_span_of(item_of(items, AI_ROLE)));
  aspect_words(side, thing, "contact", sym_text(side->names, owner->contact), item_span_of(item_of(items, AI_CONTACT)));
  aspect_words(side, thing, "reports to", owner_name(side, owner->reports_to),
               item_span_of(item_of(items, AI_REPORTS_TO)));
  aspect_words(side, thing, "lead", owner_name(side, owner->lead), item_span_of(item_of(items, AI_LEAD)));
}

void side_facts(Side *side)
{
  const Program *program = side->program;
  note_nodes(side);
  stream_thing(side);
  for (uint32_t i = 0; i < program->calendars.len; i++) calendar_thing(side, program->calendars.data[i]);
  for (uint32_t i = 0; i < program->events.len; i++)
    if (!program->events.data[i]->std && program->events.data[i]->decl) event_thing(side, program->events.data[i]);
  for (uint32_t i = 0; i < program->owners.len; i++) owner_thing(side, program->owners.data[i]);
}
