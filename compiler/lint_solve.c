/*
 * lint_solve.c - can these facts hold together?
 *
 * The facts are taken apart into literals, an `or` by trying one side and then
 * the other.  A literal narrows what a value can be, or how many events of a
 * kind can come in a span of time; a side is closed when one of these is left
 * with nothing.  Literals that are not understood narrow nothing, and after a
 * number of steps the facts are taken to be possible.  So "cannot hold" is
 * always right, "can hold" may be wrong.
 *
 * That truths of parts may be joined so, although conditions are three-valued
 * at run time, follows from their tables: a decision that comes early is the
 * one that any way for the rest to end would give.
 */
#include "compiler/lint.h"

#include <math.h>

enum { ATOMS_MAX = 16, COUNTS_MAX = 16, STEPS_MAX = 500, FACTS_MAX = 4 };
enum { CASES_MAX = 64 };   /* kinds of one match that are compared with those of another */
enum { COVER_STEPS = 10 }; /* what comparing two kinds with their predicates counts for */

typedef struct Atom { /* form compare 0 */
  Form form;
  uint8_t compare;
} Atom;

typedef struct Count { /* so many events of the step's match come within its bound */
  const Step *step;
  double low, high;
} Count;

typedef struct Solver {
  FactsAbout about;
  Atom atoms[ATOMS_MAX];
  Count counts[COUNTS_MAX];
  uint32_t atom_count, count_count, steps;
} Solver;

typedef struct Todo {
  Fact fact;
  const struct Todo *next;
} Todo;

static bool can_hold(Solver *s, const Todo *todo);

/* ---- values ---- */

typedef struct Gaps {
  double at[ATOMS_MAX];
  uint32_t count;
} Gaps;

/* What the atoms over the same terms leave of `range`. */
static void narrow_by_atoms(const Solver *s, const Form *form, Range *range, Gaps *gaps)
{
  gaps->count = 0;
  for (uint32_t i = 0; i < s->atom_count; i++) {
    const Atom *atom = &s->atoms[i];
    int sign = form_same_terms(s->about.by, form, &atom->form);
    if (sign == 0) continue;
    double bound = -sign * atom->form.constant;
    if (atom->compare == COMPARE_NE)
      gaps->at[gaps->count++] = bound;
    else
      range_narrow(range, sign > 0 ? atom->compare : compare_turned(atom->compare), bound);
  }
}

static Range term_range(const Solver *s, const Expr *term)
{
  Form alone = {.terms = {term}, .signs = {1}, .count = 1};
  Range range = range_of(term);
  Gaps gaps;
  narrow_by_atoms(s, &alone, &range, &gaps);
  return range;
}

static bool in_gap(const Gaps *gaps, double value)
{
  for (uint32_t i = 0; i < gaps->count; i++)
    if (gaps->at[i] == value) return true;
  return false;
}

/* Whether something is left: a low end that is no gap, or more than one value. */
static bool some_left(Range range, const Gaps *gaps)
{
  if (!range.whole) return !range_empty(&range) && (range.low < range.high || !in_gap(gaps, range.low));
  while (range.low <= range.high && isfinite(range.low) && in_gap(gaps, range.low)) range.low++;
  return range.low <= range.high;
}

static bool form_possible(const Solver *s, const Form *form)
{
  Range range = term_range(s, form->terms[0]);
  if (form->signs[0] < 0) range = range_add((Range){.whole = true}, range, -1);
  for (uint32_t i = 1; i < form->count; i++)
    range = range_add(range, term_range(s, form->terms[i]), form->signs[i]);
  Gaps gaps;
  narrow_by_atoms(s, form, &range, &gaps);
  return some_left(range, &gaps);
}

static bool shares_term(const Solver *s, const Form *a, const Form *b)
{
  for (uint32_t i = 0; i < a->count; i++)
    for (uint32_t k = 0; k < b->count; k++)
      if (lint_same_value(s->about.by, a->terms[i], b->terms[k])) return true;
  return false;
}

static bool constant_holds(const Form *form, uint8_t compare)
{
  Range range = {.low = form->constant, .high = form->constant};
  if (compare == COMPARE_NE) return form->constant != 0;
  range_narrow(&range, compare, 0);
  return !range_empty(&range);
}

/* a compare b is wanted from here on (b NULL: 0); false when that cannot be. */
static bool want_compare(Solver *s, const Expr *a, uint8_t compare, const Expr *b, double less)
{
  Form form;
  if (!form_of(s->about.by, a, b, &form)) return true;
  form.constant -= less;
  if (form.count == 0) return constant_holds(&form, compare);
  if (s->atom_count == ATOMS_MAX) return true;
  s->atoms[s->atom_count++] = (Atom){form, compare};
  for (uint32_t i = 0; i < s->atom_count; i++)
    if (shares_term(s, &form, &s->atoms[i].form) && !form_possible(s, &s->atoms[i].form)) return false;
  return true;
}

