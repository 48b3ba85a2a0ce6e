/*
 * check_experience_keys.c - every event that an experience listens to, and
 * whether each says to whose journey it belongs.
 */
#include "compiler/check_experience.h"
#include "compiler/type.h"

/* ---- the walk ---------------------------------------------------------------------- */

static void visit_match(const Match *match, CaseVisit *visit, void *user)
{
  if (!match) return;
  for (uint32_t i = 0; i < match->cases.len; i++) visit(user, &match->cases.data[i], match->span);
}

static void visit_pattern(const Pattern *pattern, CaseVisit *visit, void *user)
{
  if (!pattern) return;
  for (uint32_t i = 0; i < pattern->choices.len; i++) {
    const Choice *choice = &pattern->choices.data[i];
    for (uint32_t k = 0; k < choice->steps.len; k++) visit_match(&choice->steps.data[k].match, visit, user);
  }
}

static void visit_condition(const Condition *condition, CaseVisit *visit, void *user)
{
  if (!condition) return;
  for (uint32_t i = 0; i < condition->leaves.len; i++) {
    const Leaf *leaf = condition->leaves.data[i];
    for (uint32_t k = 0; k < leaf->steps.len; k++) visit_match(&leaf->steps.data[k].match, visit, user);
  }
}

static void visit_mot(const Mot *mot, CaseVisit *visit, void *user)
{
  visit_pattern(mot->when, visit, user);
  visit_condition(mot->smoto, visit, user);
  for (uint32_t i = 0; i < mot->voids.len; i++) visit_pattern(mot->voids.data[i], visit, user);
  visit_pattern(mot->pause, visit, user);
  visit_pattern(mot->resume, visit, user);
}

static void visit_kept(const Experience *experience, CaseVisit *visit, void *user)
{
  for (uint32_t i = 0; i < experience->histories.len; i++)
    visit_match(experience->histories.data[i]->match, visit, user);
  for (uint32_t i = 0; i < experience->refs.len; i++)
    visit_match(experience->refs.data[i]->match, visit, user);
  for (uint32_t i = 0; i < experience->corrections.len; i++)
    visit_condition(experience->corrections.data[i]->until, visit, user);
  if (experience->sentiment) visit_match(experience->sentiment->match, visit, user);
}

void experience_cases(const Experience *experience, CaseVisit *visit, void *user)
{
  visit_pattern(experience->starts, visit, user);
  visit_condition(experience->sco, visit, user);
  for (uint32_t i = 0; i < experience->voids.len; i++) visit_pattern(experience->voids.data[i], visit, user);
  visit_pattern(experience->ends, visit, user);
  for (uint32_t i = 0; i < experience->mots.len; i++) visit_mot(experience->mots.data[i], visit, user);
  visit_kept(experience, visit, user);
}

typedef struct Heard {
  const Event *event;
  const Mot *mot;
  bool found;
} Heard;

static void is_heard(void *user, const MatchCase *at, Span span)
{
  Heard *heard = user;
  (void)span;
  heard->found |= heard->event ? at->event == heard->event : at->mot == heard->mot && !at->event && !at->sco;
}

bool experience_hears(const Experience *experience, const Event *event, const Mot *mot)
{
  Heard heard = {event, mot, false};
  experience_cases(experience, is_heard, &heard);
  return heard.found;
}

/* ---- the keys ----------------------------------------------------------------------- */

typedef struct KeyCheck {
  Checker *ck;
  Experience *experience;
  Map seen;            /* events already checked */
  const Field **first; /* by key: the field that said its type */
  const Event **of;    /* … and whose it is */
  bool starting;       /* all keys are needed, not only the first */
} KeyCheck;

static Sym nearest_field(Checker *ck, const Event *event, Sym name)
{
  VEC(Sym) names = {0};
  for (uint32_t i = 0; i < event->fields.len; i++) *VEC_PUSH(ck->arena, &names) = event->fields.data[i]->name;
  return nearest(ck, name, names.data, names.len);
}

