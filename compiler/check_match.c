/*
 * check_match.c - E, E where p, either of several: brought down to base kinds.
 *
 * A kind that follows from others stands for their base kinds, each with the
 * predicate of its own; what the rule adds is checked once for each of them.
 */
#include <ctype.h>

#include "base/buf.h"
#include "compiler/check_expr.h"

enum { MATCH_LEVELS = 8 }; /* a kind that follows from kinds costs more stack than an operator */

static Expr *both(Checker *ck, Expr *a, Expr *b)
{
  if (!a || !b) return a ? a : b;
  if (expr_wrong(a) || expr_wrong(b)) return value_error(ck, b->span);
  Expr *and = value_new(ck, EX_AND, type_plain(VALUE_BOOL), b->span);
  and->a = a;
  and->b = b;
  return fold(ck, and);
}

static void match_event(Checker *ck, Match *match, Event *event)
{
  event->used = true;
  match->named = match->cases.len == 0 ? event : NULL;
  if (!event->derived) {
    VEC_PUSH(ck->arena, &match->cases)->event = event;
    return;
  }
  for (uint32_t i = 0; i < event->members.cases.len; i++)
    *VEC_PUSH(ck->arena, &match->cases) = event->members.cases.data[i];
}

/* Within a `where` in the body of a def, its arguments still mean the event that was at hand at the call. */
static const Env *inside(Checker *ck, const Env *env)
{
  if (!env || !env->def) return env;
  Env *inner = ARENA_NEW(ck->arena, Env);
  *inner = *env;
  inner->event = NULL;
  return inner;
}

/* The rule's own predicate over one base kind. */
static void narrow(Checker *ck, const Ctx *ctx, const AstExpr *where, MatchCase *at, bool several)
{
  Ctx inner = *ctx;
  inner.event = at->event;
  inner.reach = (ctx->reach | REACH_EVENT) & ~(unsigned)(REACH_SUBJECT | REACH_AGGREGATE);
  inner.aggregate = NULL;
  inner.several = several;
  inner.env = inside(ck, ctx->env);
  at->where = both(ck, at->where, truth_root(ck, &inner, where));
}

/* Once for each base kind; after the first that is wrong the others are passed over in silence. */
static void narrow_all(Checker *ck, const Ctx *ctx, const AstExpr *where, Match *match, uint32_t from)
{
  bool several = match->cases.len - from > 1, wrong = false;
  for (uint32_t i = from; i < match->cases.len; i++) {
    uint32_t errors = ck->diags->errors;
    if (wrong) ck->diags->muted++;
    narrow(ck, ctx, where, &match->cases.data[i], several);
    if (wrong) ck->diags->muted--;
    wrong = wrong || ck->diags->errors != errors;
  }
}

/* Nodes of a predicate, or more than `most`. */
static uint32_t size_of(const Expr *expr, uint32_t most)
{
  if (!expr) return 0;
  uint32_t size = 1;
  const Expr *parts[] = {expr->a, expr->b};
  for (unsigned i = 0; i < 2 && size <= most; i++) size += size_of(parts[i], most - size);
  return size;
}

/* Kinds that are filled in count like what is written. */
static bool spend_cases(Checker *ck, const Match *filled, Span span)
{
  for (uint32_t i = 0; i < filled->cases.len; i++) {
    if (!spend(ck, 1 + size_of(filled->cases.data[i].where, ck->budget), span)) return false;
  }
  return true;
}

/* What a parameter of a pattern stands for. */
static bool match_given(Checker *ck, const Match *given, const AstPath *path, Match *match)
{
  bool first = match->cases.len == 0;
  if (!spend_cases(ck, given, path->span)) return false;
  for (uint32_t i = 0; i < given->cases.len; i++) *VEC_PUSH(ck->arena, &match->cases) = given->cases.data[i];
  match->named = first ? given->named : NULL;
  return true;
}

