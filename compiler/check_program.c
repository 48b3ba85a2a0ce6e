/*
 * check_program.c - the map of the check: one call per stage, in order.
 */
#include <stdlib.h>

#include "compiler/scope.h"

static void start(Checker *ck)
{
  Program *program = ARENA_NEW(ck->arena, Program);
  program->arena = ck->arena;
  program->names = ck->names;
  program->sources = ck->sources;
  ck->program = program;
  map_init(&ck->modules, ck->arena);
  map_init(&ck->listed_sets, ck->arena);
}

/* ---- the file given --------------------------------------------------------------- */

/* People, calendars and events first: everything else refers to them. */
static void check_things(Checker *ck, const Unit *unit)
{
  for (uint32_t i = 0; i < unit->entities.len; i++) {
    Entity *entity = unit->entities.data[i];
    if (entity->clash) continue;
    switch (entity->kind) {
    case AD_OWNER: need_owner(ck, entity); break;
    case AD_CALENDAR: need_calendar(ck, entity); break;
    case AD_EVENT: need_event(ck, entity); break;
    default: break;
    }
  }
}

static void check_rule(Checker *ck, Entity *entity)
{
  switch (entity->kind) {
  case AD_EXPERIENCE: need_experience(ck, entity); break;
  case AD_METRIC: need_metric(ck, entity); break;
  case AD_NSAT: check_nsat(ck, entity); break;
  case AD_DEF: check_def(ck, entity); break;
  case AD_PATTERN:
    if (check_pattern_names(ck, entity)) check_pattern_decl(ck, entity->unit, entity->decl);
    break;
  case AD_REVIEW: check_review(ck, entity->unit, entity->decl); break;
  default: break;
  }
}

static void check_rules(Checker *ck, Unit *unit)
{
  for (uint32_t i = 0; i < unit->entities.len; i++) check_rule(ck, unit->entities.data[i]);
  for (AST_EACH(AstDecl, decl, unit->file->decls)) {
    if (decl->n.kind == AD_TEST) check_test(ck, unit, decl);
  }
}

/* ---- in the order of the text --------------------------------------------------------- */

static int by_span(Span a, Span b)
{
  if (a.file != b.file) return a.file < b.file ? -1 : 1;
  return (a.start > b.start) - (a.start < b.start);
}

/* What was needed first may stand last. */
#define ORDER(T)                                                      \
  static int order_##T(const void *a, const void *b)                  \
  {                                                                   \
    return by_span((*(T *const *)a)->span, (*(T *const *)b)->span);   \
  }
ORDER(Event)
ORDER(Owner)
ORDER(Calendar)
ORDER(Experience)
ORDER(Metric)

#define SORT(list, T) \
  ((list).len ? qsort((list).data, (list).len, sizeof *(list).data, order_##T) : (void)0)

static void order_program(Program *program)
{
  SORT(program->events, Event);
  SORT(program->owners, Owner);
  SORT(program->calendars, Calendar);
  SORT(program->experiences, Experience);
  SORT(program->metrics, Metric);
}

/* ---- the map ---------------------------------------------------------------------------- */

static void lint_uses(Checker *ck, const Unit *unit)
{
  for (uint32_t i = 0; i < unit->uses.len; i++) {
    const AstDecl *use = unit->use_decls.data[i];
    if (unit->use_used.data[i]) continue;
    Diag *diag = SAY(ck, W0501, use->n.span, "nothing of `%s` is used here", path_text(ck, &use->u.use));
    diag_help(ck->diags, diag, "leave the line out, or name what it is for in full");
  }
}

Program *check_program(Checker *ck, uint32_t file)
{
  start(ck);
  ck->main = load_unit(ck, file, false);
  ck->program->module = ck->main->module;
  declare_all(ck, ck->main);
  load_uses(ck, ck->main);
  choose_stream(ck);
  check_things(ck, ck->main);
  check_rules(ck, ck->main);
  check_outcome_cycles(ck);
  settle_owners(ck);
  settle_events(ck);
  order_program(ck->program);
  collect_allows(ck, ck->main);
  if (ck->errors_only) return ck->program;
  if (ck->diags->errors == 0) {
    lint_uses(ck, ck->main);
    lint_program(ck);
  }
  apply_allows(ck);
  return ck->program;
}