static void say_no_key(KeyCheck *check, const Event *event, Sym key, Span span)
{
  Checker *ck = check->ck;
  if (field_lost(ck, event, key)) return;
  const char *name = sym_text(ck->names, key), *shown = sym_text(ck->names, event->shown);
  const char *experience = sym_text(ck->names, check->experience->name);
  Diag *diag = SAY(ck, E0453, span, "%s has no field `%s`, by which %s knows whose journey it is", shown,
                   name, experience);
  diag_note(ck->diags, diag, event->span, "%s is declared here", shown);
  Sym near = nearest_field(ck, event, key);
  if (near)
    diag_help(ck->diags, diag, "did you mean `%s` after `for`? Else add `%s: id` to %s",
              sym_text(ck->names, near), name, shown);
  else
    diag_help(ck->diags, diag, "add `%s: id` to %s%s", name, shown,
            check->starting ? "; an event that starts a journey has all the fields after `for`" : "");
}

static void say_key_missing(KeyCheck *check, const Event *event, const Field *field, Span span)
{
  Checker *ck = check->ck;
  const char *name = sym_text(ck->names, field->name), *shown = sym_text(ck->names, event->shown);
  Diag *diag = SAY(ck, E0453, span, "`%s` may be missing in %s, and then nobody knows whose journey it is",
                   name, shown);
  diag_note(ck->diags, diag, field->span, "declared with `?` here");
  diag_help(ck->diags, diag, "declare it without `?`: an event without it is then rejected and counted");
}

static void say_no_id(Checker *ck, const Event *event, const Field *field, Span span)
{
  const char *name = sym_text(ck->names, field->name), *shown = sym_text(ck->names, event->shown);
  Diag *diag = SAY(ck, E0455, span, "`%s` of %s is %s; what journeys are told apart by is an id", name, shown,
                   type_phrase(ck, field->type));
  diag_note(ck->diags, diag, field->span, "declared here");
  diag_help(ck->diags, diag, "write `%s: id`, which takes texts and whole numbers", name);
}

static void say_two_types(KeyCheck *check, const Event *event, uint32_t number, const Field *field, Span span)
{
  Checker *ck = check->ck;
  const Field *first = check->first[number];
  const char *here = type_text(ck, type_there(field->type)), *there = type_text(ck, type_there(first->type));
  Diag *diag = SAY(ck, E0455, span, "`%s` is %s in %s and %s in %s", sym_text(ck->names, field->name), here,
                   sym_text(ck->names, event->shown), there, sym_text(ck->names, check->of[number]->shown));
  diag_note(ck->diags, diag, field->span, "declared here");
  diag_note(ck->diags, diag, first->span, "and here");
  diag_help(ck->diags, diag, "declare it as `id` in both");
}

static void check_key_type(KeyCheck *check, const Event *event, uint32_t number, const Field *field,
                           Span span)
{
  const Field *first = check->first[number];
  if (type_wrong(field->type)) return;
  if (!type_string(field->type)) {
    say_no_id(check->ck, event, field, span);
  } else if (!first) {
    check->first[number] = field;
    check->of[number] = event;
  } else if (first->type.base != field->type.base) {
    say_two_types(check, event, number, field, span);
  }
}

static void check_event_keys(KeyCheck *check, Event *event, Span span)
{
  const Experience *experience = check->experience;
  if (map_get(&check->seen, (uint64_t)(uintptr_t)event)) return;
  map_put(&check->seen, (uint64_t)(uintptr_t)event, event);
  event->used = true;
  for (uint32_t i = 0; i < experience->keys.len; i++) {
    bool needed = check->starting || i == 0;
    Field *field = event_field(event, experience->keys.data[i].name);
    if (!field) {
      if (needed) say_no_key(check, event, experience->keys.data[i].name, span);
      continue;
    }
    field->used = true;
    if (needed && field->type.optional) say_key_missing(check, event, field, span);
    check_key_type(check, event, i, field, span);
  }
}

static void check_case(void *user, const MatchCase *at, Span span)
{
  if (at->event) check_event_keys(user, at->event, span);
}

void check_keys(Checker *ck, Experience *experience)
{
  uint32_t count = experience->keys.len;
  KeyCheck check = {.ck = ck, .experience = experience, .starting = true};
  map_init(&check.seen, ck->arena);
  check.first = ARENA_ARRAY(ck->arena, const Field *, count + 1);
  check.of = ARENA_ARRAY(ck->arena, const Event *, count + 1);
  visit_pattern(experience->starts, check_case, &check);
  check.starting = false;
  experience_cases(experience, check_case, &check);
}
