/*
 * check_def.c - a def on its own: its parameters, and its formula over them.
 */
#include "compiler/scope.h"
#include "compiler/type.h"

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
  Type type = param->is_event ? type_error() : check_type(ck, &param->type);
  if (param->is_event) {
    Diag *diag = SAY(ck, E0202, param->n.span, "a def takes values, not events");
    diag_help(ck->diags, diag, "a `pattern` can take a kind of event");
  }
  *VEC_PUSH(ck->arena, &env->bindings) = (Binding){.name = param->name.sym, .param = param, .type = type};
}

void check_def(Checker *ck, Entity *entity)
{
  const AstDecl *decl = entity->decl;
  if (ck->diags->errors > DIAG_KEPT) return; /* a long chain of wrong ones takes long, and nothing is kept */
  Env *env = ARENA_NEW(ck->arena, Env);
  env->def = entity;
  for (AST_EACH(AstParam, param, decl->u.def.params)) bind(ck, env, param);
  Ctx ctx = {.unit = entity->unit, .env = env, .reach = REACH_AGGREGATE, .what = "a def"};
  if (decl->u.def.body) check_expr(ck, &ctx, decl->u.def.body);
}
