/*
 * check_expr_name.c - bare names and paths: what is in reach, in which order.
 *
 *   wait           a parameter; a field of the event at hand; `took`, a key; a field
 *                  of the opening event (of `start` where there is no moment)
 *   start.slot     of the journey's first event; likewise opening.slot, visit.slot
 *   E.slot         inside an aggregate, or where E is the event at hand
 */
#include <string.h>

#include "compiler/check_expr.h"

Sym single_word(const AstExpr *expr)
{
  expr = bare_expr(expr);
  if (expr->n.kind != AX_PATH || expr->u.call.path.words.count != 1) return 0;
  return path_last(&expr->u.call.path);
}

static bool is_word(const Checker *ck, Sym name, const char *word)
{
  return strcmp(sym_text(ck->names, name), word) == 0;
}

/* Which key of the experience has this name; -1: none. */
static int64_t key_named(const Ctx *ctx, Sym name)
{
  if (!(ctx->reach & REACH_KEYS) || !ctx->experience) return -1;
  for (uint32_t i = 0; i < ctx->experience->keys.len; i++) {
    if (ctx->experience->keys.data[i].name == name) return i;
  }
  return -1;
}

/* A def's body reads its parameters and nothing else. */
static bool hidden(const Ctx *ctx)
{
  return ctx->env && ctx->env->def;
}

/* A target judges many moments: fields of one have to stand inside of an aggregate. */
static bool outside_aggregate(const Ctx *ctx)
{
  return (ctx->reach & REACH_AGGREGATE) && !ctx->aggregate;
}

bool name_in_reach(Checker *ck, const Ctx *ctx, Sym name)
{
  uint8_t kind;
  if (ctx->env && env_find(ctx->env, name)) return true;
  if (hidden(ctx)) return false;
  if ((ctx->reach & REACH_EVENT) && ctx->event && event_field(ctx->event, name)) return true;
  if ((ctx->reach & REACH_TOOK) && is_word(ck, name, "took")) return true;
  if (key_named(ctx, name) >= 0) return true;
  return (ctx->reach & REACH_SUBJECT) && subject_has(ck, ctx, name, &kind);
}

/* ---- bare names ---- */

static Expr *field_expr(Checker *ck, Field *field, Span span)
{
  field->used = true;
  Expr *expr = value_new(ck, EX_FIELD, field->type, span);
  expr->u.field = field;
  return expr;
}

Expr *ref_expr(Checker *ck, Ref *ref, Span span)
{
  if (!ref) return value_error(ck, span);
  Expr *expr = value_new(ck, EX_REF, ref->type, span);
  expr->u.ref = ref;
  return expr;
}

static Expr *disruption(Checker *ck, Span span)
{
  AggregateUse *use = ARENA_NEW(ck->arena, AggregateUse);
  use->kind = AGGREGATE_DISRUPTION;
  use->over = AGGREGATE_OVER_MOMENTS;
  use->type = type_plain(VALUE_PERCENT);
  Expr *expr = value_new(ck, EX_AGGREGATE, use->type, span);
  expr->u.aggregate = use;
  return expr;
}

static Expr *say_one_of_many(Checker *ck, AstName name)
{
  const char *text = sym_text(ck->names, name.sym);
  Diag *diag = SAY(ck, E0504, name.span, "a target judges many moments at once; `%s` is a value of one",
                   text);
  diag_help(ck->diags, diag, "say which of the many: `avg(%s)`, `p95(%s)`, `max(%s)`, or a share with "
            "`rate(…)`",
            text, text, text);
  return value_error(ck, name.span);
}

/* `took`, `disruption`, `deadline`, keys; NULL: none of them. */
static Expr *special_name(Checker *ck, const Ctx *ctx, AstName name)
{
  if ((ctx->reach & REACH_TOOK) && is_word(ck, name.sym, "took"))
    return outside_aggregate(ctx) ? say_one_of_many(ck, name)
                                  : value_new(ck, EX_TOOK, type_plain(VALUE_DURATION), name.span);
  if ((ctx->reach & REACH_TOOK) && outside_aggregate(ctx) && is_word(ck, name.sym, "disruption"))
    return disruption(ck, name.span);
  if ((ctx->reach & REACH_DEADLINE) && is_word(ck, name.sym, "deadline"))
    return value_new(ck, EX_DEADLINE, type_maybe(type_plain(VALUE_TIME)), name.span);
  int64_t key = key_named(ctx, name.sym);
  if (key < 0) return NULL;
  Type type = type_plain(VALUE_ID);
  type.optional = ctx->experience->keys.data[key].optional;
  Expr *expr = value_new(ck, EX_KEY, type, name.span);
  expr->u.i = key;
  return expr;
}

