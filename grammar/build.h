/*
 * build.h - what the grammar's actions call: each makes one node from its
 * parts.  Nothing is looked up and nothing is checked here that the text alone
 * does not decide.
 *
 * `span` covers the node, `keyword` the first word of a clause.  Spans of
 * operators are their sign.
 */
#ifndef MOT_GRAMMAR_BUILD_H
#define MOT_GRAMMAR_BUILD_H

#include "grammar/parser.h"

/* ---- nothing, and lists -------------------------------------------------------- */

static inline AstList no_list(void) { return (AstList){0}; }
static inline AstName no_name(void) { return (AstName){0}; }
static inline AstText no_text(void) { return (AstText){0}; }
static inline AstPath no_path(void) { return (AstPath){0}; }
static inline AstSpanOf no_span(void) { return (AstSpanOf){0}; }

static inline AstList list_add(AstList list, AstNode *node)
{
  if (list.last)
    list.last->next = node;
  else
    list.first = node;
  list.last = node;
  list.count++;
  return list;
}

static inline AstList list_one(AstNode *node) { return list_add(no_list(), node); }

/* A zeroed node of `size` bytes. */
static inline AstNode *node_new(Parser *p, size_t size, unsigned kind, Span span)
{
  AstNode *node = arena_alloc(p->in->arena, size);
  node->kind = (uint16_t)kind;
  node->span = span;
  return node;
}

#define NODE(p, T, kind, span) ((T *)(void *)node_new((p), sizeof(T), (unsigned)(kind), (span)))

/* ---- names and paths ------------------------------------------------------------ */

AstNode *word_node(Parser *p, AstName name);
AstNode *raw_word(Parser *p, AstName name, AstText raw, Span span);
AstPath path_start(Parser *p, AstName name);
AstPath path_add(Parser *p, AstPath path, AstName name);

/* ---- expressions ------------------------------------------------------------------ */

AstExpr *expr_new(Parser *p, AstExprKind kind, Span span);
AstExpr *expr_binary(Parser *p, AstExprKind kind, AstExpr *l, AstExpr *r, Span sign);
AstExpr *expr_unary(Parser *p, AstExprKind kind, AstExpr *l, Span span);
AstExpr *expr_compare(Parser *p, int op, AstExpr *l, AstExpr *r, Span sign);
AstExpr *expr_path(Parser *p, AstPath path);
AstExpr *expr_name(Parser *p, AstName name);
AstExpr *expr_text(Parser *p, AstText text);
AstExpr *expr_money(Parser *p, AstExpr *amount, AstName currency, Span span);
AstExpr *expr_call(Parser *p, AstPath path, AstList args, Span span);
AstExpr *call_window(AstExpr *call, AstExpr *last, AstExpr *keep, Span span);
/* An event kind that stands alone as an argument is AX_MATCHED, not a happening. */
AstNode *argument(AstExpr *expr);
AstExpr *expr_event_field(Parser *p, AstPath event, AstName field, Span span);
AstExpr *expr_last_field(Parser *p, AstMatched *matched, AstName field, Span span);
AstExpr *expr_case(Parser *p, AstExpr *subject, AstList arms, Span span);
AstList arm_add(Parser *p, AstList arms, AstName label, AstExpr *value);

/* ---- conditions -------------------------------------------------------------------- */

AstMatched *matched_node(Parser *p, AstPath event, AstExpr *where, Span span);
/* A happening of which only the count is known yet. */
AstExpr *counted_node(Parser *p, AstCounted counted, AstExpr *number);
AstExpr *expr_counted(Parser *p, AstExpr *counted, AstList either, const AstBound *bound, Span span);
AstExpr *expr_happen(Parser *p, AstMatched *matched, const AstBound *bound, Span span);
AstExpr *expr_outcome(Parser *p, int decided, AstPath mot, const AstBound *bound, Span span);
AstExpr *expr_bounded(Parser *p, AstExpr *inner, const AstBound *bound, Span span);
AstExpr *expr_before(Parser *p, AstMatched *l, AstMatched *r, Span sign);
AstExpr *expr_then(Parser *p, AstExpr *steps, AstExpr *step, Span span);
AstBound *bound_within(Parser *p, AstExpr *value, AstPath calendar, Span span);
AstBound *bound_open_days(Parser *p, AstExpr *days, AstPath calendar, Span span);
AstBound *bound_by(Parser *p, AstExpr *time, Span span);
AstSpanOf span_of(AstExpr *value);

