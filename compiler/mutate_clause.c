/*
 * mutate_clause.c - clauses of experiences, MOTs and goals: dropped, and what stands in them.
 */
#include <string.h>

#include "compiler/mutate.h"

/* ---- targets ---- */

static void change_window(Mutator *m, const AstExpr *length)
{
  static const char tail[] = "let a judgement depend on cases that are older than one and not than the other";
  Use use = {MOT_MUTATE_TARGET, tail, tail};
  if (length && length->n.kind != AX_PATH) mutate_literal(m, length, &use, 1);
}

static void change_cases(Mutator *m, const AstTarget *target)
{
  if (!target->min_cases) return;
  const char *words = mutate_words(m, target->min_cases->n.span);
  Use use = {MOT_MUTATE_TARGET,
             arena_printf(m->arena, "let there be one case less than %s, and expect nothing", words),
             arena_printf(m->arena, "let there be just %s cases, and expect a judgement", words)};
  mutate_literal(m, target->min_cases, &use, 1);
  const AstExpr *last = target->step.value ? target->step.value : target->over.value;
  Span clause = {target->span.file, last->n.span.end, target->span.end};
  while (clause.start < clause.end && strchr(" \t\r\n", m->text[clause.start])) clause.start++;
  mutate_drop(m, MOT_MUTATE_TARGET, clause,
              "no test needs it: let the number of cases lie between %s and 20, the default", words);
}

static void change_target(Mutator *m, const AstTarget *target, Span clause)
{
  static const char tail[] = "let it stand between the two, and `expect breached` or `expect no breached`";
  Use use = {MOT_MUTATE_TARGET, tail, tail};
  mutate_drop(m, MOT_MUTATE_TARGET, clause, "no test needs it: send enough cases, and `expect breached %s`",
              m->subject);
  if (target->left) mutate_truth(m, target->left);
  mutate_expr(m, target->right, &use);
  change_window(m, target->over.value);
  change_window(m, target->step.value);
  change_cases(m, target);
}

/* ---- acting ---- */

static void change_severity(Mutator *m, const AstOption *option, const char *who)
{
  static const char *const severities[] = {"low", "medium", "high", "critical"};
  const char *now = sym_text(m->names, option->name.sym);
  for (size_t i = 0; i < 4; i++) {
    if (strcmp(now, severities[i]) != 0) continue;
    const char *next = i < 3 ? severities[i + 1] : "high";
    mutate_replace(m, MOT_MUTATE_CLAUSE, option->name.span, next, "write `expect alert to %s severity %s`",
                   who, now);
  }
}

typedef struct OptionWords {
  const char *change, *drop; /* `%s`: to whom; the length of time */
} OptionWords;

static const OptionWords option_words[] = {
  [AST_OPT_FOR] = {"expect the alert to %s at the time when it has lasted %s",
                   "no test needs it: let it last less than that, and expect no alert to %s"},
  [AST_OPT_HOLD] = {"let it come back for an alert to %s after %s on the right side",
                    "no test needs it: let it come back sooner, and expect no second alert to %s"},
  [AST_OPT_ESCALATE] =
    {"expect the alert that goes up from %s at the time when nobody answered for %s",
     "no test needs it: let nobody answer the alert to %s, and expect one to whom it goes up"},
  [AST_OPT_REPEAT] = {"expect the alert to %s once more after %s",
                      "no test needs it: let nobody answer the alert to %s, and expect it once more"},
};

static void change_option(Mutator *m, const AstOption *option, const char *who)
{
  if (option->n.kind == AST_OPT_SEVERITY) change_severity(m, option, who);
  if (!option->duration) return;
  const char *length = mutate_words(m, option->duration->n.span);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  const char *tail = arena_printf(m->arena, option_words[option->n.kind].change, who, length);
  Use use = {MOT_MUTATE_BOUND, tail, tail};
  mutate_drop(m, MOT_MUTATE_CLAUSE, option->n.span, option_words[option->n.kind].drop, who);
#pragma GCC diagnostic pop
  mutate_literal(m, option->duration, &use, 0);
}

static const char *expectation_of(const Mutator *m, const AstAction *action)
{
  const char *who = sym_text(m->names, action->who.sym);
  return arena_printf(m->arena, action->n.kind == AST_ALERT ? "expect alert to %s" : "expect correct %s",
                      who);
}

static void change_correction(Mutator *m, const AstAction *action)
{
  const char *who = sym_text(m->names, action->who.sym);
  const char *tail = arena_printf(m->arena, "write `expect correct overdue %s at …`", who);
  Use use = {MOT_MUTATE_BOUND, tail, tail};
  mutate_expr(m, action->within.value, &use);
  if (!action->until) return;
  Span clause = {action->n.span.file, action->within.span.end, action->until->n.span.end};
  while (strchr(" \t\r\n", m->text[clause.start])) clause.start++;
  mutate_drop(m, MOT_MUTATE_CLAUSE, clause, "no test needs it: write `expect correct done %s`", who);
  mutate_condition(m, action->until);
}

