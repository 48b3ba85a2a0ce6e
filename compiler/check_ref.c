/*
 * check_ref.c - values of earlier events: of the start, of what opened a moment,
 * of events named by `as`, of the last E.  A record keeps only what is named.
 */
#include <string.h>

#include "compiler/check_expr.h"

enum { OUTCOME_DEPTH = 16 }; /* of outcomes that open on outcomes */

/* ---- which kinds an event can be of ---- */

typedef void CaseEach(void *user, const MatchCase *at);

static void each_base(Checker *ck, const Match *match, unsigned depth, CaseEach *each, void *user);

static const Step *opening_step(const Choice *choice)
{
  return choice->steps.len > 0 ? &choice->steps.data[choice->steps.len - 1] : NULL;
}

static void each_opening(Checker *ck, const Pattern *pattern, unsigned depth, CaseEach *each, void *user)
{
  for (uint32_t i = 0; pattern && i < pattern->choices.len; i++) {
    const Choice *choice = &pattern->choices.data[i];
    const Step *step = opening_step(choice);
    if (choice->shape != AST_SILENCE && step) each_base(ck, &step->match, depth, each, user);
  }
}

/* An outcome stands for the event that opened its moment. */
static void each_base(Checker *ck, const Match *match, unsigned depth, CaseEach *each, void *user)
{
  for (uint32_t i = 0; i < match->cases.len; i++) {
    const MatchCase *at = &match->cases.data[i];
    if (at->event)
      each(user, at);
    else if (at->mot && depth < OUTCOME_DEPTH)
      each_opening(ck, at->mot->when, depth + 1, each, user);
  }
}

void opening_kinds(Checker *ck, const Mot *mot, void (*each)(void *user, const MatchCase *at), void *user)
{
  each_opening(ck, mot->when, 0, each, user);
}

/* ---- one field over all of them ---- */

typedef struct Search {
  Checker *ck;
  Sym name;               /* 0: the time */
  uint32_t kinds, found;
  Type type;
  bool differs;           /* not of one type everywhere */
  Field *first;
  const Event *with, *without;
} Search;

static void search_case(void *user, const MatchCase *at)
{
  Search *search = user;
  search->kinds++;
  Field *field = event_field(at->event, search->name);
  if (!field) {
    search->without = at->event;
    return;
  }
  if (search->found++ == 0) {
    search->type = field->type;
    search->first = field;
    search->with = at->event;
  } else if (!type_same(search->type, field->type)) {
    search->differs = true;
  }
  search->type.optional |= field->type.optional;
}

static void use_case(void *user, const MatchCase *at)
{
  const Search *search = user;
  Field *field = event_field(at->event, search->name);
  if (field) field->used = true;
}

static const Pattern *subject_pattern(const Ctx *ctx)
{
  if (ctx->mot) return ctx->mot->when;
  return ctx->experience ? ctx->experience->starts : NULL;
}

static bool has_silence(const Pattern *pattern)
{
  for (uint32_t i = 0; i < pattern->choices.len; i++) {
    if (pattern->choices.data[i].shape == AST_SILENCE) return true;
  }
  return false;
}

bool subject_silent(const Ctx *ctx)
{
  const Pattern *pattern = subject_pattern(ctx);
  return pattern && has_silence(pattern);
}

bool subject_has(Checker *ck, const Ctx *ctx, Sym field, uint8_t *ret_kind)
{
  Search search = {.ck = ck, .name = field};
  each_opening(ck, subject_pattern(ctx), 0, search_case, &search);
  *ret_kind = ctx->mot ? REF_OPENING : REF_START;
  return search.found > 0;
}

static void broken_case(void *user, const MatchCase *at)
{
  (void)at;
  *(bool *)user = false;
}

bool subject_broken(Checker *ck, const Ctx *ctx)
{
  const Pattern *pattern = subject_pattern(ctx);
  if (!pattern) return true;
  bool broken = !has_silence(pattern);
  each_opening(ck, pattern, 0, broken_case, &broken);
  return broken;
}

typedef struct FieldEach {
  NameEach *each;
  void *user;
} FieldEach;

static void each_field(void *user, const MatchCase *at)
{
  const FieldEach *to = user;
  for (uint32_t i = 0; i < at->event->fields.len; i++) to->each(to->user, at->event->fields.data[i]->name);
}