/* ---- patterns ----------------------------------------------------------------------- */

AstStep *step_node(Parser *p, AstMatched *matched, AstName as, Span span);
AstChoice *choice_steps(Parser *p, AstShape shape, AstStep *step, Span span);
AstChoice *choice_then(AstChoice *chain, AstStep *step, const AstBound *bound);
AstChoice *choice_count(Parser *p, AstExpr *number, AstStep *step, const AstBound *bound, Span span);
AstChoice *choice_silence(Parser *p, AstMatched *matched, AstExpr *duration, Span span);
AstChoice *choice_outcome(Parser *p, int decided, AstPath mot, AstName as, Span span);
AstChoice *choice_mode(AstChoice *choice, int mode, Span span);
AstPattern *pattern_start(Parser *p, AstChoice *choice);
AstPattern *pattern_add(AstPattern *pattern, AstChoice *choice);

/* ---- clauses -------------------------------------------------------------------------- */

AstItem *item_new(Parser *p, AstItemKind kind, Span span, Span keyword);
AstItem *item_error(Parser *p, Span span);
AstItem *item_text(Parser *p, AstItemKind kind, AstText text, Span span, Span keyword);
AstItem *item_name(Parser *p, AstItemKind kind, AstName name, Span span, Span keyword);
AstItem *item_expr(Parser *p, AstItemKind kind, AstExpr *expr, Span span, Span keyword);
AstItem *item_list(Parser *p, AstItemKind kind, AstList list, Span span, Span keyword);
AstItem *item_pattern(Parser *p, AstItemKind kind, const AstPattern *pattern, Span span, Span keyword);
AstItem *item_stream(Parser *p, AstName name, AstText path, AstName format, AstExpr *dedupe, Span span);
AstItem *item_sco(Parser *p, AstText text, AstExpr *condition, Span span, Span keyword);
AstItem *item_allow(Parser *p, AstName code, AstText reason, Span span, Span keyword);
AstItem *item_on(Parser *p, AstTrigger trigger, AstList actions, Span span, Span keyword);
AstItem *item_producers(Parser *p, AstList teams, AstExpr *by, Span span, Span keyword);
AstItem *item_impact(Parser *p, AstExpr *amount, int decided, Span span, Span keyword);
AstItem *item_target(Parser *p, const AstTarget *target, Span span, Span keyword);
AstItem *item_pause(Parser *p, const AstPattern *on, const AstPattern *until, Span span, Span keyword);
AstItem *item_measure(Parser *p, AstMeasure kind, AstPath path);
AstItem *item_span(AstItem *item, Span span, Span keyword);
AstItem *item_every(Parser *p, AstSpanOf every, Span span, Span keyword);
AstItem *item_review_on(Parser *p, AstPath path, Span span, Span keyword);
AstMot *mot_start(Parser *p, AstPath like, AstList args);
AstItem *item_mot(Parser *p, AstMot *mot, AstName name, AstText title, AstList items, Span span,
                  Span keyword);
AstItem *item_goal(Parser *p, AstName name, AstText title, AstName each, AstList items, Span span);
AstNode *days_node(Parser *p, AstName from, AstName to);
AstNode *hours_of(AstNode *days, int64_t from, int64_t to, Span span);
AstNode *dates_node(Parser *p, AstExpr *from, AstExpr *to, Span span);
AstNode *dates_of(Parser *p, AstPath calendar, Span span);
AstTarget *target_of(Parser *p, AstExpr *test);
AstTarget *target_right(Parser *p, int op, AstExpr *value);
AstTarget *target_window(AstTarget *target, AstSpanOf over, AstSpanOf step, AstExpr *min_cases, Span span);
AstNode *action_alert(Parser *p, AstName who, AstList options, Span span);
AstNode *action_correct(Parser *p, AstText text, AstName who, const AstBound *within, AstExpr *until,
                        Span span);