static void change_action(Mutator *m, const AstAction *action, bool alone)
{
  if (!alone)
    mutate_drop(m, MOT_MUTATE_CLAUSE, action->n.span, "no test needs it: write `%s`",
                expectation_of(m, action));
  if (action->n.kind == AST_CORRECT) change_correction(m, action);
  for (AST_EACH(AstOption, option, action->options))
    change_option(m, option, sym_text(m->names, action->who.sym));
}

static void change_on(Mutator *m, const AstItem *item)
{
  const AstList *actions = &item->u.on.actions;
  const AstAction *first = (const AstAction *)(const void *)actions->first;
  if (!first) return;
  mutate_drop(m, MOT_MUTATE_CLAUSE, item->n.span, "no test needs it: write `%s`", expectation_of(m, first));
  if (item->u.on.risk) {
    static const char tail[] = "expect the time of the alert";
    Use use = {MOT_MUTATE_BOUND, tail, tail};
    mutate_expr(m, item->u.on.risk, &use);
  }
  for (AST_EACH(AstAction, action, *actions)) change_action(m, action, actions->count == 1);
}

/* ---- clauses of patterns ---- */

static void drop_pattern(Mutator *m, const AstItem *item, const char *hint)
{
  const char *awaited = mutate_words(m, item->u.pattern.span);
  mutate_drop(m, MOT_MUTATE_CLAUSE, item->n.span, "no test needs it: send %s while %s is open, and %s",
              awaited, m->subject, hint);
  mutate_pattern(m, &item->u.pattern);
}

static void change_pause(Mutator *m, const AstItem *item)
{
  mutate_drop(m, MOT_MUTATE_CLAUSE, item->n.span,
              "no test needs it: send %s while %s is open, and let time go by",
              mutate_words(m, item->u.pause.on.span), m->subject);
  mutate_pattern(m, &item->u.pause.on);
  mutate_pattern(m, &item->u.pause.until);
}

static void change_expiry(Mutator *m, const AstExpr *length)
{
  static const char tail[] = "expect what stands open until the journey expires, at that time";
  Use use = {MOT_MUTATE_BOUND, tail, tail};
  mutate_literal(m, length, &use, 0);
}

static void change_weight(Mutator *m, const AstExpr *weight)
{
  static const char tail[] = "let a goal that measures the disruption stand between the two";
  Use use = {MOT_MUTATE_TARGET, tail, tail};
  mutate_expr(m, weight, &use);
}

/* ---- blocks ---- */

static void change_mot(Mutator *m, const AstMot *mot, bool weights)
{
  static const char tail[] = "send what it awaits at the limit, and just behind it";
  Use use = {MOT_MUTATE_BOUND, tail, tail};
  const char *outer = m->subject;
  m->subject = sym_text(m->names, mot->name.sym);
  for (AST_EACH(AstExpr, arg, mot->like_args)) mutate_expr(m, arg, &use);
  mutate_items(m, &mot->items, weights);
  m->subject = outer;
}

static void change_goal(Mutator *m, const AstGoal *goal)
{
  const char *outer = m->subject;
  m->subject = sym_text(m->names, goal->name.sym);
  mutate_items(m, &goal->items, false); /* weights of goals make scores, which no expectation is about */
  m->subject = outer;
}

static void change_item(Mutator *m, const AstItem *item, bool weights)
{
  switch (item->n.kind) {
  case AI_STARTS:
  case AI_WHEN: mutate_pattern(m, &item->u.pattern); break;
  case AI_VOID_ON: drop_pattern(m, item, "expect that it is void"); break;
  case AI_ENDS: drop_pattern(m, item, "expect that nothing more opens, or what it settles"); break;
  case AI_SCO:
    if (item->u.sco.condition) mutate_condition(m, item->u.sco.condition);
    break;
  case AI_SMOTO: mutate_condition(m, item->u.expr); break;
  case AI_EXPIRES: change_expiry(m, item->u.expr); break;
  case AI_WEIGHT:
    if (weights) change_weight(m, item->u.expr);
    break;
  case AI_PAUSE: change_pause(m, item); break;
  case AI_TARGET: change_target(m, &item->u.target, item->n.span); break;
  case AI_ON: change_on(m, item); break;
  case AI_MOT: change_mot(m, item->u.mot, weights); break;
  case AI_GOAL: change_goal(m, item->u.goal); break;
  default: break;
  }
}

void mutate_items(Mutator *m, const AstList *items, bool weights)
{
  for (AST_EACH(AstItem, item, *items)) change_item(m, item, weights);
}
