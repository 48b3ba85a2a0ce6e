/*
 * check_nsat.c - NSATs: a tree of goals, what each measures, and whether that
 * has to do with the experience at all.
 */
#include "compiler/check_experience.h"
#include "compiler/check_expr.h"
#include "compiler/check_measure.h"
#include "compiler/scope.h"

typedef struct NsatCheck {
  Checker *ck;
  Unit *unit;
  Nsat *nsat;
  Map names; /* Sym -> Goal */
} NsatCheck;

static Ctx nsat_ctx(const NsatCheck *check, const char *what)
{
  return (Ctx){.unit = check->unit, .what = what};
}

/* ---- what a goal measures -------------------------------------------------------------- */

static bool is_capital(const Checker *ck, const AstNode *word)
{
  char first = sym_text(ck->names, ((const AstWord *)(const void *)word)->sym)[0];
  return first >= 'A' && first <= 'Z';
}

/* `OnTime` and `GettingOnline.OnTime` are MOTs; `Nps`, `care.Nps` a metric when no MOT has the name. */
static bool names_mot(const NsatCheck *check, const AstPath *path)
{
  const AstNode *before = NULL;
  for (AST_EACH(AstWord, word, path->words)) {
    if (&word->n == path->words.last) break;
    before = &word->n;
  }
  if (before) return is_capital(check->ck, before);
  const Experience *experience = check->nsat->experience;
  for (uint32_t i = 0; experience && i < experience->mots.len; i++)
    if (experience->mots.data[i]->name == path_last(path)) return true;
  return false;
}

static void say_no_measure(NsatCheck *check, const AstPath *path)
{
  Checker *ck = check->ck;
  const Experience *experience = check->nsat->experience;
  VEC(Sym) names = {0};
  for (uint32_t i = 0; i < experience->mots.len; i++)
    *VEC_PUSH(ck->arena, &names) = experience->mots.data[i]->name;
  for (AST_EACH(AstDecl, decl, check->unit->file->decls))
    if (decl->n.kind == AD_METRIC) *VEC_PUSH(ck->arena, &names) = decl->name.sym;
  Sym near = nearest(ck, path_last(path), names.data, names.len);
  const char *name = sym_text(ck->names, path_last(path));
  Diag *diag = SAY(ck, E0512, path->span, "%s is neither a MOT of %s nor a metric", name,
                   sym_text(ck->names, experience->name));
  if (near) {
    diag_help(ck->diags, diag, "did you mean %s?", sym_text(ck->names, near));
    diag_fix(ck->diags, diag, path->span, "%s", sym_text(ck->names, near));
  } else {
    diag_help(ck->diags, diag, "a goal measures `sco`, `disruption`, a MOT or a metric");
  }
}

static bool measure_metric(NsatCheck *check, Goal *goal, const AstPath *path)
{
  Ctx ctx = nsat_ctx(check, "a goal");
  bool here = path->words.count == 1 && !map_get(&check->unit->names, name_key(path_last(path), AD_METRIC));
  if (here) { /* without the experience, which was reported, it may be one of its MOTs */
    bool lost = !check->nsat->experience || lost_in_error(check->ck, check->unit, path_last(path));
    if (!lost) say_no_measure(check, path);
    return false;
  }
  Entity *entity = find_entity(check->ck, &ctx, path, 1u << AD_METRIC, "a MOT or a metric");
  goal->measure = MEASURE_METRIC;
  goal->metric = entity ? need_metric(check->ck, entity) : NULL;
  if (goal->metric) goal->metric->used = true;
  return goal->metric != NULL;
}

static bool measure_word(NsatCheck *check, Goal *goal, const AstPath *path)
{
  Checker *ck = check->ck;
  goal->measure = MEASURE_DISRUPTION;
  if (path_last(path) == intern_z(ck->names, "disruption")) return true;
  Diag *diag = SAY(ck, E0512, path->span, "`%s` is nothing that a goal can measure", path_text(ck, path));
  diag_help(ck->diags, diag, "a goal measures `sco`, `disruption`, or a MOT or metric by its name");
  return false;
}

