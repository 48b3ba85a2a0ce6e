/*
 * check_mot_like.c - patterns: what the arguments of `like` are bound to, and
 * the pattern's own text, which is checked once whether it is used or not.
 */
#include "compiler/check_experience.h"
#include "compiler/check_expr.h"
#include "compiler/scope.h"

/* ---- parameters that stand for something with a capital ------------------------------ */

const char *param_phrase(const AstParam *param)
{
  static const char *const phrases[] = {[AST_PARAM_VALUE] = "a value", [AST_PARAM_EVENT] = "a kind of event",
                                        [AST_PARAM_CALENDAR] = "a calendar", [AST_PARAM_MOT] = "a MOT"};
  return phrases[param->n.kind];
}

bool env_kind(Checker *ck, const Ctx *ctx, const AstPath *path, AstParamKind kind, const Binding **ret)
{
  const Binding *binding = ctx->env && path->words.count == 1 ? env_find(ctx->env, path_last(path)) : NULL;
  if (!binding || !binding->param) return false;
  const AstParam wanted = {.n.kind = (uint16_t)kind};
  *ret = binding->param->n.kind == kind ? binding : NULL;
  if (*ret) return true;
  Diag *diag = SAY(ck, E0202, path->span, "`%s` stands for %s; %s is wanted here", path_text(ck, path),
                   param_phrase(binding->param), param_phrase(&wanted));
  diag_note(ck->diags, diag, binding->param->name.span, "the parameter is declared here");
  return true;
}

/* ---- a kind of event as an argument ------------------------------------------------- */

static void say_unlike(Checker *ck, const Event *event, const Field *wanted, const Field *got,
                       const Event *schema, Span span)
{
  const char *name = sym_text(ck->names, wanted->name), *shown = sym_text(ck->names, event->shown);
  const char *type = type_text(ck, wanted->type);
  Diag *diag = got ? SAY(ck, E0466, span, "`%s` of %s is %s, but the pattern needs %s", name, shown,
                         type_text(ck, got->type), type)
                   : SAY(ck, E0466, span, "%s has no field `%s`, which the pattern needs", shown, name);
  diag_note(ck->diags, diag, wanted->span, "asked for by %s", sym_text(ck->names, schema->shown));
  diag_note(ck->diags, diag, got ? got->span : event->span, "declared here");
  diag_help(ck->diags, diag, "declare `%s: %s` in %s", name, type, shown);
}

static bool fits(const Field *wanted, const Field *got)
{
  return got && type_same(wanted->type, got->type) && (wanted->type.optional || !got->type.optional);
}

/* Each kind that is given has what the schema has. */
static bool check_like(Checker *ck, const Match *match, const Event *schema, Span span)
{
  bool right = true;
  for (uint32_t i = 0; i < match->cases.len; i++) {
    const Event *event = match->cases.data[i].event;
    for (uint32_t k = 0; event && k < schema->fields.len; k++) {
      const Field *wanted = schema->fields.data[k], *got = event_field(event, wanted->name);
      if (fits(wanted, got)) continue;
      if (got || !field_lost(ck, event, wanted->name)) say_unlike(ck, event, wanted, got, schema, span);
      right = false;
    }
  }
  return right;
}

static void say_wrong_kind(Checker *ck, const AstParam *param, Span span)
{
  static const char *const helps[] = {
    [AST_PARAM_VALUE] = "a value, such as `60 s`", [AST_PARAM_EVENT] = "the name of an event",
    [AST_PARAM_CALENDAR] = "the name of a calendar alone, such as `std.calendar.Weekdays`",
    [AST_PARAM_MOT] = "the name of a MOT alone, of another experience as `Experience.Mot`"};
  bool value = param->n.kind == AST_PARAM_VALUE;
  Diag *diag = SAY(ck, E0465, span, "`%s` stands for %s; this is %s", sym_text(ck->names, param->name.sym),
                   param_phrase(param), value ? "a name with a capital" : "something else");
  diag_note(ck->diags, diag, param->name.span, "the parameter is declared here");
  diag_help(ck->diags, diag, "write %s", helps[param->n.kind]);
}

