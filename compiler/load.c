/*
 * load.c - files: the one given, those it uses, the library.
 *
 * A file is known by the path that `use` names it by.  Each is read once; what
 * it declares is only entered here and checked when something refers to it.
 */
#include <string.h>

#include "base/library.h"
#include "compiler/scope.h"
#include "grammar/parse.h"

/* ---- one file ------------------------------------------------------------------- */

Unit *load_unit(Checker *ck, uint32_t file, bool std)
{
  ParseInput in = {.arena = ck->arena, .interner = ck->names, .sources = ck->sources, .diags = ck->diags};
  Unit *unit = ARENA_NEW(ck->arena, Unit);
  unit->file = parse_file(&in, file);
  unit->std = std;
  if (unit->file->module.words.count) unit->module = intern_z(ck->names, path_text(ck, &unit->file->module));
  map_init(&unit->names, ck->arena);
  *VEC_PUSH(ck->arena, &ck->units) = unit;
  return unit;
}

static const char *unit_name(const Checker *ck, const Unit *unit)
{
  return ck->sources->files[unit->file->file].name;
}

/* ---- what it declares ----------------------------------------------------------- */

static void say_twice(Checker *ck, const Entity *entity, const Entity *before)
{
  const char *name = sym_text(ck->names, entity->name);
  Diag *diag = SAY(ck, E0203, entity->decl->name.span, "`%s` is declared twice", name);
  diag_note(ck->diags, diag, before->decl->name.span, "`%s` is already %s here", name, entity_kind(before));
  diag_help(ck->diags, diag, "give one of them another name");
}

static void declare(Checker *ck, Unit *unit, const AstDecl *decl)
{
  Entity *entity = ARENA_NEW(ck->arena, Entity);
  entity->name = decl->name.sym;
  entity->kind = entity_space_kind(decl);
  entity->decl = decl;
  entity->unit = unit;
  *VEC_PUSH(ck->arena, &unit->entities) = entity;
  uint64_t key = name_key(entity->name, entity->kind);
  Entity *before = map_get(&unit->names, key);
  if (!before) {
    map_put(&unit->names, key, entity);
    return;
  }
  entity->clash = true;
  say_twice(ck, entity, before);
}

void declare_all(Checker *ck, Unit *unit)
{
  for (AST_EACH(AstDecl, decl, unit->file->decls)) {
    if (decl->name.sym) declare(ck, unit, decl);
  }
}

/* ---- finding the text of a module ------------------------------------------------- */

static const LibraryFile *library_file(const Checker *ck, Sym module)
{
  const char *text = sym_text(ck->names, module);
  char *path = arena_printf(ck->arena, "%s.mot", text);
  for (char *c = path; *c && c < path + strlen(text); c++)
    if (*c == '.') *c = '/';
  for (uint32_t i = 0; i < library_file_count; i++)
    if (strcmp(library_files[i].path, path) == 0) return &library_files[i];
  return NULL;
}

static bool is_std(const char *module)
{
  return strncmp(module, "std", 3) == 0 && (module[3] == '.' || module[3] == 0);
}

typedef struct Found {
  const char *name, *text, *why;
  size_t len;
} Found;

/* Beside the file of `unit`, or in the folders of the caller. */
static bool find_beside(Checker *ck, const Unit *unit, const char *module, Found *found)
{
  const Loader *loader = &ck->loader;
  if (found->why || !unit || !loader->find) return false;
  return loader->find(loader->user, module, unit_name(ck, unit), &found->name, &found->text, &found->len,
                      &found->why);
}

/* Beside the file that uses it; beside the file given, which is where the paths of a program begin. */
static bool find_text(Checker *ck, const Unit *unit, Sym module, Found *found)
{
  const char *text = sym_text(ck->names, module);
  if (!is_std(text) || ck->loads_library)
    return find_beside(ck, unit, text, found) || find_beside(ck, ck->main, text, found);
  const LibraryFile *file = library_file(ck, module);
  if (!file) return false;
  *found = (Found){.name = file->path, .text = file->text, .len = file->len};
  return true;
}