static bool measure_named(NsatCheck *check, Goal *goal, const AstPath *path)
{
  Ctx ctx = nsat_ctx(check, "a goal");
  ctx.experience = check->nsat->experience;
  if (!names_mot(check, path)) return measure_metric(check, goal, path);
  goal->measure = MEASURE_MOT;
  goal->mot = mot_named(check->ck, &ctx, path);
  return goal->mot != NULL;
}

/* False when there is none that could be judged. */
static bool check_measure(NsatCheck *check, Goal *goal, const AstItem *item)
{
  goal->measure = MEASURE_SCO;
  if (!item) return false;
  if (item->u.measure.kind == AST_MEASURE_SCO) return true;
  return item->u.measure.kind == AST_MEASURE_NAMED ? measure_named(check, goal, &item->u.measure.path)
                                                   : measure_word(check, goal, &item->u.measure.path);
}

/* ---- does it have to do with the experience? ---------------------------------------------- */

static bool metric_traces(const Experience *experience, const Metric *metric)
{
  for (uint32_t i = 0; i < metric->aggregates.len; i++) {
    const Match *match = metric->aggregates.data[i]->match;
    for (uint32_t k = 0; match && k < match->cases.len; k++) {
      const Event *event = match->cases.data[k].event;
      if (event && experience_hears(experience, event, NULL)) return true;
    }
  }
  return false;
}

/* The SCO, disruption and the MOTs of the experience move it or are it.  A metric
 * does if the experience listens to one of the events it is about; a MOT of
 * another experience if this one listens to its outcomes. */
static bool traces(const Experience *experience, const Goal *goal)
{
  if (goal->measure == MEASURE_METRIC) return metric_traces(experience, goal->metric);
  if (goal->measure != MEASURE_MOT || goal->mot->experience == experience) return true;
  return experience_hears(experience, NULL, goal->mot);
}

static void check_traces(NsatCheck *check, const Goal *goal, const AstItem *measure)
{
  Checker *ck = check->ck;
  const Experience *experience = check->nsat->experience;
  if (!experience || traces(experience, goal)) return;
  const char *name = sym_text(ck->names, experience->name);
  Diag *diag = SAY(ck, E0511, measure->n.span, "%s measures nothing that has to do with %s",
                   sym_text(ck->names, goal->name), name);
  if (goal->measure == MEASURE_METRIC)
    diag_help(ck->diags, diag, "measure events that %s listens to, or one of its MOTs", name);
  else
    diag_help(ck->diags, diag, "measure one of its MOTs, or let %s listen to the outcomes of this one", name);
}

/* ---- each FIELD ------------------------------------------------------------------------------ */

static Sym last_field(const Expr *expr)
{
  if (!expr) return 0;
  switch (expr->kind) {
  case EX_REF: return expr->u.ref->field;
  case EX_FIELD: return expr->u.field->name;
  case EX_ELSE: return last_field(expr->a);
  default: return 0;
  }
}

static void check_each(NsatCheck *check, Goal *goal, const AstGoal *ast, bool measured)
{
  Checker *ck = check->ck;
  if (ast->each.sym == 0) return;
  goal->each = ast->each.sym;
  if (!measured || (goal->measure == MEASURE_MOT && last_field(goal->mot->by) == ast->each.sym)) return;
  if (goal->measure == MEASURE_MOT && mot_work(goal->mot)->once[AI_PRODUCERS].item && !goal->mot->by &&
      mot_work(goal->mot)->once[AI_PRODUCERS].item->u.producers.by)
    return; /* its `by` is wrong, and that was said */
  const char *field = sym_text(ck->names, ast->each.sym);
  if (goal->measure != MEASURE_MOT) {
    Diag *diag = SAY(ck, E0513, ast->each.span, "only what a MOT measures can be told apart by `%s`", field);
    diag_help(ck->diags, diag, "measure a MOT whose producers have a `by` that ends in `.%s`", field);
    return;
  }
  Diag *diag = SAY(ck, E0513, ast->each.span, "%s does not say by which `%s` it is produced",
                   sym_text(ck->names, goal->mot->name), field);
  diag_note(ck->diags, diag, goal->mot->span, "%s is here", sym_text(ck->names, goal->mot->name));
  Sym last = last_field(goal->mot->by);
  if (last)
    diag_help(ck->diags, diag, "its `by` ends in `.%s`: write `each %s`", sym_text(ck->names, last),
              sym_text(ck->names, last));
  else
    diag_help(ck->diags, diag, "give its `producers` a `by`, as in `producers care by opening.%s`", field);
}