bool match_kind(Checker *ck, const Ctx *ctx, const AstPath *path, Match *match)
{
  const Binding *given;
  if (env_kind(ck, ctx, path, AST_PARAM_EVENT, &given))
    return given && match_given(ck, given->match, path, match);
  Event *event = event_named(ck, ctx, path);
  if (!event || !spend_cases(ck, &event->members, path->span)) return false;
  match_event(ck, match, event);
  return true;
}

static bool match_more(Checker *ck, const Ctx *ctx, const AstMatched *matched, Match *match)
{
  if (!go_deeper(ck, MATCH_LEVELS, matched->n.span)) return false;
  uint32_t from = match->cases.len;
  bool found = match_kind(ck, ctx, &matched->event, match);
  if (found && matched->where) narrow_all(ck, ctx, matched->where, match, from);
  match->span = from == 0 ? matched->n.span : span_join(match->span, matched->n.span);
  ck->depth -= MATCH_LEVELS;
  return found;
}

/* ---- what evidence shows -------------------------------------------------------------- */

static bool word_sign(char c)
{
  return isalnum((unsigned char)c) || c == '_';
}

/* What a word with a capital stands for in a pattern's text, or the word itself. */
static const char *meant(Checker *ck, const Env *env, Sym word, bool dotted)
{
  const Binding *binding = env_find(env, word);
  if (binding && binding->mot) return sym_text(ck->names, binding->mot->name);
  if (!binding || !binding->match || !binding->match->named) return sym_text(ck->names, word);
  return sym_text(ck->names, dotted ? binding->match->named->name : binding->match->shown);
}

Sym match_shown(Checker *ck, const Ctx *ctx, Span span)
{
  Sym whole = source_text(ck, span);
  if (!ctx->env || ctx->env->def) return whole;
  Buf buf;
  buf_init(&buf, ck->arena);
  buf_text(&buf, "");
  const char *text = sym_text(ck->names, whole);
  for (char before = ' '; *text;) {
    size_t len = 0;
    while (word_sign(text[len])) len++;
    if (len && isupper((unsigned char)*text) && before != '.')
      buf_text(&buf, meant(ck, ctx->env, intern(ck->names, text, len), text[len] == '.'));
    else
      buf_put(&buf, text, len ? len : 1);
    if (!len) len = 1;
    before = text[len - 1];
    text += len;
  }
  return intern(ck->names, buf.data, buf.len);
}

/* ---- one kind, or several --------------------------------------------------------------- */

bool match_one(Checker *ck, const Ctx *ctx, const AstMatched *matched, Match *match)
{
  bool found = match_more(ck, ctx, matched, match);
  match->shown = match_shown(ck, ctx, match->span);
  return found;
}

/* The text is taken once, at the end: a list may be as long as the file. */
bool match_list(Checker *ck, const Ctx *ctx, const AstList *either, Match *match)
{
  bool found = true;
  for (AST_EACH(AstMatched, matched, *either)) found = match_more(ck, ctx, matched, match) && found;
  match->shown = match_shown(ck, ctx, match->span);
  return found && match->cases.len > 0;
}

bool check_match(Checker *ck, const Ctx *ctx, const AstList *either, Match *match)
{
  uint32_t before = ck->budget;
  ck->budget = CLAUSE_BUDGET;
  bool found = match_list(ck, ctx, either, match);
  ck->budget = before;
  return found;
}

/* ---- produced M, missed M ---- */

bool match_outcome(Checker *ck, const Ctx *ctx, const AstPath *path, uint16_t decided, Span span,
                   Match *match)
{
  Mot *mot = mot_named(ck, ctx, path);
  if (!mot) return false;
  MatchCase *at = VEC_PUSH(ck->arena, &match->cases);
  at->mot = mot;
  at->outcome = decided == AST_MISSED ? OUTCOME_MISSED : OUTCOME_PRODUCED;
  match->span = span;
  match->shown = match_shown(ck, ctx, span);
  return true;
}
