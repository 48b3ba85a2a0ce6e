/*
 * compare_through.c - the declarations through which a clause changed that reads as before.
 */
#include <string.h>

#include "compiler/compare.h"
#include "compiler/fmt_parts.h"
#include "grammar/mot.tab.h"

enum { NAMED_MOST = 3 };

/* ---- the declarations of a side ---- */

static const char *const kinds[] = {
  [AD_STREAM] = "stream", [AD_CALENDAR] = "calendar", [AD_EVENT] = "event", [AD_DERIVED] = "event",
  [AD_PATTERN] = "pattern", [AD_DEF] = "def", [AD_METRIC] = "metric",
};

static Declared *declared_named(Side *side, const char *name)
{
  return map_get(&side->declared_names, intern_z(side->names, name));
}

static void declare(Side *side, const AstDecl *decl)
{
  const char *kind = decl->n.kind < sizeof kinds / sizeof *kinds ? kinds[decl->n.kind] : NULL;
  if (!kind) return;
  const char *name = decl->name.sym ? sym_text(side->names, decl->name.sym) : kind;
  const char *text = text_written(side, decl->n.span);
  Declared *before = declared_named(side, name);
  if (before) { /* of another file: whichever it is */
    before->text = arena_printf(side->arena, "%s\n%s", before->text, text);
    return;
  }
  Declared *declared = ARENA_NEW(side->arena, Declared);
  *declared = (Declared){.kind = kind, .name = name, .text = text, .decl = decl};
  *VEC_PUSH(side->arena, &side->declared) = declared;
  map_put(&side->declared_names, intern_z(side->names, name), declared);
}

static void declare_all_of(Side *side)
{
  for (uint32_t i = 0; i < side->checker.units.len; i++)
    for (AST_EACH(AstDecl, decl, side->checker.units.data[i]->file->decls)) declare(side, decl);
}

static void note_events(Side *side)
{
  map_init(&side->events, side->arena);
  for (uint32_t i = 0; i < side->program->events.len; i++) {
    Event *event = side->program->events.data[i];
    if (event->decl) map_put(&side->events, (uint64_t)(uintptr_t)event->decl, event);
  }
}

static const char *field_meaning(const Side *side, const Field *field)
{
  Meaning m;
  meaning_init(&m, side->arena);
  mean_field(&m, side, field);
  return m.full.data;
}

/* Clauses see of a base kind by what it is known in the data and how its fields are read, no more. */
static bool seen_alike(const Side *side, const Event *event, const Side *other, const Event *there)
{
  if (strcmp(sym_text(side->names, event->raw), sym_text(other->names, there->raw)) != 0) return false;
  for (uint32_t i = 0; i < event->fields.len; i++) {
    const Field *field = event->fields.data[i];
    const Field *same = event_field(there, intern_z(other->names, sym_text(side->names, field->name)));
    if (same && strcmp(field_meaning(side, field), field_meaning(other, same)) != 0) return false;
  }
  return true;
}

static bool declared_alike(Side *side, const Declared *declared, Side *other, const Declared *there)
{
  if (!there) return false;
  if (strcmp(declared->text, there->text) == 0) return true;
  const Event *event = map_get(&side->events, (uint64_t)(uintptr_t)declared->decl);
  const Event *other_event = map_get(&other->events, (uint64_t)(uintptr_t)there->decl);
  bool bases = event && other_event && !event->derived && !other_event->derived;
  return bases && seen_alike(side, event, other, other_event);
}

static void mark_changed(Side *side, Side *other)
{
  for (uint32_t i = 0; i < side->declared.len; i++) {
    Declared *declared = side->declared.data[i];
    declared->changed = !declared_alike(side, declared, other, declared_named(other, declared->name));
  }
}

void through_prepare(Side *old_side, Side *new_side)
{
  note_events(old_side);
  note_events(new_side);
  declare_all_of(old_side);
  declare_all_of(new_side);
  mark_changed(old_side, new_side);
  mark_changed(new_side, old_side);
}

/* ---- the search ---- */

typedef struct Search {
  Side *side;
  uint32_t number;
  const char *found[NAMED_MOST];
  uint32_t count;
  Arena *arena;
} Search;

static void search_span(Search *search, Span span);

static void found(Search *search, const Declared *declared)
{
  const char *words = strcmp(declared->kind, declared->name) == 0
                        ? arena_printf(search->arena, "the stream")
                        : arena_printf(search->arena, "%s %s", declared->kind, declared->name);
  for (uint32_t i = 0; i < search->count; i++)
    if (strcmp(search->found[i], words) == 0) return;
  if (search->count < NAMED_MOST) search->found[search->count++] = words;
}

static void search_declared(Search *search, Declared *declared)
{
  if (!declared || declared->seen == search->number) return;
  declared->seen = search->number;
  if (declared->changed)
    found(search, declared);
  else
    search_span(search, declared->decl->n.span);
}

/* A capital names a kind; a small name before a parenthesis a def. */
static void search_span(Search *search, Span span)
{
  Side *side = search->side;
  if (span.end == 0) return;
  const WrittenFile *file = &side->files[span.file];
  const char *source = side->sources.files[span.file].text;
  for (uint32_t i = token_from(side, span); i < file->count && file->tokens[i].span.end <= span.end; i++) {
    const LexToken *token = &file->tokens[i];
    bool named = token->kind == UNAME || (token->kind == LNAME && file->tokens[i + 1].kind == '(');
    if (!named) continue;
    Sym sym = intern(side->names, source + token->span.start, token->span.end - token->span.start);
    search_declared(search, map_get(&side->declared_names, sym));
  }
}

static void search_aspect(Search *search, Side *side, const Aspect *aspect)
{
  search->side = side;
  if (!aspect) return;
  search_span(search, aspect->span);
  search_span(search, aspect->head_span);
}

/* What the clause rests on beside what it names: what opens the moment, what starts the journey. */
static void search_around(Search *search, Side *side, const Thing *thing)
{
  search->side = side;
  if (!thing) return;
  search_span(search, thing->span);
  for (uint32_t i = 0; thing->owner && i < thing->owner->aspects.len; i++)
    if (strcmp(thing->owner->aspects.data[i].clause, "starts") == 0)
      search_span(search, thing->owner->aspects.data[i].span);
}

const char *through_words(Side *old_side, Side *new_side, const Aspect *was, const Aspect *is, const Thing *thing)
{
  static const char *const joints[] = {"", " and ", ", "};
  Search search = {.number = ++new_side->searches, .arena = new_side->arena};
  search_aspect(&search, new_side, is);
  search_aspect(&search, old_side, was);
  if (search.count == 0) search_around(&search, new_side, thing);
  if (search.count == 0) search_around(&search, old_side, thing->other);
  if (search.count == 0) search_declared(&search, declared_named(new_side, "stream"));
  Buf words;
  buf_init(&words, new_side->arena);
  for (uint32_t i = 0; i < search.count; i++)
    buf_printf(&words, "%s%s", i == 0 ? "" : joints[i + 1 == search.count ? 1 : 2], search.found[i]);
  return words.len ? words.data : "";
}