/* ---- numbers of events ---- */

/* Whether the span of `a` certainly lies in that of `b`; both begin together. */
static bool span_within(const Solver *s, const Bound *a, const Bound *b)
{
  if (a->moves || b->moves) return false;
  /* `ends on` cuts off what is unbounded, and that alone. */
  if (b->kind == BOUND_NONE) return a->kind == BOUND_NONE || !s->about.experience->ends;
  if (a->kind == BOUND_NONE || !a->value || !b->value) return false;
  bool by = a->kind == BOUND_BY || b->kind == BOUND_BY;
  if (by && a->kind != b->kind) return false;
  bool open_days = a->kind == BOUND_OPEN_DAYS || b->kind == BOUND_OPEN_DAYS;
  if (open_days && a->kind != b->kind) return false;
  /* Open time passes no faster than time. */
  if (a->kind == BOUND_CALENDAR && b->kind == BOUND_WITHIN) return false;
  if (a->calendar && b->calendar && a->calendar != b->calendar) return false;
  Form form;
  return form_of(s->about.by, b->value, a->value, &form) && form.count == 0 && form.constant >= 0;
}

/* `fewer` asks for at least so many, `more` for at most so many: do they exclude each other? */
static bool counts_exclude(Solver *s, const Count *fewer, const Count *more)
{
  if (fewer->low <= more->high || !span_within(s, &fewer->step->bound, &more->step->bound)) return false;
  s->steps += COVER_STEPS;
  return match_covers_all(&more->step->match, &fewer->step->match);
}

static bool want_count(Solver *s, const Step *step, double low, double high)
{
  Count count = {step, low, high};
  if (low > high || high < 0) return false;
  if (low > 0 && bound_has_passed(&step->bound)) return false;
  for (uint32_t i = 0; i < s->count_count; i++)
    if (counts_exclude(s, &count, &s->counts[i]) || counts_exclude(s, &s->counts[i], &count)) return false;
  if (s->count_count < COUNTS_MAX) s->counts[s->count_count++] = count;
  return true;
}

/* ---- taking apart ---- */

/* The rest, after what was added was possible; takes back what it added. */
static bool rest_can_hold(Solver *s, uint32_t atoms, uint32_t counts, bool possible, const Todo *rest)
{
  bool ok = possible && can_hold(s, rest);
  s->atom_count = atoms;
  s->count_count = counts;
  return ok;
}

static bool compare_can_hold(Solver *s, const Expr *a, uint8_t compare, const Expr *b, double less,
                             const Todo *rest)
{
  uint32_t atoms = s->atom_count, counts = s->count_count;
  return rest_can_hold(s, atoms, counts, want_compare(s, a, compare, b, less), rest);
}

static bool count_can_hold(Solver *s, const Step *step, double low, double high, const Todo *rest)
{
  uint32_t atoms = s->atom_count, counts = s->count_count;
  return rest_can_hold(s, atoms, counts, want_count(s, step, low, high), rest);
}

static bool both_can_hold(Solver *s, Fact a, Fact b, const Todo *rest)
{
  Todo second = {b, rest}, first = {a, &second};
  return can_hold(s, &first);
}

static bool either_can_hold(Solver *s, Fact a, Fact b, const Todo *rest)
{
  Todo left = {a, rest}, right = {b, rest};
  return can_hold(s, &left) || can_hold(s, &right);
}

static bool expr_can_hold(Solver *s, const Expr *expr, bool wanted, const Todo *rest)
{
  switch (expr->kind) {
  case EX_AND:
  case EX_OR: {
    Fact a = {.expr = expr->a, .wanted = wanted}, b = {.expr = expr->b, .wanted = wanted};
    return (expr->kind == EX_AND) == wanted ? both_can_hold(s, a, b, rest) : either_can_hold(s, a, b, rest);
  }
  case EX_NOT: return expr_can_hold(s, expr->a, !wanted, rest);
  case EX_COMPARE:
    return compare_can_hold(s, expr->a, wanted ? expr->op : compare_negated(expr->op), expr->b, 0, rest);
  default: return compare_can_hold(s, expr, COMPARE_EQ, NULL, wanted ? 1 : 0, rest);
  }
}