static bool bind_event(Checker *ck, const MotWork *work, const Ctx *pattern_ctx, AstExpr *arg,
                       Binding *binding)
{
  const AstParam *param = binding->param;
  if (arg->n.kind != AX_MATCHED) {
    if (arg->n.kind != AX_ERROR) say_wrong_kind(ck, param, arg->n.span);
    return false;
  }
  Ctx ctx = experience_ctx(work->mot.experience, REACH_JOURNEY, "an argument");
  AstNode *matched = &arg->u.match.matched->n;
  AstList list = {matched, matched, 1};
  binding->match = ARENA_NEW(ck->arena, Match);
  if (!check_match(ck, &ctx, &list, binding->match)) return false;
  if (param->like.words.count == 0) return true;
  const Event *schema = like_schema(ck, pattern_ctx, &param->like);
  return schema && check_like(ck, binding->match, schema, arg->n.span);
}

/* A calendar or a MOT, by its name alone. */
static bool bind_name(Checker *ck, const MotWork *work, const AstExpr *arg, Binding *binding)
{
  const AstMatched *matched = arg->n.kind == AX_MATCHED ? arg->u.match.matched : NULL;
  if (!matched || matched->where) {
    if (arg->n.kind != AX_ERROR) say_wrong_kind(ck, binding->param, arg->n.span);
    return false;
  }
  Ctx ctx = experience_ctx(work->mot.experience, 0, "an argument");
  if (binding->param->n.kind == AST_PARAM_MOT) return (binding->mot = mot_named(ck, &ctx, &matched->event));
  return (binding->calendar = calendar_named(ck, &ctx, &matched->event));
}

static bool bind_one(Checker *ck, const MotWork *work, AstExpr *arg, const AstParam *param)
{
  Ctx pattern_ctx = {.unit = work->pattern->unit, .what = "a pattern"};
  Binding *binding = VEC_PUSH(ck->arena, &work->env->bindings);
  binding->name = param->name.sym;
  binding->param = param;
  if (param->n.kind == AST_PARAM_EVENT) return bind_event(ck, work, &pattern_ctx, arg, binding);
  if (param->n.kind != AST_PARAM_VALUE) return bind_name(ck, work, arg, binding);
  binding->value = arg;
  binding->unit = experience_work(work->mot.experience)->unit;
  binding->type = check_type(ck, &param->type);
  if (arg->n.kind != AX_MATCHED) return true;
  say_wrong_kind(ck, param, arg->n.span);
  return false;
}

/* ---- the arguments of a use ------------------------------------------------------------ */

static void say_count(Checker *ck, const Entity *pattern, const AstMot *ast)
{
  uint32_t wanted = pattern->decl->u.def.params.count, got = ast->like_args.count;
  const char *name = sym_text(ck->names, pattern->name);
  Diag *diag = SAY(ck, E0464, ast->like.span, "%s takes %u argument%s, not %u", name, wanted,
                   wanted == 1 ? "" : "s", got);
  diag_note(ck->diags, diag, pattern->decl->name.span, "the pattern is declared here");
  if (wanted == 0)
    diag_help(ck->diags, diag, "write `like %s` alone", name);
  else
    diag_help(ck->diags, diag, "give one argument for each parameter, in their order");
}

static bool bind_all(Checker *ck, MotWork *work)
{
  const AstMot *ast = work->mot.ast;
  const AstList params = work->pattern->decl->u.def.params;
  AstNode *arg = ast->like_args.first;
  bool right = true;
  if (params.count != ast->like_args.count) {
    say_count(ck, work->pattern, ast);
    return false;
  }
  work->env = ARENA_NEW(ck->arena, Env);
  for (AST_EACH(AstParam, param, params)) {
    right &= bind_one(ck, work, (AstExpr *)(void *)arg, param);
    arg = arg->next;
  }
  return right;
}

static void inherit(Checker *ck, MotWork *work)
{
  ck->diags->muted++; /* what stands twice in the pattern is said where it is declared */
  merge_items(ck, work, work->pattern->decl->items, true);
  ck->diags->muted--;
}

void like_bind(Checker *ck, MotWork *work)
{
  Ctx ctx = experience_ctx(work->mot.experience, 0, "a MOT");
  work->pattern = find_entity(ck, &ctx, &work->mot.ast->like, 1u << AD_PATTERN, "a pattern");
  if (work->pattern) check_pattern_decl(ck, work->pattern->unit, work->pattern->decl);
  if (work->pattern && bind_all(ck, work)) {
    inherit(ck, work);
    return;
  }
  work->pattern = NULL;
  work->broken = true;
}

static void check_range(Checker *ck, const AstParam *param, const Expr *value)
{
  if (!param->type.has_range || value->kind != EX_INT) return;
  if (value->u.i >= param->type.low && value->u.i <= param->type.high) return;
  Diag *diag = SAY(ck, E0467, value->span, "`%s` takes %lld to %lld", sym_text(ck->names, param->name.sym),
                   (long long)param->type.low, (long long)param->type.high);
  diag_note(ck->diags, diag, param->name.span, "the parameter is declared here");
}

