/*
 * compare_rules.c - experiences and MOTs, clause by clause.
 */
#include <inttypes.h>
#include <string.h>

#include "bytecode/names.h"
#include "compiler/check_experience.h"
#include "compiler/compare.h"

static const Span nowhere = {0, 0, 0};

static const char *owner_name(const Side *side, const Owner *owner)
{
  return owner ? sym_text(side->names, owner->name) : "";
}

static const char *number_text(const Side *side, double number)
{
  return arena_printf(side->arena, "%.17g", number);
}

/* ---- targets and actions, wherever they stand ---- */

static const AstItem *item_around(const ItemList *items, Span span)
{
  for (uint32_t i = 0; i < items->len; i++) {
    Span item = items->data[i]->n.span;
    if (item.file == span.file && item.start <= span.start && span.end <= item.end) return items->data[i];
  }
  return NULL;
}

void aspect_targets(Side *side, Thing *thing, Target *const *targets, uint32_t count, const ItemList *items)
{
  for (uint32_t i = 0; i < count; i++) {
    Meaning m;
    meaning_init(&m, side->arena);
    mean_target(&m, side, targets[i]);
    const AstItem *item = item_around(items, targets[i]->span);
    Aspect *aspect = aspect_new(side, thing, "target", item ? item->n.span : targets[i]->span);
    aspect_means(aspect, &m);
    aspect->many = true;
  }
}

/* "on missed { alert ben severity high }": the action alone of those that stand in its block. */
void aspect_actions(Side *side, Thing *thing, Action *const *actions, uint32_t count, const ItemList *items)
{
  for (uint32_t i = 0; i < count; i++) {
    Meaning m, words;
    meaning_init(&m, side->arena);
    meaning_init(&words, side->arena);
    mean_action(&m, &words, side, actions[i]);
    const AstItem *item = item_around(items, actions[i]->span);
    Aspect *aspect = aspect_new(side, thing, "on", actions[i]->span);
    aspect_means(aspect, &m);
    aspect->words = words.full.data;
    aspect->id = arena_printf(side->arena, "%d %d", actions[i]->when, actions[i]->kind);
    if (item) aspect->text = arena_printf(side->arena, "%s { %s }", text_head(side, item->n.span), aspect->text);
    aspect->many = true;
  }
}

/* ---- clauses that a pattern may have given ---- */

typedef struct MotSide {
  Side *side;
  Thing *thing;
  const MotWork *work;
  const char *like; /* "like std.contact.AnsweredWithin(CallEnded, 60 s)" */
  Span like_span;
} MotSide;

static void find_like(MotSide *ms, const AstMot *ast)
{
  if (!ast || ast->like.words.count == 0) return;
  const AstNode *last = ast->like_args.last;
  ms->like_span = last ? span_join(ast->like.span, last->span) : ast->like.span;
  ms->like = arena_printf(ms->side->arena, "like %s%s", text_written(ms->side, ms->like_span), last ? ")" : "");
}

static void from_pattern(const MotSide *ms, Aspect *aspect, const Clause *clause)
{
  if (!clause->item || !clause->inherited) return;
  aspect->head = ms->like;
  aspect->head_span = ms->like_span;
}

static Aspect *clause_aspect(const MotSide *ms, const char *name, const Clause *clause)
{
  Aspect *aspect = aspect_new(ms->side, ms->thing, name, item_span_of(clause->item));
  from_pattern(ms, aspect, clause);
  return aspect;
}

/* Those that stand behind aspect `from` came from many clauses: each finds its own. */
static void mark_inherited(const MotSide *ms, uint32_t from)
{
  if (!ms->like) return;
  for (uint32_t i = from; i < ms->thing->aspects.len; i++) {
    Aspect *aspect = &ms->thing->aspects.data[i];
    for (uint32_t k = 0; k < ms->work->many.len; k++) {
      const Clause *clause = &ms->work->many.data[k];
      Span span = clause->item->n.span;
      bool here = span.file == aspect->span.file && span.start <= aspect->span.start && aspect->span.end <= span.end;
      if (here) from_pattern(ms, aspect, clause);
    }
  }
}

/* ---- MOTs ---- */

static void mot_decides(const MotSide *ms)
{
  Side *side = ms->side;
  const Mot *mot = &ms->work->mot;
  const Clause *once = ms->work->once;
  Meaning when, smoto, pause;
  meaning_init(&when, side->arena);
  meaning_init(&smoto, side->arena);
  meaning_init(&pause, side->arena);
  mean_pattern(&when, side, mot->when);
  aspect_means(clause_aspect(ms, "when", &once[AI_WHEN]), &when);
  mean_condition(&smoto, side, mot->smoto);
  aspect_means(clause_aspect(ms, "smoto", &once[AI_SMOTO]), &smoto);
  mean_pattern(&pause, side, mot->pause);
  if (mot->resume) mean(&pause, " until");
  mean_pattern(&pause, side, mot->resume);
  aspect_means(clause_aspect(ms, "pause", &once[AI_PAUSE]), &pause);
}