/* ---- targets and actions ------------------------------------------------------------------------ */

static Type measure_type(const Goal *goal, bool measured)
{
  if (!measured) return type_error();
  return goal->measure == MEASURE_METRIC ? goal->metric->type : type_plain(VALUE_PERCENT);
}

static Ctx target_ctx(const NsatCheck *check, const Goal *goal)
{
  Ctx ctx = nsat_ctx(check, "a target");
  if (goal->measure != MEASURE_MOT || !goal->mot) return ctx;
  ctx.experience = goal->mot->experience;
  ctx.mot = goal->mot;
  ctx.reach = REACH_START | REACH_AS | REACH_OPENING | REACH_SUBJECT | REACH_TOOK | REACH_AGGREGATE;
  return ctx;
}

/* What a target may say depends on the goal's measure. */
static bool target_suits(Checker *ck, const Goal *goal, const AstTarget *ast)
{
  if (ast->left && goal->measure != MEASURE_MOT) {
    Diag *diag = SAY(ck, E0503, ast->left->n.span, "the target of this goal is about what the goal measures");
    diag_help(ck->diags, diag, "write the comparison alone, as in `target >= 30 over 30 d`");
    return false;
  }
  if (goal->measure != MEASURE_DISRUPTION || ast->has_op) return true;
  Span span = ast->right->n.span;
  Diag *diag = SAY(ck, E0524, span, "less disruption is better, but a value alone means at least that");
  diag_help(ck->diags, diag, "write `<=` before it");
  diag_fix(ck->diags, diag, (Span){span.file, span.start, span.start}, "<= ");
  return false;
}

static void check_goal_targets(NsatCheck *check, Goal *goal, const AstGoal *ast, bool measured)
{
  Checker *ck = check->ck;
  Ctx ctx = target_ctx(check, goal);
  for (AST_EACH(AstItem, item, ast->items)) {
    if (item->n.kind != AI_TARGET) continue;
    if (measured ? !target_suits(ck, goal, &item->u.target) : item->u.target.left != NULL) continue;
    Target *target = check_target(ck, &ctx, &item->u.target, TARGET_OF_GOAL, measure_type(goal, measured));
    if (target) *VEC_PUSH(ck->arena, &goal->targets) = target;
  }
}

static const AstItem *first_item(AstList items, AstItemKind kind)
{
  for (AST_EACH(AstItem, item, items))
    if (item->n.kind == kind) return item;
  return NULL;
}

static void check_goal_actions(NsatCheck *check, Goal *goal, const AstGoal *ast)
{
  Checker *ck = check->ck;
  Ctx ctx = nsat_ctx(check, "an action of a goal");
  for (AST_EACH(AstItem, item, ast->items)) {
    if (item->n.kind != AI_ON) continue;
    bool of_target = item->u.on.trigger == AST_ON_BREACHED || item->u.on.trigger == AST_ON_MET;
    if (of_target && !first_item(ast->items, AI_TARGET)) {
      Diag *diag = SAY(ck, E0516, item->keyword, "%s has no target that could be breached or met",
                       sym_text(ck->names, goal->name));
      diag_help(ck->diags, diag, "add one, as in `target 95%% over 7 d`");
    }
    check_actions(ck, &ctx, item, &goal->actions);
  }
}

/* ---- the tree ------------------------------------------------------------------------------------- */