AstOption *option_name(Parser *p, AstName name, Span span);
AstOption *option_text(Parser *p, AstText text, Span span);
AstOption *option_time(Parser *p, AstOptionKind kind, AstExpr *duration, Span span);

/* ---- declarations ----------------------------------------------------------------------- */

void file_done(Parser *p, AstPath module, AstList decls, Span span);
AstDecl *decl_error(Parser *p, Span span);
AstDecl *decl_use(Parser *p, AstPath path, Span span);
AstDecl *decl_block(Parser *p, AstDeclKind kind, AstName name, AstList items, Span span);
AstDecl *decl_titled(Parser *p, AstDeclKind kind, AstName name, AstText title, AstList items, Span span);
AstDecl *decl_derived(Parser *p, AstName name, AstList either, Span span);
AstDecl *decl_pattern(Parser *p, AstName name, AstList params, AstList items, Span span);
AstDecl *decl_def(Parser *p, AstName name, AstList params, AstExpr *body, Span span);
AstDecl *decl_allow(Parser *p, AstName code, AstText reason, Span span);
/* Blocks that are filled before their head is known: start, parts, then the head. */
AstDecl *decl_item(AstDecl *decl, AstItem *item);
AstDecl *event_start(Parser *p);
AstDecl *event_add_field(AstDecl *event, AstNode *field);
AstDecl *decl_event(Parser *p, AstDecl *body, AstName name, AstPath like, AstText from, Span span);
AstDecl *nsat_start(Parser *p);
AstDecl *nsat_goal(AstDecl *nsat, AstItem *goal);
AstDecl *decl_nsat(Parser *p, AstDecl *nsat, AstName name, AstText title, AstPath experience, Span span);
AstDecl *test_start(Parser *p);
AstDecl *test_step_add(AstDecl *test, AstNode *step);
AstDecl *test_expect_add(AstDecl *test, AstNode *expect);
AstDecl *decl_test(Parser *p, AstDecl *test, AstText title, Span span);
AstDecl *metric_start(Parser *p);
AstDecl *decl_metric(Parser *p, AstDecl *metric, AstName name, AstExpr *value, Span span);
void metric_options(AstDecl *metric, AstExpr *where, AstList by, AstExpr *groups);

AstType *type_named(Parser *p, AstName name, Span span);
AstType *type_listed(Parser *p, Span keyword, AstList values, Span span);
AstType *type_range(Parser *p, AstName name, int64_t low, int64_t high, Span span);
AstType *type_arg_name(Parser *p, AstName arg);
AstType *type_arg_text(Parser *p, AstText arg);
AstType *type_with(AstType *type, AstName name, Span span);
AstType *type_optional(AstType *type, int optional, Span span);
AstNode *field_node(Parser *p, AstName name, const AstType *type, AstText from, Span span);
AstNode *param_node(Parser *p, AstName name, const AstType *type, Span span);
AstNode *param_kind(Parser *p, AstParamKind kind, AstName name, AstPath like, Span span);

AstNode *step_event(Parser *p, AstTestStep kind, AstExpr *when, AstPath event, AstList pairs, Span span);
AstNode *step_end(Parser *p, AstExpr *when, Span span);
AstList pair_add(Parser *p, AstList pairs, AstName name, AstExpr *value);
AstExpect *expected_new(Parser *p, AstExpectKind kind);
AstExpect *expected_outcome(Parser *p, int decided, AstPath path);
AstExpect *expected_correct(Parser *p, int state, AstName who);
AstExpect *expected_target(Parser *p, int breached, AstPath path);
AstExpect *expected_alert(Parser *p, AstName who, AstName severity);
AstNode *expect_node(AstExpect *expect, int negated, AstText key, AstExpr *at, Span span);

#endif