static bool is_literal(const AstExpr *value)
{
  const AstExpr *bare = bare_expr(value);
  if (bare->n.kind == AX_NEG) bare = bare_expr(bare->u.bin.l);
  return bare->n.kind >= AX_INT && bare->n.kind <= AX_FALSE;
}

void like_values(Checker *ck, MotWork *work, bool literals)
{
  if (!work->pattern || !work->item) return;
  Ctx ctx = experience_ctx(work->mot.experience, REACH_MOMENT, "an argument");
  ctx.mot = &work->mot;
  for (uint32_t i = 0; i < work->env->bindings.len; i++) {
    const Binding *binding = &work->env->bindings.data[i];
    if (!binding->value || type_wrong(binding->type) || is_literal(binding->value) != literals) continue;
    const char *what = arena_printf(ck->arena, "the argument for `%s`", sym_text(ck->names, binding->name));
    const Expr *value = check_value(ck, &ctx, binding->value, binding->type, what);
    check_range(ck, binding->param, value);
    work->misfit |= expr_wrong(value);
  }
}

/* ---- a pattern on its own ----------------------------------------------------------------- */

static void sample_bind(Checker *ck, const Ctx *ctx, ExperienceWork *stage, Binding *binding)
{
  const AstParam *param = binding->param;
  switch ((AstParamKind)param->n.kind) {
  case AST_PARAM_EVENT: binding->match = sample_match(ck, ctx, param); break;
  case AST_PARAM_CALENDAR: binding->calendar = sample_calendar(ck, param); break;
  case AST_PARAM_MOT: binding->mot = &mot_new(ck, &stage->experience, param->name)->mot; break;
  default:
    binding->type = check_type(ck, &param->type);
    binding->value = sample_value(ck, param, binding->type);
  }
}

/* Parameters stand for samples of their types, so that the whole text is read as it will be. */
static Env *sample_env(Checker *ck, const Ctx *ctx, ExperienceWork *stage, AstList params)
{
  Env *env = ARENA_NEW(ck->arena, Env);
  for (AST_EACH(AstParam, param, params)) {
    Binding *binding = VEC_PUSH(ck->arena, &env->bindings);
    binding->name = param->name.sym;
    binding->param = param;
    binding->unit = ctx->unit;
    sample_bind(ck, ctx, stage, binding);
  }
  return env;
}

static void check_params(Checker *ck, AstList params)
{
  for (AST_EACH(AstParam, param, params)) {
    for (AST_EACH(AstParam, first, params)) {
      if (first == param) break;
      if (first->name.sym == param->name.sym)
        say_twice(ck, E0229, param->name.span, first->name.span, quoted(ck, param->name.span));
    }
  }
}

/* An experience of which nothing is known, for the pattern's one MOT. */
static void check_body(Checker *ck, Entity *entity, Unit *unit, const AstDecl *decl)
{
  ExperienceWork *stage = ARENA_NEW(ck->arena, ExperienceWork);
  Ctx ctx = {.unit = unit, .what = "a pattern"};
  stage->unit = unit;
  stage->sample = stage->started = true;
  stage->experience.name = decl->name.sym;
  stage->experience.span = decl->name.span;
  MotWork *work = mot_new(ck, &stage->experience, decl->name);
  work->pattern = entity;
  check_params(ck, decl->u.def.params);
  work->env = sample_env(ck, &ctx, stage, decl->u.def.params);
  (void)items_of(ck, decl->items);
  inherit(ck, work);
  mot_open(ck, work);
  check_mot_clauses(ck, work);
}

void check_pattern_decl(Checker *ck, Unit *unit, const AstDecl *decl)
{
  Entity *entity = map_get(&unit->names, name_key(decl->name.sym, AD_PATTERN));
  Entity other = {.name = decl->name.sym, .kind = AD_PATTERN, .decl = decl, .unit = unit};
  if (!entity || entity->decl != decl) entity = &other; /* declared twice: nobody can use this one */
  if (entity->state != ENTITY_NEW) return;
  Aside aside = step_aside(ck);
  uint32_t errors = ck->diags->errors;
  entity->state = ENTITY_CHECKING;
  check_body(ck, entity, unit, decl);
  entity->state = ENTITY_DONE;
  if (ck->diags->errors == errors) entity->is.any = entity; /* says to its uses that the text is right */
  step_back(ck, aside);
}
