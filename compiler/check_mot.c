/*
 * check_mot.c - a MOT: first what opens it, on which all its other clauses
 * rest, then those.
 */
#include "compiler/check_experience.h"
#include "compiler/check_expr.h"

MotWork *mot_new(Checker *ck, Experience *experience, AstName name)
{
  MotWork *work = ARENA_NEW(ck->arena, MotWork);
  work->mot.name = name.sym;
  work->mot.span = name.span;
  work->mot.experience = experience;
  work->mot.weight = 1;
  return work;
}

void merge_items(Checker *ck, MotWork *work, AstList list, bool inherited)
{
  Items items = items_of(ck, list);
  for (unsigned kind = 0; kind < ITEM_KINDS; kind++)
    if (items.once[kind]) work->once[kind] = (Clause){items.once[kind], inherited};
  for (unsigned i = 0; i < 2; i++)
    if (items.impact[i]) work->impact[i] = (Clause){items.impact[i], inherited};
  for (AST_EACH(AstItem, item, list)) {
    if (item->n.kind == AI_VOID_ON || item->n.kind == AI_TARGET || item->n.kind == AI_ON)
      *VEC_PUSH(ck->arena, &work->many) = (Clause){item, inherited};
  }
  work->broken |= items.broken;
}

bool mot_targeted(const Mot *mot)
{
  const MotWork *work = mot_work(mot);
  for (uint32_t i = 0; i < work->many.len; i++)
    if (work->many.data[i].item->n.kind == AI_TARGET) return true;
  return !work->item || work->broken;
}

/* ---- a clause in its surroundings --------------------------------------------------- */

typedef struct Scope {
  Ctx ctx;
  Diag **said; /* where findings go on */
  bool silent;
} Scope;

/* A pattern's clause is read from the pattern's file, with the parameters bound; if its own text is wrong
 * that was said already. */
static Scope enter(Checker *ck, MotWork *work, const Clause *clause, unsigned reach, const char *what)
{
  Scope scope = {experience_ctx(work->mot.experience, reach, what), ck->diags->last, false};
  scope.ctx.mot = &work->mot;
  if (!clause->inherited) return scope;
  scope.ctx.unit = work->pattern->unit;
  scope.ctx.env = work->env;
  scope.silent = work->misfit || (work->item && !work->pattern->is.any);
  if (scope.silent) ck->diags->muted++;
  return scope;
}

/* What is found in a pattern's text only with these arguments also shows where they are. */
static void leave(Checker *ck, const MotWork *work, const Clause *clause, const Scope *scope)
{
  if (scope->silent) ck->diags->muted--;
  if (!clause->inherited || !work->item) return;
  Span whole = work->pattern->decl->n.span;
  for (Diag *diag = *scope->said; diag; diag = diag->next) {
    if (diag->span.file == whole.file && diag->span.start >= whole.start && diag->span.end <= whole.end)
      diag_note(ck->diags, diag, work->mot.ast->like.span, "in this pattern, as %s uses it here",
                sym_text(ck->names, work->mot.name));
  }
}

/* ---- what opens it --------------------------------------------------------------------- */

/* `word` begins the clause, which may stand where something could not be read. */
static void say_no_clause(Checker *ck, const MotWork *work, const char *word, const char *what,
                          const char *example)
{
  const Experience *of = work->mot.experience;
  if (of && lost_in_error(ck, experience_work(of)->unit, intern_z(ck->names, word))) return;
  Diag *diag = SAY(ck, E0452, work->mot.span, "%s %s", sym_text(ck->names, work->mot.name), what);
  diag_help(ck->diags, diag, "add a line: %s", example);
}

bool chain_longer(Checker *ck, Span span)
{
  if (ck->opening < CHAIN_MAX) {
    ck->opening++;
    return true;
  }
  SAY(ck, E0714, span, "more than %d MOTs and experiences wait for one another's outcomes in a row", CHAIN_MAX);
  return false;
}