void each_subject_field(Checker *ck, const Ctx *ctx, NameEach *each, void *user)
{
  FieldEach to = {each, user};
  each_opening(ck, subject_pattern(ctx), 0, each_field, &to);
}

/* ---- names given with `as` ---- */

typedef void AsEach(void *user, Sym name, const Step *step);

static void pattern_names(const Pattern *pattern, AsEach *each, void *user)
{
  for (uint32_t i = 0; pattern && i < pattern->choices.len; i++) {
    const Choice *choice = &pattern->choices.data[i];
    for (uint32_t k = 0; k < choice->as.len && k < choice->steps.len; k++) {
      if (choice->as.data[k]) each(user, choice->as.data[k], &choice->steps.data[k]);
    }
  }
}

typedef struct AsSearch {
  Checker *ck;
  Sym name;
  uint32_t given; /* by so many choices */
  CaseEach *each;
  void *user;
} AsSearch;

static void as_match(void *user, Sym name, const Step *step)
{
  AsSearch *search = user;
  if (name != search->name) return;
  search->given++;
  if (search->each) each_base(search->ck, &step->match, 0, search->each, search->user);
}

/* The pattern that gives the name; the MOT's before the experience's. */
static const Pattern *as_pattern(const Ctx *ctx, Sym name)
{
  const Pattern *patterns[] = {ctx->mot ? ctx->mot->when : NULL,
                               ctx->experience ? ctx->experience->starts : NULL};
  for (unsigned i = 0; i < 2; i++) {
    AsSearch search = {.name = name};
    pattern_names(patterns[i], as_match, &search);
    if (search.given > 0) return patterns[i];
  }
  return NULL;
}

bool as_name_known(const Ctx *ctx, Sym name)
{
  return (ctx->reach & REACH_AS) && as_pattern(ctx, name);
}

static void as_name(void *user, Sym name, const Step *step)
{
  const FieldEach *to = user;
  (void)step;
  to->each(to->user, name);
}

void each_as_name(const Ctx *ctx, NameEach *each, void *user)
{
  FieldEach to = {each, user};
  if (!(ctx->reach & REACH_AS)) return;
  if (ctx->mot) pattern_names(ctx->mot->when, as_name, &to);
  if (ctx->experience) pattern_names(ctx->experience->starts, as_name, &to);
}

/* ---- making the reference ---- */

/* Visits every kind the referred event can be of; false: unknown after an earlier report. */
static bool each_kind(const Search *search, const Ctx *ctx, const Ref *ref, CaseEach *each, void *user)
{
  Checker *ck = search->ck;
  const Pattern *pattern = NULL;
  switch ((RefKind)ref->kind) {
  case REF_LAST: each_base(ck, ref->match, 0, each, user); return true;
  case REF_AS: {
    AsSearch as = {ck, ref->as, 0, each, user};
    pattern_names(as_pattern(ctx, ref->as), as_match, &as);
    return true;
  }
  case REF_START: pattern = ctx->experience ? ctx->experience->starts : NULL; break;
  case REF_OPENING: pattern = ctx->mot ? ctx->mot->when : NULL; break;
  }
  each_opening(ck, pattern, 0, each, user);
  return pattern != NULL;
}

static const char *whose(Checker *ck, const Ref *ref)
{
  switch ((RefKind)ref->kind) {
  case REF_START: return "the event that starts the journey";
  case REF_OPENING: return "the event that opens the moment";
  case REF_AS: return arena_printf(ck->arena, "`%s`", sym_text(ck->names, ref->as));
  default: return "this event";
  }
}

static Ref *say_silence(Checker *ck, AstName field)
{
  Diag *diag = SAY(ck, E0317, field.span, "a moment that silence opens has no opening event, so no "
                   "`opening.%s`",
                   sym_text(ck->names, field.sym));
  diag_help(ck->diags, diag, "write `start.…` for the first event of the journey, or `last(E).…`");
  return NULL;
}

