/*
 * compare_side.c - a module back to the typed program: its texts are checked again, and must give the module.
 */
#include <string.h>

#include "bytecode/module.h"
#include "compiler/compare.h"
#include "compiler/gen.h"
#include "grammar/parse.h"

typedef struct Texts { /* of the module, by the names that it gives them */
  const Module *module;
  Arena *arena;
} Texts;

static bool named(const char *known, const char *name, bool in_any_folder)
{
  size_t known_len = strlen(known), len = strlen(name);
  if (!in_any_folder || known_len <= len) return strcmp(known, name) == 0;
  return known[known_len - len - 1] == '/' && strcmp(known + known_len - len, name) == 0;
}

static bool text_named(const Texts *texts, const char *name, bool in_any_folder, const char **ret_name,
                       const char **ret_text, size_t *ret_len)
{
  const Module *module = texts->module;
  for (uint32_t i = 1; i < module->Source_count; i++) {
    const char *known = module_string(module, module->Source[i].name, NULL);
    if (!named(known, name, in_any_folder)) continue;
    uint32_t len;
    *ret_name = known;
    *ret_text = module_string(module, module->Source[i].text, &len);
    *ret_len = len;
    return true;
  }
  return false;
}

/* Beside the file that uses it, then where paths begin, then in a folder of libraries, of which the module may keep the
 * file's last name alone. */
static bool find_text(void *user, const char *module, const char *from_file, const char **name, const char **text,
                      size_t *len, const char **why)
{
  const Texts *texts = user;
  *why = NULL;
  char *path = arena_printf(texts->arena, "%s.mot", module);
  for (size_t i = 0; module[i]; i++)
    if (path[i] == '.') path[i] = '/';
  const char *slash = strrchr(from_file, '/'), *last = strrchr(path, '/');
  int folder = slash ? (int)(slash - from_file) + 1 : 0;
  const char *beside = arena_printf(texts->arena, "%.*s%s", folder, from_file, path);
  return text_named(texts, beside, false, name, text, len) || text_named(texts, path, true, name, text, len) ||
    (last && text_named(texts, last + 1, false, name, text, len));
}

/* The bytes that the program gives now. */
static bool same_module(Side *side, const void *bytes, size_t size)
{
  ModuleBuilder builder;
  Buf again;
  builder_init(&builder, side->arena);
  buf_init(&again, side->arena);
  if (!generate(side->program, &side->diags, &builder)) return false;
  module_write(&builder, &again);
  return again.len == size && memcmp(again.data, bytes, size) == 0;
}

static void check_texts(Side *side, Texts *texts)
{
  const Module *module = texts->module;
  uint32_t len;
  const char *name = module_string(module, module->Source[0].name, NULL);
  const char *text = module_string(module, module->Source[0].text, &len);
  uint32_t file = sources_add(&side->sources, name, text, len);
  side->checker = (Checker){.arena = side->arena, .names = side->names, .sources = &side->sources,
                            .diags = &side->diags, .loader = {find_text, texts}, .loads_library = true};
  side->program = check_program(&side->checker, file);
}

/* Tokens, for clauses as written; the tree is of no use here. */
static void scan_texts(Side *side)
{
  Interner *aside = intern_new(side->arena);
  Diags ignored;
  diags_init(&ignored, side->arena);
  side->files = ARENA_ARRAY(side->arena, WrittenFile, side->sources.count);
  for (uint32_t i = 0; i < side->sources.count; i++) {
    ParseInput in = {side->arena, aside, &side->sources, &ignored};
    AstList comments = {0};
    parse_file_tokens(&in, i, &comments, &side->files[i].tokens, &side->files[i].count);
  }
}

bool side_read(Side *side, Arena *arena, const void *bytes, size_t size, const char **why)
{
  static const char others[] = "this module is not what its rule texts give here: another version of mot made it, or "
                               "other time zone data; compile the rules anew";
  Module *module = ARENA_NEW(arena, Module);
  Texts *texts = ARENA_NEW(arena, Texts);
  ModuleError error;
  void *aligned = arena_alloc(arena, size);
  memcpy(aligned, bytes, size);
  *side = (Side){.arena = arena, .names = intern_new(arena)};
  if (!module_read(module, aligned, size, arena, &error)) {
    *why = arena_printf(arena, "this is no sound module: %s", error.text);
    return false;
  }
  *texts = (Texts){module, arena};
  sources_init(&side->sources, arena);
  diags_init(&side->diags, arena);
  map_init(&side->by_name, arena);
  map_init(&side->declared_names, arena);
  map_init(&side->written, arena);
  *why = others;
  if (module->Source_count == 0) return false;
  check_texts(side, texts);
  if (side->diags.errors > 0 || !same_module(side, aligned, size)) return false;
  scan_texts(side);
  return true;
}
