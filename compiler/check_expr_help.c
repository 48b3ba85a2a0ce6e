/*
 * check_expr_help.c - a bare name that is nothing here: what may have been meant.
 */
#include <string.h>

#include "compiler/check_expr.h"

typedef struct Names {
  Arena *arena;
  VEC(Sym) list;
} Names;

static void add(void *user, Sym name)
{
  Names *names = user;
  *VEC_PUSH(names->arena, &names->list) = name;
}

static void add_word(Checker *ck, Names *names, const char *word)
{
  add(names, intern_z(ck->names, word));
}

static void add_fields(Names *names, const Event *event)
{
  for (uint32_t i = 0; event && i < event->fields.len; i++) add(names, event->fields.data[i]->name);
}

static void add_parameters(Names *names, const Env *env)
{
  for (; env; env = env->outer) {
    for (uint32_t i = 0; i < env->bindings.len; i++) add(names, env->bindings.data[i].name);
  }
}

/* Everything a bare name could be here. */
static void add_all(Checker *ck, const Ctx *ctx, Names *names)
{
  add_parameters(names, ctx->env);
  if (ctx->env && ctx->env->def) return;
  if (ctx->reach & REACH_EVENT) add_fields(names, ctx->event);
  if (ctx->reach & REACH_SUBJECT) each_subject_field(ck, ctx, add, names);
  if (ctx->reach & REACH_TOOK) add_word(ck, names, "took");
  if (ctx->reach & REACH_DEADLINE) add_word(ck, names, "deadline");
  for (uint32_t i = 0; (ctx->reach & REACH_KEYS) && ctx->experience && i < ctx->experience->keys.len; i++)
    add(names, ctx->experience->keys.data[i].name);
}

static const char *where_it_looked(Checker *ck, const Ctx *ctx)
{
  if (ctx->env && ctx->env->def) return "a function reads its parameters only; there is none called";
  if ((ctx->reach & REACH_EVENT) && ctx->event)
    return arena_printf(ck->arena, "%s has no field", sym_text(ck->names, ctx->event->shown));
  if ((ctx->reach & REACH_SUBJECT) && ctx->mot && subject_silent(ctx))
    return "a moment that silence opens has no opening event, so there is no";
  if ((ctx->reach & REACH_SUBJECT) && ctx->mot) return "the event that opens the moment has no field";
  if (ctx->reach & REACH_SUBJECT) return "the event that starts the journey has no field";
  return "there is no value here that is called";
}

/* It is a field of the opening event, not of the one tested. */
static bool help_subject(Checker *ck, const Ctx *ctx, Diag *diag, AstName name)
{
  uint8_t kind;
  bool reach = ctx->reach & (REACH_OPENING | REACH_START);
  if (!(ctx->reach & REACH_EVENT) || !reach || !subject_has(ck, ctx, name.sym, &kind)) return false;
  const char *head = kind == REF_OPENING ? "opening" : "start";
  const char *text = sym_text(ck->names, name.sym);
  diag_help(ck->diags, diag, "inside `where`, bare names are fields of the event tested; write `%s.%s` for "
            "the %s",
            head, text, kind == REF_OPENING ? "event that opened the moment" : "first event of the journey");
  diag_fix(ck->diags, diag, name.span, "%s.%s", head, text);
  return true;
}

static bool help_head(Checker *ck, const Ctx *ctx, Diag *diag, AstName name)
{
  const char *text = sym_text(ck->names, name.sym);
  bool head = strcmp(text, "start") == 0 || strcmp(text, "opening") == 0 || as_name_known(ctx, name.sym);
  if (!head) return false;
  diag_help(ck->diags, diag, "`%s` is an event: write `%s.field` for one of its values, `%s.at` for its time",
            text, text, text);
  return true;
}

static bool help_function(Checker *ck, const Ctx *ctx, Diag *diag, AstName name)
{
  const Entity *entity = ctx->unit ? map_get(&ctx->unit->names, name.sym) : NULL;
  const char *text = sym_text(ck->names, name.sym);
  if (!entity) return false;
  if (entity->kind == AD_DEF)
    diag_help(ck->diags, diag, "`%s` is a function: write `%s(…)` with its arguments", text, text);
  else
    diag_help(ck->diags, diag, "`%s` is the name of a declaration, not of a value", text);
  return true;
}