static Expr *subject_name(Checker *ck, const Ctx *ctx, AstName name, uint8_t kind)
{
  if (outside_aggregate(ctx)) return say_one_of_many(ck, name);
  return ref_expr(ck, ref_need(ck, ctx, kind, 0, name, NULL), name.span);
}

static Expr *bare_name(Checker *ck, const Ctx *ctx, AstName name)
{
  const Binding *binding = ctx->env ? env_find(ctx->env, name.sym) : NULL;
  if (binding) return parameter_of(ck, ctx, binding, name.span);
  if (hidden(ctx)) return unknown_name(ck, ctx, name);
  Field *field = (ctx->reach & REACH_EVENT) && ctx->event ? event_field(ctx->event, name.sym) : NULL;
  if (field) return field_expr(ck, field, name.span);
  Expr *special = special_name(ck, ctx, name);
  if (special) return special;
  uint8_t kind = REF_START;
  if ((ctx->reach & REACH_SUBJECT) && subject_has(ck, ctx, name.sym, &kind))
    return subject_name(ck, ctx, name, kind);
  return unknown_name(ck, ctx, name);
}

/* ---- paths: start.slot ---- */

static Expr *say_no_head(Checker *ck, AstName head, const char *text, const char *help)
{
  Diag *diag = SAY(ck, E0317, head.span, "%s", text);
  if (help) diag_help(ck->diags, diag, "%s", help);
  return value_error(ck, head.span);
}

static Expr *of_start(Checker *ck, const Ctx *ctx, AstName head, AstName field)
{
  if (!(ctx->reach & REACH_START))
    return say_no_head(ck, head, "`start` is the first event of a journey; there is none to look at here",
                       (ctx->reach & REACH_EVENT) ? "fields of the event at hand are written by their bare "
                           "name" : NULL);
  return ref_expr(ck, ref_need(ck, ctx, REF_START, 0, field, NULL), span_join(head.span, field.span));
}

static Expr *of_opening(Checker *ck, const Ctx *ctx, AstName head, AstName field)
{
  if ((ctx->reach & REACH_OPENING) && !ctx->mot)
    return say_no_head(ck, head, "what a journey remembers belongs to all its moments; it cannot depend on "
                       "`opening`",
                       "compare with `start.…`, or with fields of the event tested");
  if (!(ctx->reach & REACH_OPENING))
    return say_no_head(ck, head, "`opening` is the event that opened a moment; there is no moment here",
                       (ctx->reach & REACH_START) ? "write `start.…` for the first event of the journey"
                           : NULL);
  return ref_expr(ck, ref_need(ck, ctx, REF_OPENING, 0, field, NULL), span_join(head.span, field.span));
}

typedef struct Heads {
  Sym *list;
  uint32_t count, cap;
} Heads;

static void head_add(void *user, Sym name)
{
  Heads *heads = user;
  if (heads->count < heads->cap) heads->list[heads->count] = name;
  heads->count++;
}

static Expr *unknown_head(Checker *ck, const Ctx *ctx, AstName head, AstName field)
{
  const char *text = sym_text(ck->names, head.sym);
  if (ctx->unit && lost_in_error(ck, ctx->unit, head.sym)) return value_error(ck, head.span);
  Sym list[64] = {intern_z(ck->names, "start"), intern_z(ck->names, "opening")};
  Heads heads = {list, 2, 64};
  each_as_name(ctx, head_add, &heads);
  Sym near = nearest(ck, head.sym, list, heads.count < 64 ? heads.count : 64);
  Diag *diag = SAY(ck, E0317, head.span, "nothing here is called `%s`, so there is no `%s.%s`", text, text,
                   sym_text(ck->names, field.sym));
  if (near) {
    diag_help(ck->diags, diag, "did you mean `%s.%s`?", sym_text(ck->names, near),
              sym_text(ck->names, field.sym));
    diag_fix(ck->diags, diag, head.span, "%s", sym_text(ck->names, near));
  } else {
    diag_help(ck->diags, diag, "before the dot stands `start`, `opening`, or a name given with `as`");
  }
  return value_error(ck, head.span);
}

