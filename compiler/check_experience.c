/*
 * check_experience.c - experiences: what is declared first, so that their MOTs
 * may name each other, then clause by clause.
 */
#include "compiler/check_experience.h"
#include "compiler/scope.h"

Ctx experience_ctx(const Experience *experience, unsigned reach, const char *what)
{
  return (Ctx){.unit = experience_work(experience)->unit,
               .experience = (Experience *)experience,
               .reach = reach,
               .what = what};
}

/* ---- what is declared before any clause is checked ------------------------------ */

static void declare_keys(Checker *ck, Experience *experience, const AstItem *item)
{
  if (!item) return;
  for (AST_EACH(AstWord, word, item->u.list)) {
    bool again = false;
    for (uint32_t i = 0; i < experience->keys.len; i++) again |= experience->keys.data[i].name == word->sym;
    if (again)
      SAY(ck, E0454, word->n.span, "`%s` stands twice in this list", sym_text(ck->names, word->sym));
    else
      VEC_PUSH(ck->arena, &experience->keys)->name = word->sym;
  }
}

static Mot *find_mot(const Experience *experience, Sym name)
{
  const Map *mots = &((const ExperienceWork *)experience)->mots;
  return mots->arena ? map_get(mots, name) : NULL;
}

static void declare_mot(Checker *ck, Experience *experience, const AstItem *item)
{
  const AstMot *ast = item->u.mot;
  const Mot *first = find_mot(experience, ast->name.sym);
  if (first) {
    Diag *diag = SAY(ck, E0456, ast->name.span, "%s has two MOTs named %s",
                     sym_text(ck->names, experience->name), sym_text(ck->names, ast->name.sym));
    diag_note(ck->diags, diag, first->span, "the first is here");
    diag_help(ck->diags, diag, "give one of them another name");
  }
  MotWork *work = mot_new(ck, experience, ast->name);
  work->item = item;
  work->mot.ast = ast;
  work->mot.title = ast->title.sym;
  work->mot.doc = ast->doc;
  work->broken = item->n.next && item->n.next->kind == AI_ERROR;
  *VEC_PUSH(ck->arena, &experience->mots) = &work->mot;
  if (!first) map_put(&experience_work(experience)->mots, ast->name.sym, &work->mot);
}

static Experience *declare_experience(Checker *ck, Entity *entity)
{
  ExperienceWork *work = ARENA_NEW(ck->arena, ExperienceWork);
  Experience *experience = &work->experience;
  const AstDecl *decl = entity->decl;
  work->unit = entity->unit;
  work->items = items_of(ck, decl->items);
  work->items.broken |= entity->clash || lost_behind(ck, decl, 0);
  map_init(&work->mots, ck->arena);
  experience->name = decl->name.sym;
  experience->title = decl->title.sym;
  experience->doc = decl->doc;
  experience->span = decl->name.span;
  experience->decl = decl;
  declare_keys(ck, experience, work->items.once[AI_FOR]);
  for (AST_EACH(AstItem, item, decl->items))
    if (item->n.kind == AI_MOT) declare_mot(ck, experience, item);
  *VEC_PUSH(ck->arena, &ck->program->experiences) = experience;
  return experience;
}

/* ---- its clauses ----------------------------------------------------------------- */

/* `word` begins the clause, which may stand where something could not be read. */
static void say_missing(Checker *ck, const Experience *experience, const char *word, const char *what,
                        const char *example)
{
  if (lost_in_error(ck, experience_work(experience)->unit, intern_z(ck->names, word))) return;
  Diag *diag = SAY(ck, E0451, experience->span, "%s %s", sym_text(ck->names, experience->name), what);
  diag_help(ck->diags, diag, "add a line: %s", example);
}

static void check_required(Checker *ck, const Experience *experience, const Items *items)
{
  if (items->broken) return;
  if (!items->once[AI_FOR])
    say_missing(ck, experience, "for", "does not say whose journeys it follows",
                "`for customer`, the field by which events belong together");
  if (!items->once[AI_STARTS])
    say_missing(ck, experience, "starts", "does not say what starts a journey",
                "`starts on OrderPlaced`, with your event");
  if (!items->once[AI_EXPIRES])
    say_missing(ck, experience, "expires", "does not say when a journey is over at the latest",
                "`expires after 60 d`");
}

static Pattern *clause_pattern(Checker *ck, Experience *experience, const AstItem *item, PatternFor use)
{
  unsigned reach = use == FOR_STARTS ? 0 : REACH_JOURNEY;
  const char *what = use == FOR_STARTS ? "`starts on`" : "a clause of the experience";
  Ctx ctx = experience_ctx(experience, reach, what);
  return check_pattern(ck, &ctx, &item->u.pattern, use);
}

