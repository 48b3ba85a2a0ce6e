/*
 * scope.c - names: what is declared, how it is found, what to say when it is not.
 *
 * Three spaces of names: kinds with a capital, owners and teams, defs.  Kinds
 * and defs share their keys, since capitals keep them apart.
 */
#include "compiler/scope.h"

#include <ctype.h>
#include <string.h>

/* Past so many errors none is worth a search for what was meant. */
enum { HELPED_MOST = 200 };

/* ---- kinds -------------------------------------------------------------------- */

static const char *const kind_words[] = {
  [AD_STREAM] = "a stream", [AD_CALENDAR] = "a calendar", [AD_EVENT] = "an event", [AD_DERIVED] = "an event",
  [AD_OWNER] = "an owner", [AD_TEAM] = "a team", [AD_EXPERIENCE] = "an experience",
  [AD_PATTERN] = "a pattern",
  [AD_DEF] = "a def", [AD_METRIC] = "a metric", [AD_NSAT] = "an nsat", [AD_REVIEW] = "a review",
};

const char *entity_kind(const Entity *entity)
{
  return kind_words[entity->decl->n.kind];
}

/* The noun of the only kind of a set, or NULL. */
static const char *only_kind(unsigned kinds)
{
  if (kinds & (kinds - 1)) return NULL;
  for (unsigned kind = 0; kind < sizeof kind_words / sizeof *kind_words; kind++)
    if (kinds == 1u << kind && kind_words[kind]) return strchr(kind_words[kind], ' ') + 1;
  return NULL;
}

uint8_t entity_space_kind(const AstDecl *decl)
{
  if (decl->n.kind == AD_TEAM) return AD_OWNER;
  return decl->n.kind == AD_DERIVED ? AD_EVENT : (uint8_t)decl->n.kind;
}

/* ---- look-up ------------------------------------------------------------------ */

uint64_t name_key(Sym name, unsigned kind)
{
  return name | (uint64_t)(kind == AD_OWNER) << 32;
}

static Entity *in_unit(const Unit *unit, Sym name, unsigned kinds)
{
  Entity *owner = map_get(&unit->names, name_key(name, AD_OWNER));
  Entity *other = map_get(&unit->names, name_key(name, AD_DEF));
  return owner && (kinds >> AD_OWNER & 1 || !other) ? owner : other;
}

const Binding *env_find(const Env *env, Sym name)
{
  for (uint32_t i = 0; env && i < env->bindings.len; i++)
    if (env->bindings.data[i].name == name) return &env->bindings.data[i];
  return NULL;
}

const char *path_text(const Checker *ck, const AstPath *path)
{
  Buf buf;
  buf_init(&buf, ck->arena);
  for (AST_EACH(AstWord, word, path->words)) {
    if (buf.len) buf_char(&buf, '.');
    buf_text(&buf, sym_text(ck->names, word->sym));
  }
  return buf.len ? buf.data : "";
}

Sym path_last(const AstPath *path)
{
  const AstWord *word = (const AstWord *)(const void *)path->words.last;
  return word ? word->sym : 0;
}

static Span last_span(const AstPath *path)
{
  return path->words.last ? path->words.last->span : path->span;
}

bool has_syntax_error(const AstList *items)
{
  for (AST_EACH(AstItem, item, *items))
    if (item->n.kind == AI_ERROR) return true;
  return false;
}

/* ---- near names --------------------------------------------------------------- */

static bool same_but_case(const char *a, const char *b)
{
  for (; *a && *b; a++, b++)
    if ((*a | 0x20) != (*b | 0x20)) return false;
  return *a == *b;
}

Sym nearest(const Checker *ck, Sym name, const Sym *candidates, uint32_t count)
{
  const char *text = sym_text(ck->names, name);
  unsigned best = suggestion_limit(text) + 1;
  Sym found = 0;
  if (ck->diags->errors > HELPED_MOST) return 0;
  for (uint32_t i = 0; i < count; i++) {
    const char *candidate = sym_text(ck->names, candidates[i]);
    if (candidates[i] == name) continue;
    if (same_but_case(text, candidate)) return candidates[i];
    unsigned distance = best ? edit_distance(text, candidate, best - 1) : best;
    if (distance >= best) continue;
    best = distance;
    found = candidates[i];
  }
  return found;
}