/* "std/contact.mot" -> "std.contact" */
static Sym library_module(Checker *ck, const LibraryFile *file)
{
  char *text = arena_copy(ck->arena, file->path, strlen(file->path) - strlen(".mot"));
  for (char *c = text; *c; c++)
    if (*c == '/') *c = '.';
  return intern_z(ck->names, text);
}

static void suggest_library(Checker *ck, Diag *diag, Sym module)
{
  VEC(Sym) modules = {0};
  Buf list;
  buf_init(&list, ck->arena);
  for (uint32_t i = 0; i < library_file_count; i++) {
    *VEC_PUSH(ck->arena, &modules) = library_module(ck, &library_files[i]);
    buf_printf(&list, "%s%s", i ? ", " : "", sym_text(ck->names, modules.data[i]));
  }
  Sym near = nearest(ck, module, modules.data, modules.len);
  if (near)
    diag_help(ck->diags, diag, "did you mean `use %s`?", sym_text(ck->names, near));
  else
    diag_help(ck->diags, diag, "the library has %s", list.data);
}

static void say_not_found(Checker *ck, const AstDecl *use, Sym module, const Found *found)
{
  const char *text = sym_text(ck->names, module);
  if (found->why) {
    SAY(ck, E0710, use->u.use.span, "`%s` cannot be read: %s", text, found->why);
    return;
  }
  Diag *diag = SAY(ck, E0710, use->u.use.span, "there is no file for `%s`", text);
  if (is_std(text)) {
    suggest_library(ck, diag, module);
    return;
  }
  char *path = arena_printf(ck->arena, "%s", text);
  for (char *c = path; *c; c++)
    if (*c == '.') *c = '/';
  diag_help(ck->diags, diag, "looked for `%s.mot` beside this file and in the library folders", path);
}

/* ---- what it uses ----------------------------------------------------------------- */

/* The `use` by which `unit` was opened: the newest of its opener. */
static const AstDecl *opened_by(const Unit *unit)
{
  const Unit *opener = unit->opener;
  return opener && opener->use_decls.len ? opener->use_decls.data[opener->use_decls.len - 1] : NULL;
}

static void say_circle(Checker *ck, const Unit *unit, const AstDecl *use, const Unit *target)
{
  if (unit == target) {
    SAY(ck, E0711, use->u.use.span, "a file cannot use itself");
    return;
  }
  Diag *diag = SAY(ck, E0711, use->u.use.span, "files use each other in a circle");
  const Unit *chain[8];
  uint32_t len = 0;
  for (const Unit *at = unit; at && at != target && len < 8; at = at->opener) chain[len++] = at;
  while (len-- > 0)
    diag_note(ck->diags, diag, opened_by(chain[len])->u.use.span, "%s uses %s",
              unit_name(ck, chain[len]->opener), unit_name(ck, chain[len]));
  diag_help(ck->diags, diag, "put what both need into a third file");
}

static Unit *unit_of_file(const Checker *ck, const char *name)
{
  for (uint32_t i = 0; i < ck->units.len; i++)
    if (strcmp(unit_name(ck, ck->units.data[i]), name) == 0) return ck->units.data[i];
  return NULL;
}

/* A unit that is there already, if it may be used here. */
static Unit *use_again(Checker *ck, Unit *unit, const AstDecl *use, Unit *there, Sym module)
{
  if (there->loading) {
    say_circle(ck, unit, use, there);
    return NULL;
  }
  if (there->module == module) return there;
  SAY(ck, E0712, use->u.use.span, "%s is used as `%s` here and as `%s` elsewhere", unit_name(ck, there),
      sym_text(ck->names, module), sym_text(ck->names, there->module));
  return NULL;
}

