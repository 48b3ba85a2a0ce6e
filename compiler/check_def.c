/*
 * check_def.c - a def on its own: its parameters, and its formula over them; the
 * parameters of a pattern.
 */
#include <string.h>

#include "bytecode/names.h"
#include "compiler/check_expr.h"
#include "compiler/scope.h"

static void say_twice(Checker *ck, const AstParam *param, const Binding *before)
{
  const char *name = sym_text(ck->names, param->name.sym);
  Diag *diag = SAY(ck, E0229, param->name.span, "`%s` is a parameter twice", name);
  diag_note(ck->diags, diag, before->param->name.span, "the first is here");
}

static void bind(Checker *ck, Env *env, const AstParam *param)
{
  const Binding *before = env_find(env, param->name.sym);
  if (before) {
    say_twice(ck, param, before);
    return;
  }
  bool value = param->n.kind == AST_PARAM_VALUE;
  Type type = value ? check_type(ck, &param->type) : type_error();
  if (!value) {
    Diag *diag = SAY(ck, E0202, param->n.span, "a def takes values, not events, calendars or MOTs");
    diag_help(ck->diags, diag, "a `pattern` can take them");
  }
  *VEC_PUSH(ck->arena, &env->bindings) = (Binding){.name = param->name.sym, .param = param, .type = type};
}

/* More than a reader could tell apart. */
static bool too_many(Checker *ck, const AstDecl *decl)
{
  if (decl->u.def.params.count <= PARAMS_MAX) return false;
  SAY(ck, E0714, decl->name.span, "`%s` has more than %d parameters", sym_text(ck->names, decl->name.sym),
      PARAMS_MAX);
  return true;
}

/* A function of the language would be hidden by it, or hide it. */
static bool is_builtin(const Checker *ck, Sym name)
{
  uint8_t kind;
  double quantile;
  if (aggregate_named(ck, name, &kind, &quantile)) return true;
  for (uint32_t i = 0; i < BUILTIN_END; i++)
    if (strcmp(builtin_info[i].name, sym_text(ck->names, name)) == 0) return true;
  return false;
}

void check_def(Checker *ck, Entity *entity)
{
  const AstDecl *decl = entity->decl;
  if (ck->diags->errors > DIAG_KEPT) return; /* a long chain of wrong ones takes long, and nothing is kept */
  if (too_many(ck, decl)) return;
  if (is_builtin(ck, entity->name)) {
    Diag *diag = SAY(ck, E0231, decl->name.span, "`%s` is a function of the language",
                     sym_text(ck->names, entity->name));
    diag_help(ck->diags, diag, "give the def another name");
  }
  Env *env = ARENA_NEW(ck->arena, Env);
  env->def = entity;
  for (AST_EACH(AstParam, param, decl->u.def.params)) bind(ck, env, param);
  Ctx ctx = {.unit = entity->unit, .env = env, .reach = REACH_AGGREGATE, .what = "a def"};
  if (decl->u.def.body) check_expr(ck, &ctx, decl->u.def.body);
}

/* ---- patterns ----------------------------------------------------------------------- */

static void check_apart(Checker *ck, const AstDecl *decl, const Event *model)
{
  for (AST_EACH(AstParam, param, decl->u.def.params)) {
    const Field *field = param->n.kind != AST_PARAM_VALUE ? NULL : event_field(model, param->name.sym);
    if (!field) continue;
    const char *name = sym_text(ck->names, param->name.sym);
    Diag *diag = SAY(ck, E0231, param->name.span, "`%s` is a parameter here and a field of `%s`", name,
                     sym_text(ck->names, model->shown));
    diag_note(ck->diags, diag, field->span, "the field is here");
    diag_help(ck->diags, diag, "give the parameter another name");
  }
}

bool check_pattern_names(Checker *ck, const Entity *entity)
{
  const AstDecl *decl = entity->decl;
  Ctx ctx = {.unit = entity->unit, .what = "a pattern"};
  if (too_many(ck, decl)) return false;
  for (AST_EACH(AstParam, param, decl->u.def.params)) {
    if (!param->like.words.count) continue;
    const Event *model = event_named(ck, &ctx, &param->like);
    if (model) check_apart(ck, decl, model);
  }
  return true;
}