void mot_open(Checker *ck, MotWork *work)
{
  if (work->opened != ENTITY_NEW || !chain_longer(ck, work->mot.span)) return;
  work->opened = ENTITY_CHECKING;
  if (work->item) {
    if (work->mot.ast->like.words.count > 0) like_bind(ck, work);
    like_values(ck, work, true);
    merge_items(ck, work, work->mot.ast->items, false);
  }
  const Clause *when = &work->once[AI_WHEN];
  if (when->item) {
    Scope scope = enter(ck, work, when, REACH_JOURNEY, "`when`");
    work->mot.when = check_pattern(ck, &scope.ctx, &when->item->u.pattern, FOR_WHEN);
    leave(ck, work, when, &scope);
  } else if (!work->broken && work->item) {
    say_no_clause(ck, work, "when", "does not say when the moment begins",
                  "`when OrderPlaced`, with your event");
  }
  work->opened = ENTITY_DONE;
  ck->opening--;
}

/* ---- its other clauses -------------------------------------------------------------------- */

typedef void ClauseCheck(Checker *ck, const Ctx *ctx, Mot *mot, const AstItem *item);

static void check_manager(Checker *ck, const Ctx *ctx, Mot *mot, const AstItem *item)
{
  mot->manager = owner_named(ck, ctx, item->u.name);
}

static void check_critical(Checker *ck, const Ctx *ctx, Mot *mot, const AstItem *item)
{
  (void)ck, (void)ctx, (void)item;
  mot->critical = true;
}

static bool can_group(Type type)
{
  return type_wrong(type) || type_string(type) || type_is(type, VALUE_INT) || type_is(type, VALUE_LISTED);
}

static void check_producers(Checker *ck, const Ctx *ctx, Mot *mot, const AstItem *item)
{
  for (AST_EACH(AstWord, word, item->u.producers.teams)) {
    Owner *owner = owner_named(ck, ctx, (AstName){word->sym, word->n.span});
    if (owner) *VEC_PUSH(ck->arena, &mot->producers) = owner;
  }
  const AstExpr *by = item->u.producers.by;
  if (!by) return;
  Expr *expr = check_expr(ck, ctx, by);
  if (can_group(expr->type)) {
    if (!expr_wrong(expr)) mot->by = expr;
    return;
  }
  Diag *diag = SAY(ck, E0461, by->n.span, "%s does not tell which of the producers it was",
                   type_phrase(ck, expr->type));
  diag_note(ck->diags, diag, by->n.span, "what does is an id, a text, a whole number or a listed value");
  diag_help(ck->diags, diag, "name a field that identifies, as in `by last(TechnicianArrived).agent`");
}

static void check_smoto(Checker *ck, const Ctx *ctx, Mot *mot, const AstItem *item)
{
  mot->smoto = check_condition(ck, ctx, item->u.expr);
}

static void check_weight(Checker *ck, const Ctx *ctx, Mot *mot, const AstItem *item)
{
  Expr *expr = check_constant(ck, ctx, item->u.expr, "a weight");
  if (expr_wrong(expr)) return;
  double weight = expr->kind == EX_INT ? (double)expr->u.i : expr->u.f;
  bool plain = type_is(expr->type, VALUE_INT) || type_is(expr->type, VALUE_NUMBER);
  if (plain && weight >= 0) {
    mot->weight = weight;
    return;
  }
  Diag *diag = SAY(ck, E0463, item->u.expr->n.span, "a weight is a plain number, 0 or more");
  diag_help(ck->diags, diag, "`weight 2` counts twice as much as a MOT without a weight");
}

static void check_impact(Checker *ck, const Ctx *ctx, Mot *mot, const AstItem *item)
{
  Expr *expr = check_expr(ck, ctx, item->u.impact.amount);
  if (expr_wrong(expr)) return;
  if (type_is(expr->type, VALUE_MONEY)) {
    *(item->u.impact.decided == AST_PRODUCED ? &mot->impact_produced : &mot->impact_missed) = expr;
    return;
  }
  Diag *diag = SAY(ck, E0462, item->u.impact.amount->n.span, "an impact is an amount of money; this is %s",
                   type_phrase(ck, expr->type));
  diag_help(ck->diags, diag, "write it with its currency, as in `impact -45 EUR when missed`");
}