/* It is one of the values that a field in reach can have. */
static bool help_listed(Checker *ck, const Ctx *ctx, Diag *diag, Sym name)
{
  if (!(ctx->reach & REACH_EVENT) || !ctx->event) return false;
  for (uint32_t i = 0; i < ctx->event->fields.len; i++) {
    const Field *field = ctx->event->fields.data[i];
    if (field->type.base != VALUE_LISTED || listed_index(field->type.listed, name) < 0) continue;
    const char *shown = sym_text(ck->names, field->name);
    diag_help(ck->diags, diag, "`%s` is one of the values of `%s`: write `%s == %s`",
              sym_text(ck->names, name), shown,
              shown, sym_text(ck->names, name));
    return true;
  }
  return false;
}

/* Every event has a time, which is no field. */
static bool help_time(Checker *ck, const Ctx *ctx, Diag *diag, Sym name)
{
  if (!(ctx->reach & REACH_EVENT) || !ctx->event || strcmp(sym_text(ck->names, name), "at") != 0) return false;
  const char *kind = sym_text(ck->names, ctx->event->shown);
  diag_help(ck->diags, diag, "the time of %s is `%s.at`", kind, kind);
  return true;
}

/* Another kind has a field of that name. */
static bool help_other_kind(Checker *ck, const Ctx *ctx, Diag *diag, Sym name)
{
  for (uint32_t i = 0; i < ck->program->events.len; i++) {
    const Event *event = ck->program->events.data[i];
    if (!event || event->derived || !event_field(event, name)) continue;
    const char *field = sym_text(ck->names, name), *kind = sym_text(ck->names, event->shown);
    if (ctx->aggregate)
      diag_help(ck->diags, diag, "say of which event: `%s.%s`", kind, field);
    else
      diag_help(ck->diags, diag, "`%s` is a field of %s", field, kind);
    return true;
  }
  return false;
}

static bool help_nearest(Checker *ck, const Ctx *ctx, Diag *diag, AstName name)
{
  Names names = {.arena = ck->arena};
  add_all(ck, ctx, &names);
  Sym near = nearest(ck, name.sym, names.list.data, names.list.len);
  if (!near) return false;
  diag_help(ck->diags, diag, "did you mean `%s`?", sym_text(ck->names, near));
  diag_fix(ck->diags, diag, name.span, "%s", sym_text(ck->names, near));
  return true;
}

Expr *unknown_name(Checker *ck, const Ctx *ctx, AstName name)
{
  bool def = ctx->env && ctx->env->def;
  bool quiet = !def && (ctx->reach & REACH_SUBJECT) && !(ctx->reach & REACH_EVENT) && subject_broken(ck, ctx);
  if (quiet && was_reported(ck, ctx)) return value_error(ck, name.span);
  if (ctx->unit && lost_in_error(ck, ctx->unit, name.sym)) return value_error(ck, name.span);
  Diag *diag = SAY(ck, E0314, name.span, "%s `%s`", where_it_looked(ck, ctx), sym_text(ck->names, name.sym));
  bool several = !def && (ctx->reach & REACH_EVENT) && ctx->several;
  if (several)
    diag_note(ck->diags, diag, ctx->event->span, "%s is one of the kinds that are meant here; only fields "
              "that all of them have can be used", sym_text(ck->names, ctx->event->shown));
  bool helped = (!def && help_time(ck, ctx, diag, name.sym)) || (!def && help_subject(ck, ctx, diag, name)) || help_head(ck, ctx, diag, name) ||
                help_nearest(ck, ctx, diag, name) || help_function(ck, ctx, diag, name) ||
                help_listed(ck, ctx, diag, name.sym) || help_other_kind(ck, ctx, diag, name.sym);
  if (!helped && (ctx->reach & REACH_EVENT) && ctx->event)
    diag_note(ck->diags, diag, ctx->event->span, "%s is declared here",
              sym_text(ck->names, ctx->event->shown));
  return value_error(ck, name.span);
}
