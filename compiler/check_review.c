/*
 * check_review.c - reviews: how often, on what, and who takes the chair.
 */
#include "compiler/check_experience.h"
#include "compiler/check_measure.h"

static void check_period(Checker *ck, const Ctx *ctx, Review *review, const AstItem *item)
{
  Length length;
  if (!length_of(ck, ctx, &item->u.every, &length)) return;
  if (length.unit == UNIT_MICROSECONDS) {
    Diag *diag = SAY(ck, E0523, item->u.every.span, "reviews are held every so many days, weeks or months");
    diag_help(ck->diags, diag, "write `every week`, `every 2 w`, `every month` or `every 1 quarter`");
    return;
  }
  review->unit = length.unit;
  review->every = length.count;
}

static void say_missing(Checker *ck, const Review *review, const char *what, const char *example)
{
  Diag *diag = SAY(ck, E0522, review->span, "%s does not say %s", sym_text(ck->names, review->name), what);
  diag_help(ck->diags, diag, "add a line: `%s`", example);
}

void check_review(Checker *ck, Unit *unit, const AstDecl *decl)
{
  Ctx ctx = {.unit = unit, .what = "a review"};
  Items items = items_of(ck, decl->items);
  Review *review = ARENA_NEW(ck->arena, Review);
  review->name = decl->name.sym;
  review->span = decl->name.span;
  if (items.once[AI_EVERY]) check_period(ck, &ctx, review, items.once[AI_EVERY]);
  if (items.once[AI_CHAIR]) review->chair = owner_named(ck, &ctx, items.once[AI_CHAIR]->u.name);
  if (items.once[AI_REVIEW_ON]) {
    Entity *of = find_entity(ck, &ctx, &items.once[AI_REVIEW_ON]->u.path, 1u << AD_EXPERIENCE,
                             "an experience");
    review->experience = of ? need_experience(ck, of) : NULL;
  }
  if (!items.once[AI_EVERY] && !items.broken) say_missing(ck, review, "how often it is held", "every month");
  if (!items.once[AI_REVIEW_ON] && !items.broken)
    say_missing(ck, review, "which experience it is about", "on GettingOnline");
  *VEC_PUSH(ck->arena, &ck->program->reviews) = review;
}