static void check_course(Checker *ck, Experience *experience, const Items *items)
{
  const AstItem *const *once = items->once;
  Ctx ctx = experience_ctx(experience, 0, "the experience");
  if (once[AI_STARTS]) experience->starts = clause_pattern(ck, experience, once[AI_STARTS], FOR_STARTS);
  experience_work(experience)->started = true;
  if (once[AI_MANAGER]) experience->manager = owner_named(ck, &ctx, once[AI_MANAGER]->u.name);
  for (AST_EACH(AstItem, item, experience->decl->items)) {
    Pattern *pattern = item->n.kind == AI_VOID_ON ? clause_pattern(ck, experience, item, FOR_VOID) : NULL;
    if (pattern) *VEC_PUSH(ck->arena, &experience->voids) = pattern;
  }
  if (once[AI_ENDS]) experience->ends = clause_pattern(ck, experience, once[AI_ENDS], FOR_ENDS);
  if (once[AI_EXPIRES])
    experience->expires = check_duration(ck, &ctx, once[AI_EXPIRES]->u.expr,
                                         "the time after which a journey expires");
}

static void check_sco(Checker *ck, Experience *experience, const AstItem *item)
{
  if (!item) return;
  experience->sco_text = item->u.sco.text.sym;
  if (!item->u.sco.condition) return;
  Ctx ctx = experience_ctx(experience, REACH_JOURNEY | REACH_SUBJECT, "the SCO");
  experience->sco = check_condition(ck, &ctx, item->u.sco.condition);
}

static void check_on_blocks(Checker *ck, Experience *experience)
{
  Ctx ctx = experience_ctx(experience, REACH_JOURNEY | REACH_SUBJECT, "an action of the SCO");
  for (AST_EACH(AstItem, item, experience->decl->items))
    if (item->n.kind == AI_ON) check_actions(ck, &ctx, item, &experience->actions);
}

/* `starts on` comes first, since all the rest may speak of `start`; then what opens each MOT, since the rest
 * may speak of `opening`. */
static void check_clauses(Checker *ck, Experience *experience)
{
  const Items *items = &experience_work(experience)->items;
  check_required(ck, experience, items);
  check_course(ck, experience, items);
  for (uint32_t i = 0; i < experience->mots.len; i++) mot_open(ck, mot_work(experience->mots.data[i]));
  check_sco(ck, experience, items->once[AI_SCO]);
  check_sentiment(ck, experience, items->once[AI_SENTIMENT]);
  check_journey_value(ck, experience, items->once[AI_VALUE]);
  for (uint32_t i = 0; i < experience->mots.len; i++) check_mot(ck, experience, experience->mots.data[i]);
  check_on_blocks(ck, experience);
  check_keys(ck, experience);
}

Experience *need_experience(Checker *ck, Entity *entity)
{
  if (entity->state != ENTITY_NEW || !chain_longer(ck, entity->decl->name.span)) return entity->is.experience;
  Aside aside = step_aside(ck);
  entity->state = ENTITY_CHECKING;
  entity->is.experience = declare_experience(ck, entity);
  check_clauses(ck, entity->is.experience);
  entity->state = ENTITY_DONE;
  ck->opening--;
  step_back(ck, aside);
  return entity->is.experience;
}

/* ---- MOTs by name ------------------------------------------------------------------ */

static AstPath without_last(Checker *ck, const AstPath *path)
{
  AstPath head = {.span = path->span};
  AstNode **link = &head.words.first;
  for (AST_EACH(AstWord, word, path->words)) {
    if (&word->n == path->words.last) break;
    AstWord *copy = ARENA_NEW(ck->arena, AstWord);
    *copy = *word;
    copy->n.next = NULL;
    *link = head.words.last = &copy->n;
    link = &copy->n.next;
    head.words.count++;
    head.span = span_join(path->span, word->n.span);
  }
  return head;
}

static void say_no_mot(Checker *ck, const Experience *experience, const AstPath *path)
{
  uint32_t count = experience->mots.len;
  Sym *names = ARENA_ARRAY(ck->arena, Sym, count + 1);
  for (uint32_t i = 0; i < count; i++) names[i] = experience->mots.data[i]->name;
  Span span = path->words.last->span;
  Diag *diag = SAY(ck, E0457, span, "%s has no MOT named %s", sym_text(ck->names, experience->name),
                   sym_text(ck->names, path_last(path)));
  Sym near = nearest(ck, path_last(path), names, count);
  if (near == 0) {
    diag_help(ck->diags, diag, "name one of its MOTs, or write OtherExperience.Mot");
    return;
  }
  diag_help(ck->diags, diag, "did you mean %s?", sym_text(ck->names, near));
  diag_fix(ck->diags, diag, span, "%s", sym_text(ck->names, near));
}

Mot *mot_named(Checker *ck, const Ctx *ctx, const AstPath *path)
{
  Experience *experience = ctx->experience;
  const Binding *given;
  if (env_kind(ck, ctx, path, AST_PARAM_MOT, &given)) return given ? given->mot : NULL;
  if (path->words.count > 1) {
    AstPath head = without_last(ck, path);
    Entity *entity = find_entity(ck, ctx, &head, 1u << AD_EXPERIENCE, "an experience");
    experience = entity ? need_experience(ck, entity) : NULL;
  }
  if (!experience) return NULL;
  Mot *mot = find_mot(experience, path_last(path));
  if (mot && experience_work(experience)->started) mot_open(ck, mot_work(mot));
  if (!mot && !experience_work(experience)->sample) say_no_mot(ck, experience, path);
  return mot;
}