typedef VEC(Sym) Names;

static void add_names(Checker *ck, Names *names, const Unit *unit, unsigned kinds)
{
  for (uint32_t i = 0; i < unit->entities.len; i++)
    if (kinds >> unit->entities.data[i]->kind & 1) *VEC_PUSH(ck->arena, names) = unit->entities.data[i]->name;
}

static Sym nearest_entity(Checker *ck, const Unit *unit, Sym name, unsigned kinds)
{
  Names candidates = {0};
  if (ck->diags->errors > HELPED_MOST) return 0;
  add_names(ck, &candidates, unit, kinds);
  for (uint32_t i = 0; i < unit->uses.len; i++) /* people are reached without the name of their file */
    if (unit->uses.data[i]) add_names(ck, &candidates, unit->uses.data[i], kinds & 1u << AD_OWNER);
  return nearest(ck, name, candidates.data, candidates.len);
}

/* The first letter may be of the wrong case, which is a mistake that makes text unreadable. */
static bool mentions(const SourceFile *file, uint32_t from, uint32_t to, const char *word)
{
  size_t len = strlen(word);
  for (uint32_t at = from; at + len <= to; at++) {
    const char *text = file->text + at;
    bool same_letter = tolower((unsigned char)*text) == tolower((unsigned char)*word);
    if (same_letter && memcmp(text + 1, word + 1, len - 1) == 0) return true;
  }
  return false;
}

/* `node` is text that could not be read and, up to the next of its kind or `end`, mentions the name. */
static bool mentioned_in(const Checker *ck, const AstNode *node, uint32_t end, Sym name)
{
  const SourceFile *file = &ck->sources->files[node->span.file];
  uint32_t to = node->next ? node->next->span.start : end;
  return mentions(file, node->span.start, to < file->len ? to : file->len, sym_text(ck->names, name));
}

static bool lost_in_items(const Checker *ck, AstList items, uint32_t end, Sym name)
{
  for (AST_EACH(AstItem, item, items)) {
    if (item->n.kind == AI_ERROR && mentioned_in(ck, &item->n, end, name)) return true;
    if (item->n.kind == AI_MOT && lost_in_items(ck, item->u.mot->items, item->n.span.end, name)) return true;
  }
  return false;
}

bool lost_in_error(const Checker *ck, const Unit *unit, Sym name)
{
  if (ck->diags->errors > HELPED_MOST) return false;
  for (AST_EACH(AstDecl, decl, unit->file->decls)) {
    if (decl->n.kind == AD_ERROR && mentioned_in(ck, &decl->n, UINT32_MAX, name)) return true;
    bool named = decl->n.kind == AD_EXPERIENCE || decl->n.kind == AD_EVENT; /* MOTs, `as`, fields */
    if (named && lost_in_items(ck, decl->items, decl->n.span.end, name)) return true;
  }
  return false;
}

bool lost_behind(const Checker *ck, const AstDecl *decl, Sym name)
{
  const AstNode *next = decl->n.next;
  if (!next || next->kind != AD_ERROR) return false;
  return !name || ck->diags->errors > HELPED_MOST || mentioned_in(ck, next, UINT32_MAX, name);
}

/* ---- messages ----------------------------------------------------------------- */

/* A file that is used has the name: it wants its full form. */
static bool suggest_full_name(Checker *ck, Diag *diag, const Unit *unit, Sym name, unsigned kinds, Span span)
{
  for (uint32_t i = 0; i < unit->uses.len; i++) {
    const Unit *used = unit->uses.data[i];
    Entity *entity = used ? in_unit(used, name, kinds) : NULL;
    if (!entity || !(kinds >> entity->kind & 1)) continue;
    unit->use_used.data[i] = true;
    const char *module = sym_text(ck->names, used->module), *text = sym_text(ck->names, name);
    diag_help(ck->diags, diag, "names of another file are written in full: `%s.%s`", module, text);
    diag_fix(ck->diags, diag, span, "%s.%s", module, text);
    return true;
  }
  return false;
}

/* People are named without their file: one not found may be in a file that could not be had. */
static bool lost_owner(const Checker *ck, const Unit *unit, Span span, unsigned kinds)
{
  if (kinds != 1u << AD_OWNER) return false;
  const SourceFile *file = &ck->sources->files[span.file];
  if (span.end < file->len && file->text[span.end] == '.') return true; /* the dot was said */
  for (uint32_t i = 0; i < unit->uses.len; i++)
    if (!unit->uses.data[i]) return true;
  return false;
}

