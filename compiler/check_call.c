/*
 * check_call.c - functions: the built-in ones of time, and defs, which are filled
 * in where they are called (call by name: an argument stands for itself wherever
 * its parameter is read).
 */
#include <string.h>

#include "compiler/check_expr.h"

enum { BUILTIN_ARGS = 2, CANDIDATES = 256 };

typedef struct BuiltinInfo {
  const char *name;
  uint8_t result;
  uint8_t parameters[BUILTIN_ARGS];
  uint8_t count;
  bool calendar;
  const char *synopsis;
} BuiltinInfo;

enum { NEEDS_ZONE, NEEDS_CALENDAR };

#define TYPES_1(a) {VALUE_##a}, 1
#define TYPES_2(a, b) {VALUE_##a, VALUE_##b}, 2
#define TYPES_PICK(a, b, n, ...) TYPES_##n
#define TYPES(...) TYPES_PICK(__VA_ARGS__, 2, 1, 0)(__VA_ARGS__)

static const BuiltinInfo builtins[BUILTIN_END] = {
#define BUILTIN(ID, name, result, types, needs, synopsis) \
  [BUILTIN_##ID] = {#name, VALUE_##result, TYPES types, NEEDS_##needs, synopsis},
#include "bytecode/builtins.def"
};

static int builtin_named(const char *name)
{
  for (int i = 0; i < BUILTIN_END; i++) {
    if (strcmp(builtins[i].name, name) == 0) return i;
  }
  return -1;
}

/* "next_open(t, Calendar)" */
static const char *usage(Checker *ck, const BuiltinInfo *info)
{
  static const char *const shown[] = {[VALUE_TIME] = "t", [VALUE_DURATION] = "1 h", [VALUE_INT] = "3"};
  return arena_printf(ck->arena, "%s(t%s%s%s)", info->name, info->count > 1 ? ", " : "",
                      info->count > 1 ? shown[info->parameters[1]] : "", info->calendar ? ", Calendar" : "");
}

static Expr *say_arguments(Checker *ck, const AstExpr *expr, const BuiltinInfo *info)
{
  Diag *diag = SAY(ck, E0319, expr->n.span, "`%s` takes %u argument%s, not %u", info->name,
                   info->count + (info->calendar ? 1u : 0u), info->count + info->calendar == 1 ? "" : "s",
                   expr->u.call.args.count);
  diag_help(ck->diags, diag, "`%s` is %s", usage(ck, info), info->synopsis);
  return value_error(ck, expr->n.span);
}

static Calendar *calendar_argument(Checker *ck, const Ctx *ctx, const AstExpr *arg)
{
  arg = bare_expr(written(ctx, arg));
  if (arg->n.kind == AX_MATCHED && !arg->u.match.matched->where)
    return calendar_named(ck, ctx, &arg->u.match.matched->event);
  Diag *diag = SAY(ck, E0328, arg->n.span, "the last argument here is the name of a calendar");
  diag_help(ck->diags, diag, "calendars are declared by `calendar FieldHours { … }` and begin with a "
            "capital");
  return NULL;
}

/* One argument of the type that the table says; NULL after a report. */
static Expr *builtin_argument(Checker *ck, const Ctx *ctx, const AstExpr *arg, Type want, const char *name)
{
  Expr *value = expr_of(ck, ctx, arg);
  if (expr_wrong(value) || !expr_there(ck, value)) return NULL;
  if (type_same(value->type, want)) return value;
  Diag *diag = SAY(ck, E0320, arg->n.span, "%s is %s, but `%s` takes %s here", quoted(ck, arg->n.span),
                   type_phrase(ck, value->type), name, type_phrase(ck, want));
  const char *unit = plain_number(arg) ? with_unit(ck, bare_expr(arg), want) : NULL;
  if (unit && want.base == VALUE_DURATION) diag_help(ck->diags, diag, "write `%s`", unit);
  return NULL;
}

static Expr *builtin_of(Checker *ck, const Ctx *ctx, const AstExpr *expr, int number)
{
  const BuiltinInfo *info = &builtins[number];
  if (expr->u.call.args.count != info->count + (info->calendar ? 1u : 0u))
    return say_arguments(ck, expr, info);
  Expr *call = value_new(ck, EX_CALL, type_plain(info->result), expr->n.span);
  call->op = (uint8_t)number;
  call->u.call.args = ARENA_ARRAY(ck->arena, Expr *, info->count);
  bool fine = true;
  uint32_t i = 0;
  for (AST_EACH(AstExpr, arg, expr->u.call.args)) {
    if (i < info->count) {
      Expr *value = builtin_argument(ck, ctx, arg, type_plain(info->parameters[i]), info->name);
      call->u.call.args[i++] = value;
      fine = fine && value;
    } else {
      call->u.call.calendar = calendar_argument(ck, ctx, arg);
      fine = fine && call->u.call.calendar;
    }
  }
  call->u.call.count = info->count;
  return fine ? call : value_error(ck, expr->n.span);
}

/* ---- defs ---- */

const AstExpr *written(const Ctx *ctx, const AstExpr *expr)
{
  const Env *env = ctx->env;
  for (unsigned i = 0; env && i < CHECK_DEPTH; i++) {
    Sym word = single_word(expr);
    const Binding *binding = word ? env_find(env, word) : NULL;
    if (!binding || !binding->value) break;
    expr = binding->value;
    env = binding->env;
  }
  return expr;
}

/* Defs that call each other in a circle have no result. */
static bool calls_itself(Checker *ck, const Ctx *ctx, const Entity *def, Span span)
{
  const Env *env = ctx->env;
  while (env && env->def != def) env = env->def ? env->caller : NULL;
  if (!env) return false;
  const char *chain = sym_text(ck->names, def->name);
  for (env = ctx->env; env->def != def; env = env->caller)
    chain = arena_printf(ck->arena, "%s, called by %s", chain, sym_text(ck->names, env->def->name));
  Diag *diag = SAY(ck, E0321, span, "`%s` calls itself: %s, called by %s", sym_text(ck->names, def->name),
                   chain, sym_text(ck->names, def->name));
  diag_help(ck->diags, diag, "a function is a formula; it cannot be part of itself");
  return true;
}

static bool bind_arguments(Checker *ck, const Ctx *ctx, const AstExpr *expr, const Entity *def, Env *env)
{
  const AstList params = def->decl->u.def.params;
  const AstNode *arg = expr->u.call.args.first;
  if (params.count != expr->u.call.args.count) {
    Diag *diag = SAY(ck, E0319, expr->n.span, "`%s` takes %u argument%s, not %u",
                     sym_text(ck->names, def->name),
                     params.count, params.count == 1 ? "" : "s", expr->u.call.args.count);
    diag_note(ck->diags, diag, def->decl->name.span, "declared here");
    return false;
  }
  for (AST_EACH(AstParam, param, params)) {
    Binding *binding = VEC_PUSH(ck->arena, &env->bindings);
    *binding = (Binding){.name = param->name.sym, .param = param, .value = (const AstExpr *)(const void *)arg,
                         .unit = ctx->unit, .env = ctx->env};
    bool takes_value = param->n.kind == AST_PARAM_VALUE;
    if (!takes_value)
      SAY(ck, E0320, param->n.span, "a function takes values; what has a capital can be given to a `pattern`");
    binding->type = takes_value ? check_type(ck, &param->type) : type_error();
    arg = arg->next;
  }
  return true;
}

/* Whether a value reads as the whole body of a def, in the words of its parameters. */
static bool is_body(const Expr *value, Span body)
{
  bool whole = value->kind == EX_CASE || value->kind == EX_CALL;
  return whole && value->span.file == body.file && value->span.start >= body.start && value->span.end <= body.end;
}

static Expr *def_of(Checker *ck, const Ctx *ctx, const AstExpr *expr, const Entity *def)
{
  if (calls_itself(ck, ctx, def, expr->n.span)) return value_error(ck, expr->n.span);
  Env *env = ARENA_NEW(ck->arena, Env);
  env->def = def;
  env->caller = ctx->env;
  env->event = ctx->event;
  if (!bind_arguments(ck, ctx, expr, def, env)) return value_error(ck, expr->n.span);
  Ctx at = *ctx;
  at.unit = def->unit;
  at.env = env;
  Expr *value = expr_of(ck, &at, def->decl->u.def.body);
  if (is_body(value, def->decl->u.def.body->n.span)) value->call = expr->n.span;
  return value;
}

static Expr *say_argument(Checker *ck, const Binding *binding, const Expr *value, Span span)
{
  const char *name = sym_text(ck->names, binding->name);
  if (value->type.optional && type_same(value->type, binding->type)) {
    expr_there(ck, value);
    return value_error(ck, span);
  }
  Diag *diag = SAY(ck, E0320, value->span, "%s is %s, but `%s` takes %s", quoted(ck, value->span),
                   type_phrase(ck, value->type), name, type_phrase(ck, binding->type));
  if (binding->param) diag_note(ck->diags, diag, binding->param->n.span, "`%s` is declared here", name);
  const char *unit = binding->value && plain_number(binding->value)
                       ? with_unit(ck, bare_expr(binding->value), binding->type) : NULL;
  if (unit) diag_help(ck->diags, diag, "write `%s`", unit);
  return value_error(ck, span);
}

/* A parameter that stands for nothing yet: its declaration is checked on its own. */
static Expr *opaque(Checker *ck, const Ctx *ctx, const Binding *binding, Span span)
{
  if (ctx->aggregate && !ctx->aggregate->match) ctx->aggregate->match = ARENA_NEW(ck->arena, Match);
  return value_new(ck, EX_EVENT_TIME, binding->type, span);
}

/* What an argument may not read where its parameter stands: of an event other than the one at hand where
 * it was written, nothing; bare names of a pattern's arguments would mean another event in every clause. */
static unsigned argument_hidden(const Ctx *ctx)
{
  if (!ctx->env || !ctx->env->def) return REACH_EVENT | REACH_SUBJECT;
  return ctx->env->event == ctx->event || ctx->aggregate ? 0 : REACH_EVENT;
}

Expr *parameter_of(Checker *ck, const Ctx *ctx, const Binding *binding, Span span)
{
  if (binding->param && binding->param->n.kind != AST_PARAM_VALUE) {
    SAY(ck, E0308, span, "`%s` is %s; a value is wanted here", sym_text(ck->names, binding->name),
        param_phrase(binding->param));
    return value_error(ck, span);
  }
  if (!binding->value) return opaque(ck, ctx, binding, span);
  Ctx at = *ctx;
  at.unit = (Unit *)(uintptr_t)binding->unit;
  at.env = binding->env;
  at.reach &= ~argument_hidden(ctx);
  Expr *value = expr_as(ck, &at, binding->value, binding->type);
  if (expr_wrong(value)) return value_error(ck, span);
  if (binding->type.base == VALUE_NUMBER) value = to_number(ck, value);
  bool strings = type_string(value->type) && type_string(binding->type);
  bool fits = strings || type_same(value->type, binding->type);
  if (fits && (binding->type.optional || !value->type.optional)) return value;
  return say_argument(ck, binding, value, span);
}

/* ---- which function ---- */

static Expr *say_no_function(Checker *ck, const Ctx *ctx, AstName name)
{
  Sym list[CANDIDATES];
  uint32_t count = 0;
  for (int i = 0; i < BUILTIN_END; i++) list[count++] = intern_z(ck->names, builtins[i].name);
#define AGGREGATE(ID, name, argument, result, synopsis) list[count++] = intern_z(ck->names, #name);
#include "bytecode/builtins.def"
  const AstList decls = ctx->unit->file->decls;
  for (AST_EACH(AstDecl, decl, decls)) {
    if (decl->n.kind == AD_DEF && count < CANDIDATES) list[count++] = decl->name.sym;
  }
  Sym near = nearest(ck, name.sym, list, count);
  if (ctx->unit && lost_in_error(ck, ctx->unit, name.sym)) return value_error(ck, name.span);
  Diag *diag = SAY(ck, E0318, name.span, "there is no function `%s`", sym_text(ck->names, name.sym));
  if (near) {
    diag_help(ck->diags, diag, "did you mean `%s`?", sym_text(ck->names, near));
    diag_fix(ck->diags, diag, name.span, "%s", sym_text(ck->names, near));
  } else {
    diag_help(ck->diags, diag, "`mot explain E0318` lists the functions there are");
  }
  return value_error(ck, name.span);
}

static Expr *say_window(Checker *ck, const Ctx *ctx, const AstExpr *expr)
{
  if (!(ctx->reach & REACH_HISTORY)) {
    Diag *many = SAY(ck, E0332, expr->u.call.last->n.span,
                     "`in last` looks back over one journey; here there is none");
    diag_help(ck->diags, many, "a metric or target says its window behind all: `over 7 d`, `per 1 d`");
    return value_error(ck, expr->n.span);
  }
  Diag *diag = SAY(ck, E0332, expr->u.call.last->n.span,
                   "`in last` goes with count, sum, avg, min and max only");
  diag_help(ck->diags, diag, "for example `count(E) in last 7 d`");
  return value_error(ck, expr->n.span);
}

static Expr *function_of(Checker *ck, const Ctx *ctx, const AstExpr *expr)
{
  const AstPath *path = &expr->u.call.path;
  AstName name = {path_last(path), path->span};
  int builtin = path->words.count == 1 ? builtin_named(sym_text(ck->names, name.sym)) : -1;
  if (expr->u.call.last) return say_window(ck, ctx, expr);
  if (builtin >= 0) return builtin_of(ck, ctx, expr, builtin);
  bool own = path->words.count > 1 || map_get(&ctx->unit->names, name.sym);
  if (!own) return say_no_function(ck, ctx, name);
  const Entity *def = find_entity(ck, ctx, path, 1u << AD_DEF, "function");
  return def ? def_of(ck, ctx, expr, def) : value_error(ck, expr->n.span);
}

Expr *call_of(Checker *ck, const Ctx *ctx, const AstExpr *expr)
{
  const AstPath *path = &expr->u.call.path;
  uint8_t kind;
  double quantile = 0;
  if (path->words.count != 1 || !aggregate_named(ck, path_last(path), &kind, &quantile))
    return function_of(ck, ctx, expr);
  bool history = expr->u.call.last || !(ctx->reach & REACH_AGGREGATE);
  bool both = looks_back(kind);
  if (expr->u.call.last && !(both && (ctx->reach & REACH_HISTORY))) return say_window(ck, ctx, expr);
  if (history && both && (ctx->reach & REACH_HISTORY)) return history_of(ck, ctx, expr, kind);
  return aggregate_of(ck, ctx, expr, kind, quantile);
}