static void void_aspects(Side *side, Thing *thing, Pattern *const *voids, uint32_t count, const ItemList *items)
{
  for (uint32_t i = 0; i < count; i++) {
    Meaning m;
    meaning_init(&m, side->arena);
    mean_pattern(&m, side, voids[i]);
    const AstItem *item = item_around(items, voids[i]->span);
    Aspect *aspect = aspect_new(side, thing, "void", item ? item->n.span : voids[i]->span);
    aspect_means(aspect, &m);
    aspect->many = true;
  }
}

static const char *producers_words(const Side *side, const Mot *mot)
{
  Meaning m;
  meaning_init(&m, side->arena);
  for (uint32_t i = 0; i < mot->producers.len; i++) mean(&m, " %s", owner_name(side, mot->producers.data[i]));
  mean(&m, " by");
  mean_expr(&m, side, mot->by);
  return m.full.data;
}

static const char *expr_words(const Side *side, const Expr *expr)
{
  Meaning m;
  meaning_init(&m, side->arena);
  mean(&m, " ");
  mean_expr(&m, side, expr);
  return m.full.data;
}

static void mot_words(const MotSide *ms)
{
  Side *side = ms->side;
  const Mot *mot = &ms->work->mot;
  const Clause *once = ms->work->once;
  clause_aspect(ms, "manager", &once[AI_MANAGER])->words = owner_name(side, mot->manager);
  clause_aspect(ms, "producers", &once[AI_PRODUCERS])->words = producers_words(side, mot);
  clause_aspect(ms, "critical", &once[AI_CRITICAL])->words = mot->critical ? "critical" : "";
  clause_aspect(ms, "weight", &once[AI_WEIGHT])->words = number_text(side, mot->weight);
  const Clause *impact = ms->work->impact;
  Aspect *missed = clause_aspect(ms, "impact", &impact[AST_MISSED]);
  missed->words = expr_words(side, mot->impact_missed);
  missed->id = "missed";
  Aspect *produced = clause_aspect(ms, "impact", &impact[AST_PRODUCED]);
  produced->words = expr_words(side, mot->impact_produced);
  produced->id = "produced";
}

static void mot_clauses(const MotSide *ms)
{
  const Mot *mot = &ms->work->mot;
  ItemList items = {0};
  for (uint32_t i = 0; i < ms->work->many.len; i++)
    *VEC_PUSH(ms->side->arena, &items) = ms->work->many.data[i].item;
  mot_decides(ms);
  uint32_t from = ms->thing->aspects.len;
  void_aspects(ms->side, ms->thing, mot->voids.data, mot->voids.len, &items);
  aspect_targets(ms->side, ms->thing, mot->targets.data, mot->targets.len, &items);
  aspect_actions(ms->side, ms->thing, mot->actions.data, mot->actions.len, &items);
  mark_inherited(ms, from);
  mot_words(ms);
}

static const char *written_or(const Side *side, const AstItem *item, const char *other)
{
  const char *text = text_written(side, item_span_of(item));
  return text ? text : other;
}

static void mot_thing(Side *side, Thing *experience, const Mot *mot)
{
  const MotWork *work = mot_work(mot);
  MotSide ms = {.side = side, .work = work};
  const char *name = arena_printf(side->arena, "%s.%s", experience->name, sym_text(side->names, mot->name));
  ms.thing = thing_new(side, MOT_CHANGE_OF_MOT, name, work->item->n.span);
  ms.thing->owner = experience;
  find_like(&ms, mot->ast);
  const Clause *when = &work->once[AI_WHEN], *smoto = &work->once[AI_SMOTO];
  if (!when->inherited && !smoto->inherited)
    ms.thing->text = arena_printf(side->arena, "%s { %s %s }", ms.thing->text, written_or(side, when->item, ""),
                                  written_or(side, smoto->item, ""));
  aspect_titles(side, ms.thing, mot->ast->title, mot->doc);
  mot_clauses(&ms);
}

/* ---- by which fields events belong to a journey ---- */

typedef struct KeyWalk {
  Side *side;
  Thing *thing;
  const Experience *experience;
  Map seen;
} KeyWalk;

/* Where the keys themselves are others, there is nothing to compare. */
static const char *keys_text(const Side *side, const Experience *experience)
{
  const char *text = "";
  for (uint32_t i = 0; i < experience->keys.len; i++)
    text = arena_printf(side->arena, "%s %s", text, sym_text(side->names, experience->keys.data[i].name));
  return text;
}