static void say_unknown(Checker *ck, const Unit *from, const Unit *unit, Sym name, Span span, unsigned kinds,
                        const char *wanted)
{
  if (lost_in_error(ck, unit, name) || lost_owner(ck, unit, span, kinds)) return;
  const char *text = sym_text(ck->names, name), *noun = only_kind(kinds);
  Diag *diag = noun ? SAY(ck, E0201, span, "there is no %s `%s`", noun, text)
                    : SAY(ck, E0201, span, "nothing is named `%s`; %s is wanted here", text, wanted);
  if (from == unit && suggest_full_name(ck, diag, unit, name, kinds, span)) return;
  Sym near = nearest_entity(ck, unit, name, kinds);
  if (!near) return;
  diag_help(ck->diags, diag, "did you mean `%s`?", sym_text(ck->names, near));
  diag_fix(ck->diags, diag, span, "%s", sym_text(ck->names, near));
}

static void say_other_kind(Checker *ck, const Entity *entity, Span span, unsigned kinds, const char *wanted)
{
  const char *name = sym_text(ck->names, entity->name);
  Diag *diag = SAY(ck, E0202, span, "`%s` is %s; %s is wanted here", name, entity_kind(entity), wanted);
  diag_note(ck->diags, diag, entity->decl->name.span, "`%s` is declared here", name);
  Sym near = nearest_entity(ck, entity->unit, entity->name, kinds);
  if (near) diag_help(ck->diags, diag, "did you mean `%s`?", sym_text(ck->names, near));
}

/* ---- paths -------------------------------------------------------------------- */

/* All words but the last as a symbol "a.b". */
static Sym module_part(Checker *ck, const AstPath *path)
{
  const char *text = path_text(ck, path);
  const char *dot = strrchr(text, '.');
  return dot ? intern(ck->names, text, (size_t)(dot - text)) : 0;
}

static void say_no_module(Checker *ck, const Unit *unit, const AstPath *path, Sym module)
{
  const char *text = sym_text(ck->names, module);
  Diag *diag = SAY(ck, E0201, path->span, "`%s` is not the name of a file that is used here", text);
  VEC(Sym) used = {0};
  for (uint32_t i = 0; i < unit->use_decls.len; i++)
    *VEC_PUSH(ck->arena, &used) = intern_z(ck->names, path_text(ck, &unit->use_decls.data[i]->u.use));
  Sym near = nearest(ck, module, used.data, used.len);
  if (near)
    diag_help(ck->diags, diag, "did you mean `%s.%s`?", sym_text(ck->names, near),
              sym_text(ck->names, path_last(path)));
  else if (text[0] < 'A' || text[0] > 'Z')
    diag_help(ck->diags, diag, "if it is a file, say `use %s` at the top", text);
}

/* `use module` stands there but its file could not be had, which was said. */
static bool use_failed(Checker *ck, const Unit *unit, Sym module)
{
  for (uint32_t i = 0; i < unit->uses.len; i++)
    if (!unit->uses.data[i] && intern_z(ck->names, path_text(ck, &unit->use_decls.data[i]->u.use)) == module)
      return true;
  return false;
}

/* The unit in which the last word of `path` is looked up; NULL after a report. */
static const Unit *unit_of_path(Checker *ck, const Unit *unit, const AstPath *path)
{
  Sym module = module_part(ck, path);
  if (!module || module == unit->module) return unit;
  for (uint32_t i = 0; i < unit->uses.len; i++)
    if (unit->uses.data[i] && unit->uses.data[i]->module == module) {
      unit->use_used.data[i] = true;
      return unit->uses.data[i];
    }
  if (!use_failed(ck, unit, module)) say_no_module(ck, unit, path, module);
  return NULL;
}

static Entity *find_in(Checker *ck, const Unit *from, const Unit *unit, AstName name, unsigned kinds,
                       const char *wanted)
{
  Entity *entity = in_unit(unit, name.sym, kinds);
  if (!entity) {
    say_unknown(ck, from, unit, name.sym, name.span, kinds, wanted);
    return NULL;
  }
  entity->used = true;
  if (kinds >> entity->kind & 1) return entity;
  say_other_kind(ck, entity, name.span, kinds, wanted);
  return NULL;
}

