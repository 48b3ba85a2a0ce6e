/*
 * build_decl.c - nodes of declarations and their clauses.
 */
#include "grammar/build.h"
#include "grammar/docs.h"

/* ---- declarations ------------------------------------------------------------------- */

static AstDecl *decl_new(Parser *p, AstDeclKind kind, AstName name, Span span)
{
  AstDecl *decl = NODE(p, AstDecl, kind, span);
  decl->name = name;
  decl->doc = doc_at(p, span.start);
  return decl;
}

void file_done(Parser *p, AstPath module, AstList decls, Span span)
{
  p->out->module = module;
  p->out->decls = decls;
  if (module.words.count != 0) p->out->doc = doc_at(p, span.start);
}

AstDecl *decl_error(Parser *p, Span span)
{
  return decl_new(p, AD_ERROR, no_name(), span);
}

AstDecl *decl_use(Parser *p, AstPath path, Span span)
{
  AstDecl *decl = decl_new(p, AD_USE, no_name(), span);
  decl->u.use = path;
  return decl;
}

AstDecl *decl_block(Parser *p, AstDeclKind kind, AstName name, AstList items, Span span)
{
  AstDecl *decl = decl_new(p, kind, name, span);
  decl->items = items;
  return decl;
}

AstDecl *decl_titled(Parser *p, AstDeclKind kind, AstName name, AstText title, AstList items, Span span)
{
  AstDecl *decl = decl_block(p, kind, name, items, span);
  decl->title = title;
  return decl;
}

AstDecl *decl_derived(Parser *p, AstName name, AstList either, Span span)
{
  AstDecl *decl = decl_new(p, AD_DERIVED, name, span);
  decl->u.derived.either = either;
  return decl;
}

AstDecl *decl_pattern(Parser *p, AstName name, AstList params, AstList items, Span span)
{
  AstDecl *decl = decl_block(p, AD_PATTERN, name, items, span);
  decl->u.def.params = params;
  return decl;
}

AstDecl *decl_def(Parser *p, AstName name, AstList params, AstExpr *body, Span span)
{
  AstDecl *decl = decl_new(p, AD_DEF, name, span);
  decl->u.def.params = params;
  decl->u.def.body = body;
  return decl;
}

AstDecl *decl_allow(Parser *p, AstName code, AstText reason, Span span)
{
  AstDecl *decl = decl_new(p, AD_ALLOW, no_name(), span);
  decl->u.allow.code = code;
  decl->u.allow.reason = reason;
  return decl;
}

/* ---- blocks filled before their head is known ------------------------------------------ */

static AstDecl *decl_start(Parser *p, AstDeclKind kind)
{
  return NODE(p, AstDecl, kind, p->last.span);
}

static void decl_head(Parser *p, AstDecl *decl, AstName name, AstText title, Span span)
{
  decl->n.span = span;
  decl->name = name;
  decl->title = title;
  decl->doc = doc_at(p, span.start);
}

AstDecl *decl_item(AstDecl *decl, AstItem *item)
{
  decl->items = list_add(decl->items, &item->n);
  return decl;
}

AstDecl *event_start(Parser *p)
{
  AstDecl *event = decl_start(p, AD_EVENT);
  event->u.event.has_body = 1;
  return event;
}

AstDecl *event_add_field(AstDecl *event, AstNode *field)
{
  event->u.event.fields = list_add(event->u.event.fields, field);
  return event;
}

AstDecl *decl_event(Parser *p, AstDecl *body, AstName name, AstPath like, AstText from, Span span)
{
  AstDecl *event = body ? body : decl_start(p, AD_EVENT);
  decl_head(p, event, name, no_text(), span);
  event->u.event.like = like;
  event->u.event.from = from;
  return event;
}

AstDecl *nsat_start(Parser *p)
{
  return decl_start(p, AD_NSAT);
}

AstDecl *nsat_goal(AstDecl *nsat, AstItem *goal)
{
  nsat->u.nsat.goals = list_add(nsat->u.nsat.goals, &goal->n);
  return nsat;
}

AstDecl *decl_nsat(Parser *p, AstDecl *nsat, AstName name, AstText title, AstPath experience, Span span)
{
  decl_head(p, nsat, name, title, span);
  nsat->u.nsat.experience = experience;
  return nsat;
}

AstDecl *test_start(Parser *p)
{
  return decl_start(p, AD_TEST);
}

AstDecl *test_step_add(AstDecl *test, AstNode *step)
{
  test->u.test.steps = list_add(test->u.test.steps, step);
  return test;
}

AstDecl *test_expect_add(AstDecl *test, AstNode *expect)
{
  test->u.test.expects = list_add(test->u.test.expects, expect);
  return test;
}

AstDecl *decl_test(Parser *p, AstDecl *test, AstText title, Span span)
{
  decl_head(p, test, no_name(), title, span);
  return test;
}