static Ref *say_not_everywhere(Checker *ck, const Ref *ref, AstName field, const Search *search)
{
  const char *name = sym_text(ck->names, field.sym);
  if (search->found == 0) {
    need_field(ck, search->without, field);
    return NULL;
  }
  if (search->differs) {
    SAY(ck, E0333, field.span, "`%s` is not the same kind of value in all the events that %s can be", name,
        whose(ck, ref));
    return NULL;
  }
  Diag *diag = SAY(ck, E0333, field.span, "%s may be a %s, which has no field `%s`", whose(ck, ref),
                   sym_text(ck->names, search->without->shown), name);
  diag_note(ck->diags, diag, search->without->span, "declared here");
  diag_help(ck->diags, diag, "only fields that all of its kinds have can be used; %s has it",
            sym_text(ck->names, search->with->shown));
  return NULL;
}

/* Only after an earlier report is it silent that there is nothing to look at. */
static bool say_no_kind(Checker *ck, const Ctx *ctx, AstName field)
{
  if (!was_reported(ck, ctx))
    SAY(ck, E0317, field.span, "it is not known which events `%s` could be read of",
        sym_text(ck->names, field.sym));
  return false;
}

/* The type over all kinds; false after a report, or when there is none to make. */
static bool ref_type(Checker *ck, const Ctx *ctx, Ref *ref, AstName field)
{
  Search search = {.ck = ck, .name = ref->field};
  bool silence = ref->kind == REF_OPENING && ctx->mot && ctx->mot->when && has_silence(ctx->mot->when);
  if (ref->field == 0) {
    ref->type = type_plain(VALUE_TIME);
    return true;
  }
  if (silence) return say_silence(ck, field) != NULL;
  if (!each_kind(&search, ctx, ref, search_case, &search) || search.kinds == 0)
    return say_no_kind(ck, ctx, field);
  if (search.found < search.kinds || search.differs)
    return say_not_everywhere(ck, ref, field, &search) != NULL;
  each_kind(&search, ctx, ref, use_case, &search);
  ref->type = search.type;
  return true;
}

/* Not every choice of the pattern gives the name: then its values may be missing. */
static bool as_may_miss(const Ctx *ctx, Sym name)
{
  const Pattern *pattern = as_pattern(ctx, name);
  AsSearch search = {.name = name};
  pattern_names(pattern, as_match, &search);
  return pattern && search.given < pattern->choices.len;
}

static bool of_the_mot(const Ctx *ctx, const Ref *ref)
{
  if (ref->kind == REF_OPENING) return true;
  return ref->kind == REF_AS && ctx->mot && as_pattern(ctx, ref->as) == ctx->mot->when;
}

static bool ref_same(const Ref *a, const Ref *b)
{
  if (a->kind != b->kind || a->as != b->as || a->field != b->field) return false;
  return a->kind != REF_LAST || match_same(a->match, b->match);
}

static Ref *ref_find(Ref *const *refs, uint32_t count, const Ref *wanted)
{
  for (uint32_t i = 0; i < count; i++) {
    if (ref_same(refs[i], wanted)) return refs[i];
  }
  return NULL;
}

Ref *ref_need(Checker *ck, const Ctx *ctx, uint8_t kind, Sym as, AstName field, Match *last)
{
  if (!ctx->experience) return NULL;
  Ref wanted = {.kind = kind, .as = as, .experience = ctx->experience, .match = last};
  wanted.field = strcmp(sym_text(ck->names, field.sym), "at") == 0 ? 0 : field.sym;
  wanted.slot = wanted.known = MOT_NONE;
  if (!ref_type(ck, ctx, &wanted, field)) return NULL;
  if (kind == REF_LAST || (kind == REF_AS && as_may_miss(ctx, as))) wanted.type.optional = true;
  bool mot = of_the_mot(ctx, &wanted);
  wanted.mot = mot ? ctx->mot : NULL;
  Ref *ref = ref_find(mot ? ctx->mot->refs.data : ctx->experience->refs.data,
                      mot ? ctx->mot->refs.len : ctx->experience->refs.len, &wanted);
  if (ref) return ref;
  ref = ARENA_NEW(ck->arena, Ref);
  *ref = wanted;
  *(mot ? VEC_PUSH(ck->arena, &ctx->mot->refs) : VEC_PUSH(ck->arena, &ctx->experience->refs)) = ref;
  return ref;
}