static void check_mot_target(Checker *ck, const Ctx *ctx, Mot *mot, const AstItem *item)
{
  Target *target = check_target(ck, ctx, &item->u.target, TARGET_OF_MOT, type_plain(VALUE_PERCENT));
  if (target) *VEC_PUSH(ck->arena, &mot->targets) = target;
}

static void check_void(Checker *ck, const Ctx *ctx, Mot *mot, const AstItem *item)
{
  Pattern *pattern = check_pattern(ck, ctx, &item->u.pattern, FOR_VOID);
  if (pattern) *VEC_PUSH(ck->arena, &mot->voids) = pattern;
}

static void check_pause(Checker *ck, const Ctx *ctx, Mot *mot, const AstItem *item)
{
  mot->pause = check_pattern(ck, ctx, &item->u.pause.on, FOR_PAUSE);
  mot->resume = check_pattern(ck, ctx, &item->u.pause.until, FOR_PAUSE);
}

static void check_on(Checker *ck, const Ctx *ctx, Mot *mot, const AstItem *item)
{
  check_actions(ck, ctx, item, &mot->actions);
}

enum {
  REACH_DECIDED = REACH_START | REACH_AS | REACH_OPENING | REACH_SUBJECT | REACH_TOOK | REACH_AGGREGATE,
  REACH_WHILE_OPEN = REACH_JOURNEY | REACH_OPENING
};

/* In this order: actions rest on the SMOTO and the targets. */
static const struct {
  uint8_t kind; /* AstItemKind */
  unsigned reach;
  const char *what;
  ClauseCheck *check;
} clause_checks[] = {
  {AI_MANAGER, 0, "a MOT", check_manager},
  {AI_CRITICAL, 0, "a MOT", check_critical},
  {AI_PRODUCERS, REACH_MOMENT, "`producers … by`", check_producers},
  {AI_SMOTO, REACH_MOMENT, "the SMOTO", check_smoto},
  {AI_WEIGHT, 0, "a weight", check_weight},
  {AI_IMPACT, REACH_MOMENT, "an impact", check_impact},
  {AI_TARGET, REACH_DECIDED, "a target", check_mot_target},
  {AI_VOID_ON, REACH_WHILE_OPEN, "`void on`", check_void},
  {AI_PAUSE, REACH_WHILE_OPEN, "`pause on`", check_pause},
  {AI_ON, REACH_MOMENT, "an action", check_on},
};
enum { CLAUSE_CHECKS = sizeof clause_checks / sizeof clause_checks[0] };

static void run_clause(Checker *ck, MotWork *work, unsigned row, const Clause *clause)
{
  if (!clause->item || clause->item->n.kind != clause_checks[row].kind) return;
  Scope scope = enter(ck, work, clause, clause_checks[row].reach, clause_checks[row].what);
  clause_checks[row].check(ck, &scope.ctx, &work->mot, clause->item);
  leave(ck, work, clause, &scope);
}

void check_mot_clauses(Checker *ck, MotWork *work)
{
  for (unsigned row = 0; row < CLAUSE_CHECKS; row++) {
    run_clause(ck, work, row, &work->once[clause_checks[row].kind]);
    for (unsigned i = 0; i < 2; i++) run_clause(ck, work, row, &work->impact[i]);
    for (uint32_t i = 0; i < work->many.len; i++) run_clause(ck, work, row, &work->many.data[i]);
  }
}

void check_mot(Checker *ck, Experience *experience, Mot *mot)
{
  MotWork *work = mot_work(mot);
  (void)experience;
  mot_open(ck, work);
  like_values(ck, work, false);
  check_mot_clauses(ck, work);
  if (!work->once[AI_SMOTO].item && !work->broken)
    say_no_clause(ck, work, "smoto", "does not say what the customer is to experience (its SMOTO)",
                  "`smoto ServiceActive within 4 h`, with your event and your promise");
}