AstDecl *metric_start(Parser *p)
{
  return decl_start(p, AD_METRIC);
}

AstDecl *decl_metric(Parser *p, AstDecl *metric, AstName name, AstExpr *value, Span span)
{
  decl_head(p, metric, name, no_text(), span);
  metric->u.metric.value = value;
  return metric;
}

void metric_options(AstDecl *metric, AstExpr *where, AstList by, AstExpr *groups)
{
  metric->u.metric.where = where;
  metric->u.metric.by = by;
  metric->u.metric.groups = groups;
}

/* ---- types, fields, parameters ----------------------------------------------------------- */

static AstType *type_new(Parser *p, AstName name, Span span)
{
  AstType *type = ARENA_NEW(p->in->arena, AstType);
  type->span = span;
  type->name = name;
  return type;
}

AstType *type_named(Parser *p, AstName name, Span span)
{
  return type_new(p, name, span);
}

AstType *type_listed(Parser *p, Span keyword, AstList values, Span span)
{
  AstType *type = type_new(p, (AstName){intern_z(p->in->interner, "one"), keyword}, span);
  type->values = values;
  return type;
}

AstType *type_range(Parser *p, AstName name, int64_t low, int64_t high, Span span)
{
  AstType *type = type_new(p, name, span);
  type->has_range = 1;
  type->low = low;
  type->high = high;
  return type;
}

AstType *type_arg_name(Parser *p, AstName arg)
{
  AstType *type = type_new(p, no_name(), arg.span);
  type->arg = arg;
  return type;
}

AstType *type_arg_text(Parser *p, AstText arg)
{
  AstType *type = type_new(p, no_name(), arg.span);
  type->arg_text = arg;
  return type;
}

AstType *type_with(AstType *type, AstName name, Span span)
{
  type->name = name;
  type->span = span;
  return type;
}

AstType *type_optional(AstType *type, int optional, Span span)
{
  type->optional = (uint8_t)optional;
  type->span = span;
  return type;
}

AstNode *field_node(Parser *p, AstName name, const AstType *type, AstText from, Span span)
{
  AstField *field = NODE(p, AstField, 0, span);
  field->name = name;
  field->type = *type;
  field->from = from;
  field->doc = doc_at(p, span.start);
  return &field->n;
}

AstNode *param_node(Parser *p, AstName name, const AstType *type, Span span)
{
  AstParam *param = NODE(p, AstParam, AST_PARAM_VALUE, span);
  param->name = name;
  param->type = *type;
  return &param->n;
}

AstNode *param_kind(Parser *p, AstParamKind kind, AstName name, AstPath like, Span span)
{
  AstParam *param = NODE(p, AstParam, kind, span);
  param->name = name;
  param->like = like;
  return &param->n;
}

/* ---- tests --------------------------------------------------------------------------------- */

AstNode *step_event(Parser *p, AstTestStep kind, AstExpr *when, AstPath event, AstList pairs, Span span)
{
  AstStepOf *step = NODE(p, AstStepOf, kind, span);
  step->when = when;
  step->event = event;
  step->pairs = pairs;
  return &step->n;
}

AstNode *step_end(Parser *p, AstExpr *when, Span span)
{
  return step_event(p, AST_END_AT, when, no_path(), no_list(), span);
}

AstList pair_add(Parser *p, AstList pairs, AstName name, AstExpr *value)
{
  AstPair *pair = NODE(p, AstPair, 0, span_join(name.span, value->n.span));
  pair->name = name;
  pair->value = value;
  return list_add(pairs, &pair->n);
}

AstExpect *expected_new(Parser *p, AstExpectKind kind)
{
  return NODE(p, AstExpect, kind, p->last.span);
}

AstExpect *expected_outcome(Parser *p, int decided, AstPath path)
{
  AstExpect *expect = expected_new(p, AST_EXPECT_OUTCOME);
  expect->decided = (uint16_t)decided;
  expect->path = path;
  return expect;
}

AstExpect *expected_correct(Parser *p, int state, AstName who)
{
  AstExpect *expect = expected_new(p, AST_EXPECT_CORRECT);
  expect->correct = (uint16_t)state;
  expect->who = who;
  return expect;
}

AstExpect *expected_target(Parser *p, int breached, AstPath path)
{
  AstExpect *expect = expected_new(p, AST_EXPECT_TARGET);
  expect->breached = (uint16_t)breached;
  expect->path = path;
  return expect;
}

AstExpect *expected_alert(Parser *p, AstName who, AstName severity)
{
  AstExpect *expect = expected_new(p, AST_EXPECT_ALERT);
  expect->who = who;
  expect->severity = severity;
  return expect;
}

AstNode *expect_node(AstExpect *expect, int negated, AstText key, AstExpr *at, Span span)
{
  expect->n.span = span;
  expect->negated = (uint8_t)negated;
  expect->key = key;
  expect->at = at;
  return &expect->n;
}