/* `amount.cents`: a field of the event is one value. */
static bool heads_field(Checker *ck, const Ctx *ctx, AstName head)
{
  uint8_t kind = REF_START;
  if ((ctx->reach & REACH_EVENT) && ctx->event && event_field(ctx->event, head.sym)) return true;
  return (ctx->reach & REACH_SUBJECT) && subject_has(ck, ctx, head.sym, &kind);
}

static Expr *dotted(Checker *ck, const Ctx *ctx, AstName head, AstName field)
{
  if (ctx->env && env_find(ctx->env, head.sym))
    return say_no_head(ck, head, "a parameter is a plain value and has no fields", NULL);
  if (hidden(ctx))
    return say_no_head(ck, head, "a function reads its parameters only",
                       "give it the value as an argument where it is called");
  if (outside_aggregate(ctx)) return say_one_of_many(ck,
                                                     (AstName){field.sym, span_join(head.span, field.span)});
  if ((ctx->reach & REACH_AS) && as_name_known(ctx, head.sym))
    return ref_expr(ck, ref_need(ck, ctx, REF_AS, head.sym, field, NULL), span_join(head.span, field.span));
  if (is_word(ck, head.sym, "start")) return of_start(ck, ctx, head, field);
  if (is_word(ck, head.sym, "opening")) return of_opening(ck, ctx, head, field);
  if ((ctx->reach & REACH_AS) && subject_broken(ck, ctx)) return value_error(ck, head.span);
  if (heads_field(ck, ctx, head))
    return say_no_head(ck, head, "a field is one value and has no fields of its own",
                       "write its name alone, without the dot and what follows");
  return unknown_head(ck, ctx, head, field);
}

static AstName name_of(const AstWord *word)
{
  return (AstName){word->sym, word->n.span};
}

Expr *path_of(Checker *ck, const Ctx *ctx, const AstExpr *expr)
{
  const AstPath *path = &expr->u.call.path;
  AstName first = name_of((const AstWord *)(const void *)path->words.first);
  if (path->words.count == 1) return bare_name(ck, ctx, first);
  if (path->words.count == 2) return dotted(ck, ctx, first,
                                            name_of((const AstWord *)(const void *)path->words.last));
  Diag *diag = SAY(ck, E0317, path->span, "`%s` is too long a path for a value", path_text(ck, path));
  diag_help(ck->diags, diag, "write `start.field`, `opening.field`, or `name.field` with a name given by "
            "`as`");
  return value_error(ck, path->span);
}

/* ---- E.field ---- */

static bool at_hand(const Ctx *ctx, const Match *kind)
{
  if (!(ctx->reach & REACH_EVENT) || !ctx->event) return false;
  for (uint32_t i = 0; i < kind->cases.len; i++) {
    if (kind->cases.data[i].event == ctx->event) return true;
  }
  return false;
}

static Expr *say_which_event(Checker *ck, const AstExpr *expr)
{
  const char *event = path_text(ck, &expr->u.field.event);
  const char *field = sym_text(ck->names, expr->u.field.name.sym);
  Diag *diag = SAY(ck, E0317, expr->n.span, "which %s? there can be many; `%s.%s` alone names none of them",
                   event, event, field);
  diag_help(ck->diags, diag, "write `last(%s).%s`, or `sum(%s.%s)`, `max(%s.%s)` for all of them", event,
            field, event,
            field, event, field);
  return value_error(ck, expr->n.span);
}

Expr *event_field_of(Checker *ck, const Ctx *ctx, const AstExpr *expr)
{
  if (ctx->aggregate) return aggregate_field(ck, ctx, expr);
  Match kind = {0};
  if (!match_kind(ck, ctx, &expr->u.field.event, &kind)) return value_error(ck, expr->n.span);
  if (!at_hand(ctx, &kind)) return say_which_event(ck, expr);
  if (is_word(ck, expr->u.field.name.sym, "at"))
    return value_new(ck, EX_EVENT_TIME, type_plain(VALUE_TIME), expr->n.span);
  Field *field = need_field(ck, ctx->event, expr->u.field.name);
  return field ? field_expr(ck, field, expr->n.span) : value_error(ck, expr->n.span);
}