static void key_of_event(KeyWalk *walk, const Event *event)
{
  Side *side = walk->side;
  Meaning m;
  Buf text;
  meaning_init(&m, side->arena);
  buf_init(&text, side->arena);
  for (uint32_t i = 0; i < walk->experience->keys.len; i++) {
    const Field *field = event_field(event, walk->experience->keys.data[i].name);
    mean(&m, " %u", i);
    if (!field) continue;
    mean_type(&m, side, &field->type);
    mean_field(&m, side, field);
    const AstField *ast = node_written(side, field->span);
    if (ast) buf_printf(&text, "  %s", text_written(side, ast->n.span));
  }
  Aspect *aspect = aspect_new(side, walk->thing, "for", nowhere);
  aspect_means(aspect, &m);
  aspect->text = arena_printf(side->arena, "event %s {%s }", sym_text(side->names, event->shown),
                              text.len ? text.data + 1 : "");
  if (event->decl) aspect->span = event->decl->n.span;
  aspect->id = arena_printf(side->arena, "%s:%s", keys_text(side, walk->experience), sym_text(side->names, event->raw));
  aspect->key = aspect->both = true;
}

static void visit_key(void *user, const MatchCase *at, Span span)
{
  KeyWalk *walk = user;
  (void)span;
  if (!at->event || map_get(&walk->seen, (uint64_t)(uintptr_t)at->event)) return;
  map_put(&walk->seen, (uint64_t)(uintptr_t)at->event, at->event);
  key_of_event(walk, at->event);
}

/* ---- experiences ---- */

static Aspect *pattern_aspect(Side *side, Thing *thing, const char *clause, const AstItem *item, const Pattern *pattern)
{
  Meaning m;
  meaning_init(&m, side->arena);
  mean_pattern(&m, side, pattern);
  Aspect *aspect = aspect_new(side, thing, clause, item_span_of(item));
  aspect_means(aspect, &m);
  return aspect;
}

static void journey_aspects(Side *side, Thing *thing, const Experience *experience)
{
  AstList items = experience->decl->items;
  Meaning keys, expires;
  meaning_init(&keys, side->arena);
  mean(&keys, "%s", keys_text(side, experience));
  Aspect *aspect = aspect_new(side, thing, "for", item_span_of(item_of(items, AI_FOR)));
  aspect_means(aspect, &keys);
  aspect->key = true;
  KeyWalk walk = {.side = side, .thing = thing, .experience = experience};
  map_init(&walk.seen, side->arena);
  experience_cases(experience, visit_key, &walk);
  pattern_aspect(side, thing, "starts", item_of(items, AI_STARTS), experience->starts)->key = true;
  pattern_aspect(side, thing, "ends", item_of(items, AI_ENDS), experience->ends);
  meaning_init(&expires, side->arena);
  mean_limit(&expires, "%" PRId64, experience->expires);
  aspect_means(aspect_new(side, thing, "expires", item_span_of(item_of(items, AI_EXPIRES))), &expires);
}

static void sco_aspect(Side *side, Thing *thing, const Experience *experience)
{
  Meaning m;
  meaning_init(&m, side->arena);
  mean_condition(&m, side, experience->sco);
  Aspect *aspect = aspect_new(side, thing, "sco", item_span_of(item_of(experience->decl->items, AI_SCO)));
  aspect_means(aspect, &m);
  aspect->words = sym_text(side->names, experience->sco_text);
}

static const char *sentiment_words(const Side *side, const AggregateUse *use)
{
  Meaning m;
  meaning_init(&m, side->arena);
  mean(&m, " ");
  if (use) mean_aggregate(&m, side, use);
  return m.full.data;
}

static void experience_words(Side *side, Thing *thing, const Experience *experience)
{
  AstList items = experience->decl->items;
  aspect_words(side, thing, "manager", owner_name(side, experience->manager), item_span_of(item_of(items, AI_MANAGER)));
  aspect_words(side, thing, "sentiment", sentiment_words(side, experience->sentiment),
               item_span_of(item_of(items, AI_SENTIMENT)));
  aspect_words(side, thing, "value", expr_words(side, experience->value), item_span_of(item_of(items, AI_VALUE)));
}

static void experience_thing(Side *side, const Experience *experience)
{
  const AstDecl *decl = experience->decl;
  Thing *thing = thing_new(side, MOT_CHANGE_OF_EXPERIENCE, sym_text(side->names, experience->name), decl->n.span);
  ItemList items = {0};
  for (AST_EACH(AstItem, item, decl->items)) *VEC_PUSH(side->arena, &items) = item;
  aspect_titles(side, thing, decl->title, decl->doc);
  journey_aspects(side, thing, experience);
  sco_aspect(side, thing, experience);
  void_aspects(side, thing, experience->voids.data, experience->voids.len, &items);
  aspect_actions(side, thing, experience->actions.data, experience->actions.len, &items);
  experience_words(side, thing, experience);
  for (uint32_t i = 0; i < experience->mots.len; i++) mot_thing(side, thing, experience->mots.data[i]);
}

void side_rules(Side *side)
{
  const Program *program = side->program;
  for (uint32_t i = 0; i < program->experiences.len; i++) experience_thing(side, program->experiences.data[i]);
}
