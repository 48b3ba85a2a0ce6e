/*
 * check_owner.c - people and teams: what they are for, and who answers to whom.
 *
 * An owner is made when somebody names it; whom it reports to is looked up when
 * all are there, so that a long chain of people is no deep recursion.
 */
#include "compiler/scope.h"

#include "bytecode/names.h"

/* ---- clauses -------------------------------------------------------------------------- */

static bool is_team(const Owner *owner)
{
  return owner->kind == OWNER_TEAM;
}

static void say_no_role(Checker *ck, AstName role)
{
  Sym roles[ROLE_END];
  for (uint32_t i = 1; i < ROLE_END; i++) roles[i] = intern_z(ck->names, enum_text(ENUM_ROLE, i));
  Diag *diag = SAY(ck, E0224, role.span, "there is no role `%s`", sym_text(ck->names, role.sym));
  Sym near = nearest(ck, role.sym, roles + 1, ROLE_END - 1);
  if (near) {
    diag_help(ck->diags, diag, "did you mean `%s`?", sym_text(ck->names, near));
    diag_fix(ck->diags, diag, role.span, "%s", sym_text(ck->names, near));
  } else {
    diag_help(ck->diags, diag, "roles are experience_manager, mot_manager and producer");
  }
}

static void check_role(Checker *ck, Owner *owner, AstName role)
{
  Sym word = role.sym;
  uint8_t is = 1;
  while (is < ROLE_END && intern_z(ck->names, enum_text(ENUM_ROLE, is)) != word) is++;
  if (is == ROLE_END) {
    say_no_role(ck, role);
    return;
  }
  owner->role = is;
  if (!is_team(owner) || is == ROLE_PRODUCER) return;
  Diag *diag = SAY(ck, E0224, role.span, "a team cannot be %s %s: one person answers for it",
                   is == ROLE_EXPERIENCE_MANAGER ? "an" : "a",
                   is == ROLE_EXPERIENCE_MANAGER ? "Experience Manager" : "MOT Manager");
  diag_help(ck->diags, diag, "teams have the role `producer`; give this role to its lead");
}

static void check_owner_item(Checker *ck, Owner *owner, const AstItem *item, Seen *seen)
{
  if (!clause_once(ck, seen, item)) return;
  switch (item->n.kind) {
  case AI_ROLE: check_role(ck, owner, item->u.name); break;
  case AI_CONTACT: owner->contact = item->u.text.sym; break;
  default: break; /* who it answers to comes later, see settle_owner */
  }
}

Owner *need_owner(Checker *ck, Entity *entity)
{
  if (!entity || entity->kind != AD_OWNER) return NULL;
  if (entity->state != ENTITY_NEW) return entity->is.owner;
  const AstDecl *decl = entity->decl;
  Owner *owner = entity->is.owner = ARENA_NEW(ck->arena, Owner);
  entity->state = ENTITY_DONE;
  owner->name = decl->name.sym;
  owner->title = decl->title.sym;
  owner->span = decl->name.span;
  owner->kind = decl->n.kind == AD_TEAM ? OWNER_TEAM : OWNER_PERSON;
  owner->decl = decl;
  Seen seen = {0};
  Aside aside = step_aside(ck);
  for (AST_EACH(AstItem, item, decl->items)) check_owner_item(ck, owner, item, &seen);
  step_back(ck, aside);
  *VEC_PUSH(ck->arena, &ck->program->owners) = owner;
  *VEC_PUSH(ck->arena, &ck->owner_entities) = entity;
  return owner;
}

Owner *owner_named(Checker *ck, const Ctx *ctx, AstName name)
{
  return need_owner(ck, find_word(ck, ctx, name, 1u << AD_OWNER, "an owner or a team"));
}

/* ---- who answers to whom ------------------------------------------------------------------ */

/* The person a clause names; a team is reported. */
static Owner *person(Checker *ck, const Unit *unit, AstName name, const char *clause)
{
  Ctx ctx = {.unit = (Unit *)(uintptr_t)unit};
  Owner *owner = owner_named(ck, &ctx, name);
  if (!owner || !is_team(owner)) return owner;
  const char *text = sym_text(ck->names, name.sym);
  Diag *diag = SAY(ck, E0225, name.span, "`%s` is a team; `%s` names a person", text, clause);
  diag_note(ck->diags, diag, owner->span, "`%s` is declared here", text);
  return NULL;
}

static void settle_lead(Checker *ck, const Unit *unit, Owner *owner, const AstItem *item)
{
  if (is_team(owner)) {
    owner->lead = person(ck, unit, item->u.name, "lead");
    return;
  }
  Diag *diag = SAY(ck, E0225, item->keyword, "only a team has a lead");
  diag_help(ck->diags, diag, "a person answers to somebody with `reports to`");
}

static void settle_reports(Checker *ck, const Unit *unit, Owner *owner, const AstItem *item)
{
  if (!is_team(owner)) {
    owner->reports_to = person(ck, unit, item->u.name, "reports to");
    return;
  }
  Diag *diag = SAY(ck, E0225, item->keyword, "a team reports through its lead");
  diag_help(ck->diags, diag, "write `lead …` here and `reports to …` at the lead");
}

static void settle_owner(Checker *ck, const Entity *entity)
{
  Seen seen = {0};
  for (AST_EACH(AstItem, item, entity->decl->items)) {
    if (item->n.kind != AI_LEAD && item->n.kind != AI_REPORTS_TO) continue;
    if (seen.first[item->n.kind]) continue;
    seen.first[item->n.kind] = item;
    if (item->n.kind == AI_LEAD)
      settle_lead(ck, entity->unit, entity->is.owner, item);
    else
      settle_reports(ck, entity->unit, entity->is.owner, item);
  }
}

static void say_circle(Checker *ck, Owner *first)
{
  const char *name = sym_text(ck->names, first->name);
  Diag *diag = SAY(ck, E0226, first->span, "`%s` reports to itself in the end", name);
  int shown = 0;
  for (Owner *at = first; at != first || !shown; at = at->reports_to) {
    if (shown++ < 8)
      diag_note(ck->diags, diag, at->span, "`%s` reports to `%s`", sym_text(ck->names, at->name),
                sym_text(ck->names, at->reports_to->name));
  }
  diag_help(ck->diags, diag, "somebody at the top reports to nobody");
}

/* Each circle is reported once and cut, so that nobody who follows it goes round for ever. */
static void find_circle(Checker *ck, Map *seen, Owner *start)
{
  Owner *at = start;
  while (at && !map_get(seen, (uint64_t)(uintptr_t)at)) {
    map_put(seen, (uint64_t)(uintptr_t)at, start);
    at = at->reports_to;
  }
  if (!at || map_get(seen, (uint64_t)(uintptr_t)at) != start) return;
  say_circle(ck, at);
  at->reports_to = NULL;
}

void settle_owners(Checker *ck)
{
  for (uint32_t i = 0; i < ck->owner_entities.len; i++) settle_owner(ck, ck->owner_entities.data[i]);
  Map seen;
  map_init(&seen, ck->arena);
  for (uint32_t i = 0; i < ck->program->owners.len; i++) find_circle(ck, &seen, ck->program->owners.data[i]);
}