static Goal *declare_goal(NsatCheck *check, const AstGoal *ast, Goal *parent)
{
  Checker *ck = check->ck;
  Goal *goal = ARENA_NEW(ck->arena, Goal);
  goal->name = ast->name.sym;
  goal->title = ast->title.sym;
  goal->doc = ast->doc;
  goal->span = ast->name.span;
  goal->nsat = check->nsat;
  goal->parent = parent;
  const Goal *first = map_get(&check->names, goal->name);
  if (first) {
    Diag *diag = SAY(ck, E0514, goal->span, "two goals have the name %s", sym_text(ck->names, goal->name));
    diag_note(ck->diags, diag, first->span, "the first is here");
  } else {
    map_put(&check->names, goal->name, goal);
  }
  *VEC_PUSH(ck->arena, &ck->program->goals) = goal;
  return goal;
}

static void say_measures_nothing(Checker *ck, const Goal *goal, const AstGoal *ast)
{
  bool targeted = first_item(ast->items, AI_TARGET) != NULL;
  if (goal->goals.len > 0 && !targeted) return;
  Diag *diag = SAY(ck, E0511, goal->span, "%s measures nothing%s", sym_text(ck->names, goal->name),
                   targeted ? " that its target could be about" : "");
  diag_help(ck->diags, diag, "say what it measures: `measure sco`, a MOT or a metric");
}

static Goal *check_goal(NsatCheck *check, const AstGoal *ast, Goal *parent)
{
  Checker *ck = check->ck;
  Goal *goal = declare_goal(check, ast, parent);
  Items items = items_of(ck, ast->items);
  Ctx ctx = nsat_ctx(check, "a goal");
  const AstItem *measure = items.once[AI_MEASURE];
  if (items.once[AI_OWNER]) goal->owner = owner_named(ck, &ctx, items.once[AI_OWNER]->u.name);
  check_goal_weight(ck, &ctx, goal, items.once[AI_WEIGHT]);
  bool measured = check_measure(check, goal, measure);
  if (measured) check_traces(check, goal, measure);
  check_each(check, goal, ast, measured);
  check_goal_targets(check, goal, ast, measured);
  check_goal_actions(check, goal, ast);
  for (AST_EACH(AstItem, item, ast->items)) {
    if (item->n.kind != AI_GOAL) continue;
    Goal *child = check_goal(check, item->u.goal, goal);
    *VEC_PUSH(ck->arena, &goal->goals) = child;
  }
  if (!measure && !items.broken) say_measures_nothing(ck, goal, ast);
  if (goal->goals.len > 0) check_siblings(ck, goal->goals.data, goal->goals.len);
  return goal;
}

void check_nsat(Checker *ck, Entity *entity)
{
  if (entity->state != ENTITY_NEW) return;
  entity->state = ENTITY_CHECKING;
  const AstDecl *decl = entity->decl;
  Nsat *nsat = ARENA_NEW(ck->arena, Nsat);
  NsatCheck check = {.ck = ck, .unit = entity->unit, .nsat = nsat};
  map_init(&check.names, ck->arena);
  Ctx ctx = nsat_ctx(&check, "an NSAT");
  nsat->name = decl->name.sym;
  nsat->title = decl->title.sym;
  nsat->span = decl->name.span;
  nsat->decl = decl;
  Entity *of = find_entity(ck, &ctx, &decl->u.nsat.experience, 1u << AD_EXPERIENCE, "an experience");
  nsat->experience = of ? need_experience(ck, of) : NULL;
  *VEC_PUSH(ck->arena, &ck->program->nsats) = nsat;
  entity->is.nsat = nsat;
  for (AST_EACH(AstItem, item, decl->u.nsat.goals)) {
    if (item->n.kind != AI_GOAL) continue;
    Goal *goal = check_goal(&check, item->u.goal, NULL);
    *VEC_PUSH(ck->arena, &nsat->goals) = goal;
  }
  if (nsat->goals.len > 0) check_siblings(ck, nsat->goals.data, nsat->goals.len);
  entity->state = ENTITY_DONE;
}