/* Exactly n: both ends, or beyond one of them. */
static bool exactly_can_hold(Solver *s, const Leaf *leaf, bool wanted, const Todo *rest)
{
  const Step *step = &leaf->steps.data[0];
  double n = (double)leaf->count;
  if (wanted) return count_can_hold(s, step, n, n, rest);
  return count_can_hold(s, step, n + 1, INFINITY, rest) || count_can_hold(s, step, 0, n - 1, rest);
}

static bool leaf_can_hold(Solver *s, const Leaf *leaf, bool wanted, const Todo *rest)
{
  if (leaf->kind == LEAF_PREDICATE) return expr_can_hold(s, leaf->predicate, wanted, rest);
  if (leaf->kind == LEAF_BEFORE || leaf->steps.len == 0) return can_hold(s, rest);
  /* A sequence that holds has its first step; one that does not may still have it. */
  if (leaf->kind == LEAF_SEQUENCE)
    return wanted ? count_can_hold(s, &leaf->steps.data[0], 1, INFINITY, rest) : can_hold(s, rest);
  if (leaf->kind == LEAF_EXACTLY) return exactly_can_hold(s, leaf, wanted, rest);
  const Step *step = &leaf->steps.data[0];
  double n = leaf->kind == LEAF_SOME ? 1 : leaf->kind == LEAF_NO ? 0 : (double)leaf->count;
  bool at_least = leaf->kind == LEAF_SOME || leaf->kind == LEAF_AT_LEAST;
  if (!wanted) n += at_least ? -1 : 1; /* not at least n: at most n - 1 */
  return count_can_hold(s, step, at_least == wanted ? n : 0, at_least == wanted ? INFINITY : n, rest);
}

static bool cond_can_hold(Solver *s, const Cond *cond, bool wanted, const Todo *rest)
{
  if (cond->kind == COND_LEAF) return leaf_can_hold(s, cond->leaf, wanted, rest);
  if (cond->kind == COND_NOT) return cond_can_hold(s, cond->a, !wanted, rest);
  Fact a = {.cond = cond->a, .wanted = wanted}, b = {.cond = cond->b, .wanted = wanted};
  return (cond->kind == COND_AND) == wanted ? both_can_hold(s, a, b, rest) : either_can_hold(s, a, b, rest);
}

static bool can_hold(Solver *s, const Todo *todo)
{
  if (!todo || s->steps++ >= STEPS_MAX) return true;
  const Fact *fact = &todo->fact;
  return fact->cond ? cond_can_hold(s, fact->cond, fact->wanted, todo->next)
                    : expr_can_hold(s, fact->expr, fact->wanted, todo->next);
}

bool facts_can_hold(FactsAbout about, const Fact *facts, uint32_t count)
{
  Solver solver = {.about = about};
  Todo todo[FACTS_MAX];
  if (count > FACTS_MAX) count = FACTS_MAX; /* fewer facts exclude less */
  for (uint32_t i = 0; i < count; i++) todo[i] = (Todo){facts[i], i + 1 < count ? &todo[i + 1] : NULL};
  return count == 0 || can_hold(&solver, &todo[0]);
}

/* ---- what follows from what ---- */

/* Whether b's predicate holds for all events that a's holds for. */
static bool case_covers(const MatchCase *b, const MatchCase *a)
{
  if (b->event != a->event || b->mot != a->mot || b->sco != a->sco || b->outcome != a->outcome) return false;
  if (!b->where) return true;
  Fact facts[2] = {{.expr = b->where, .wanted = false}, {.expr = a->where, .wanted = true}};
  return !facts_can_hold((FactsAbout){0}, facts, a->where ? 2 : 1);
}

bool match_covers(const Match *b, const MatchCase *a)
{
  if (b->cases.len > CASES_MAX) return false;
  for (uint32_t i = 0; i < b->cases.len; i++)
    if (case_covers(&b->cases.data[i], a)) return true;
  return false;
}

bool match_covers_all(const Match *b, const Match *a)
{
  if (lint_same_match(a, b)) return true;
  if (a->cases.len > CASES_MAX) return false;
  for (uint32_t i = 0; i < a->cases.len; i++)
    if (!match_covers(b, &a->cases.data[i])) return false;
  return a->cases.len > 0;
}

bool bound_has_passed(const Bound *bound)
{
  Form form;
  if (bound->kind != BOUND_BY || bound->moves || !bound->value) return false;
  if (!form_of((SameBy){0}, bound->value, NULL, &form) || form.count != 1) return false;
  const Expr *term = form.terms[0];
  if (form.signs[0] != 1 || form.constant >= 0 || term->kind != EX_REF || term->u.ref->field != 0)
    return false;
  return term->u.ref->kind == REF_START || term->u.ref->kind == REF_OPENING;
}