static void check_module_line(Checker *ck, const AstDecl *use, Unit *unit, Sym module)
{
  if (unit->module && unit->module != module) {
    Diag *diag = SAY(ck, E0712, use->u.use.span, "the file used as `%s` calls itself `%s`",
                     sym_text(ck->names, module), sym_text(ck->names, unit->module));
    diag_note(ck->diags, diag, unit->file->module.span, "its own name is written here");
    diag_help(ck->diags, diag, "the two must agree: change the `module` line or the folder it stands in");
  }
  unit->module = module;
}

static Unit *open_unit(Checker *ck, Unit *unit, const AstDecl *use, Sym module, const Found *found)
{
  if (ck->units.len >= UNITS_MAX) {
    SAY(ck, E0714, use->u.use.span, "more than %d files are used", UNITS_MAX);
    return NULL;
  }
  uint32_t file = sources_add(ck->sources, found->name, found->text, found->len);
  Unit *opened = load_unit(ck, file, is_std(sym_text(ck->names, module)));
  opened->opener = unit;
  check_module_line(ck, use, opened, module);
  map_put(&ck->modules, module, opened);
  declare_all(ck, opened);
  load_uses(ck, opened);
  return opened;
}

/* The file that a `use` names; NULL after a report. */
static Unit *use_unit(Checker *ck, Unit *unit, const AstDecl *use)
{
  Sym module = intern_z(ck->names, path_text(ck, &use->u.use));
  Found found = {0};
  if (unit->module == module) {
    say_circle(ck, unit, use, unit);
    return NULL;
  }
  if (!find_text(ck, unit, module, &found)) {
    say_not_found(ck, use, module, &found);
    return NULL;
  }
  Unit *there = unit_of_file(ck, found.name);
  if (there) return use_again(ck, unit, use, there, module);
  Unit *other = map_get(&ck->modules, module);
  if (!other) return open_unit(ck, unit, use, module, &found);
  SAY(ck, E0713, use->u.use.span, "`%s` is %s here, and %s for another file", sym_text(ck->names, module),
      found.name, unit_name(ck, other));
  return NULL;
}

static bool used_before(Checker *ck, const Unit *unit, const AstDecl *use)
{
  const char *module = path_text(ck, &use->u.use);
  for (uint32_t i = 0; i < unit->use_decls.len; i++) {
    if (strcmp(path_text(ck, &unit->use_decls.data[i]->u.use), module) != 0) continue;
    Diag *diag = SAY(ck, E0203, use->u.use.span, "`%s` is used twice", module);
    diag_note(ck->diags, diag, unit->use_decls.data[i]->u.use.span, "the first is here");
    return true;
  }
  return false;
}

/* People of a used file are reached by their bare names: none may have the name of one declared here. */
static void check_people(Checker *ck, const Unit *unit, const Unit *used)
{
  for (uint32_t i = 0; used && i < used->entities.len; i++) {
    const Entity *other = used->entities.data[i];
    if (other->kind != AD_OWNER || other->clash) continue;
    const Entity *own = map_get(&unit->names, name_key(other->name, AD_OWNER));
    if (own) say_twice(ck, own, other);
  }
}

void load_uses(Checker *ck, Unit *unit)
{
  if (unit->module && !map_get(&ck->modules, unit->module)) map_put(&ck->modules, unit->module, unit);
  unit->loading = true;
  for (AST_EACH(AstDecl, decl, unit->file->decls)) {
    if (decl->n.kind != AD_USE || used_before(ck, unit, decl)) continue;
    *VEC_PUSH(ck->arena, &unit->use_decls) = decl;
    *VEC_PUSH(ck->arena, &unit->use_used) = false;
    Unit *used = use_unit(ck, unit, decl);
    *VEC_PUSH(ck->arena, &unit->uses) = used;
    check_people(ck, unit, used);
  }
  unit->loading = false;
}
