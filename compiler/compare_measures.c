/*
 * compare_measures.c - metrics, goals and reviews, clause by clause.
 */
#include <inttypes.h>

#include "compiler/compare.h"

static const Span nowhere = {0, 0, 0};

static const char *owner_name(const Side *side, const Owner *owner)
{
  return owner ? sym_text(side->names, owner->name) : "";
}

/* ---- metrics ---- */

/* Groups are named by fields of every event that is counted. */
static void mean_groups(Meaning *m, const Side *side, const Metric *metric, Sym group)
{
  mean_text(m, side, group);
  for (uint32_t i = 0; group && i < metric->aggregates.len; i++) {
    const Match *match = metric->aggregates.data[i]->match;
    for (uint32_t k = 0; match && k < match->cases.len; k++)
      mean_event_field(m, side, match->cases.data[k].event, group);
  }
}

static void metric_thing(Side *side, const Metric *metric)
{
  Meaning m;
  Thing *thing = thing_new(side, MOT_CHANGE_OF_METRIC, sym_text(side->names, metric->name), metric->decl->n.span);
  aspect_titles(side, thing, (AstText){0}, metric->doc);
  meaning_init(&m, side->arena);
  mean_expr(&m, side, metric->value);
  for (unsigned i = 0; i < 2; i++) mean_groups(&m, side, metric, metric->group[i]);
  mean_window(&m, side, &metric->window);
  mean_limit(&m, " %u", metric->groups);
  aspect_means(aspect_new(side, thing, "metric", metric->decl->n.span), &m);
}

/* ---- goals ---- */

static void mean_measure(Meaning *m, const Side *side, const Goal *goal)
{
  mean(m, " measure:%d", goal->measure);
  if (goal->mot)
    mean(m, " %s.%s", sym_text(side->names, goal->mot->experience->name), sym_text(side->names, goal->mot->name));
  if (goal->metric) mean_text(m, side, goal->metric->name);
}

static void goal_decides(Side *side, Thing *thing, const Goal *goal, const AstGoal *ast)
{
  Meaning measure, each, parent;
  meaning_init(&measure, side->arena);
  meaning_init(&each, side->arena);
  meaning_init(&parent, side->arena);
  const AstItem *measured = item_of(ast->items, AI_MEASURE);
  mean_measure(&measure, side, goal);
  if (!measured) mean(&measure, " children");
  Aspect *aspect = aspect_new(side, thing, "measure", item_span_of(measured));
  aspect_means(aspect, &measure);
  mean_text(&each, side, goal->each);
  aspect_means(aspect_new(side, thing, "each", goal->each ? ast->each.span : nowhere), &each);
  mean_text(&parent, side, goal->parent ? goal->parent->name : 0);
  aspect = aspect_new(side, thing, "under", nowhere);
  aspect_means(aspect, &parent);
  if (goal->parent) aspect->text = arena_printf(side->arena, "under %s", sym_text(side->names, goal->parent->name));
}

static void goal_thing(Side *side, const Goal *goal)
{
  const AstItem *at = node_written(side, goal->span);
  const AstGoal *ast = at->u.goal;
  const char *name = arena_printf(side->arena, "%s.%s", sym_text(side->names, goal->nsat->name),
                                  sym_text(side->names, goal->name));
  Thing *thing = thing_new(side, MOT_CHANGE_OF_GOAL, name, at->n.span);
  ItemList items = {0};
  for (AST_EACH(AstItem, item, ast->items)) *VEC_PUSH(side->arena, &items) = item;
  aspect_titles(side, thing, ast->title, goal->doc);
  goal_decides(side, thing, goal, ast);
  aspect_targets(side, thing, goal->targets.data, goal->targets.len, &items);
  aspect_actions(side, thing, goal->actions.data, goal->actions.len, &items);
  aspect_words(side, thing, "owner", owner_name(side, goal->owner), item_span_of(item_of(ast->items, AI_OWNER)));
  aspect_words(side, thing, "weight", arena_printf(side->arena, "%.17g", goal->weight),
               item_span_of(item_of(ast->items, AI_WEIGHT)));
}

static void nsat_thing(Side *side, const Nsat *nsat)
{
  Meaning m;
  const AstDecl *decl = nsat->decl;
  Thing *thing = thing_new(side, MOT_CHANGE_OF_GOAL, sym_text(side->names, nsat->name), decl->n.span);
  aspect_titles(side, thing, decl->title, decl->doc);
  meaning_init(&m, side->arena);
  mean_text(&m, side, nsat->experience->name);
  aspect_means(aspect_new(side, thing, "for", decl->u.nsat.experience.span), &m);
}

/* ---- reviews ---- */

static void review_thing(Side *side, const Review *review)
{
  Meaning every, on;
  const AstDecl *decl = node_written(side, review->span);
  AstList items = decl->items;
  Thing *thing = thing_new(side, MOT_CHANGE_OF_REVIEW, sym_text(side->names, review->name), decl->n.span);
  aspect_titles(side, thing, decl->title, decl->doc);
  meaning_init(&every, side->arena);
  meaning_init(&on, side->arena);
  mean_limit(&every, "%d %" PRId64, review->unit, review->every);
  aspect_means(aspect_new(side, thing, "every", item_span_of(item_of(items, AI_EVERY))), &every);
  mean_text(&on, side, review->experience->name);
  aspect_means(aspect_new(side, thing, "on", item_span_of(item_of(items, AI_REVIEW_ON))), &on);
  aspect_words(side, thing, "chair", owner_name(side, review->chair), item_span_of(item_of(items, AI_CHAIR)));
}

void side_measures(Side *side)
{
  const Program *program = side->program;
  for (uint32_t i = 0; i < program->metrics.len; i++) metric_thing(side, program->metrics.data[i]);
  for (uint32_t i = 0; i < program->nsats.len; i++) nsat_thing(side, program->nsats.data[i]);
  for (uint32_t i = 0; i < program->goals.len; i++) goal_thing(side, program->goals.data[i]);
  for (uint32_t i = 0; i < program->reviews.len; i++) review_thing(side, program->reviews.data[i]);
}