Entity *find_entity(Checker *ck, const Ctx *ctx, const AstPath *path, unsigned kinds, const char *wanted)
{
  if (!path->words.count) return NULL;
  const Unit *unit = unit_of_path(ck, ctx->unit, path);
  if (!unit) return NULL;
  AstName name = {path_last(path), last_span(path)};
  return find_in(ck, ctx->unit, unit, name, kinds, wanted);
}

/* People are shared between files: who is not declared here may be in a file that is used. */
static const Unit *unit_of_owner(Checker *ck, const Unit *unit, AstName name)
{
  const Unit *found = NULL;
  for (uint32_t i = 0; i < unit->uses.len; i++) {
    const Unit *used = unit->uses.data[i];
    const Entity *owner = used ? map_get(&used->names, name_key(name.sym, AD_OWNER)) : NULL;
    if (!owner) continue;
    unit->use_used.data[i] = true;
    if (found) {
      const Entity *other = map_get(&found->names, name_key(name.sym, AD_OWNER));
      const char *text = sym_text(ck->names, name.sym);
      Diag *diag = SAY(ck, E0203, name.span, "two files that are used declare `%s`", text);
      diag_note(ck->diags, diag, other->decl->name.span, "one is here");
      diag_note(ck->diags, diag, owner->decl->name.span, "the other is here");
    }
    found = used;
  }
  return found;
}

Entity *find_word(Checker *ck, const Ctx *ctx, AstName name, unsigned kinds, const char *wanted)
{
  bool own = in_unit(ctx->unit, name.sym, kinds) || !(kinds >> AD_OWNER & 1);
  const Unit *unit = own ? NULL : unit_of_owner(ck, ctx->unit, name);
  if (unit) return find_in(ck, ctx->unit, unit, name, kinds, wanted);
  return name.sym ? find_in(ck, ctx->unit, ctx->unit, name, kinds, wanted) : NULL;
}

/* ---- clauses ------------------------------------------------------------------ */

bool clause_once(Checker *ck, Seen *seen, const AstItem *item)
{
  unsigned kind = item->n.kind;
  if (kind == AI_ERROR || kind == AI_ALLOW) return false;
  const AstItem *before = seen->first[kind];
  if (!before) {
    seen->first[kind] = item;
    return true;
  }
  const char *word = sym_text(ck->names, source_text(ck, item->keyword));
  Diag *diag = SAY(ck, E0204, item->keyword, "`%s` is given twice", word);
  diag_note(ck->diags, diag, before->keyword, "the first is here");
  return false;
}

/* ---- one at a time ------------------------------------------------------------ */

static void say_cycle(Checker *ck, const Entity *entity)
{
  const char *name = sym_text(ck->names, entity->name);
  Diag *diag = SAY(ck, E0215, entity->decl->name.span, "`%s` is explained by itself", name);
  uint32_t i = 0;
  while (i < ck->checking.len && ck->checking.data[i] != entity) i++;
  for (; i < ck->checking.len; i++) {
    const Entity *next = i + 1 < ck->checking.len ? ck->checking.data[i + 1] : entity;
    diag_note(ck->diags, diag, ck->checking.data[i]->decl->n.span, "`%s` needs `%s`",
              sym_text(ck->names, ck->checking.data[i]->name), sym_text(ck->names, next->name));
  }
}

Aside step_aside(Checker *ck)
{
  Aside aside = {ck->budget, ck->depth, ck->diags->muted};
  ck->depth = ck->diags->muted = 0;
  return aside;
}

void step_back(Checker *ck, Aside aside)
{
  ck->budget = aside.budget;
  ck->depth = aside.depth;
  ck->diags->muted = aside.muted;
}

bool entity_enter(Checker *ck, Entity *entity)
{
  if (entity->state == ENTITY_CHECKING) say_cycle(ck, entity);
  if (entity->state != ENTITY_NEW) return false;
  entity->state = ENTITY_CHECKING;
  *VEC_PUSH(ck->arena, &ck->checking) = entity;
  return true;
}

void entity_leave(Checker *ck, Entity *entity)
{
  entity->state = ENTITY_DONE;
  ck->checking.len--;
}
