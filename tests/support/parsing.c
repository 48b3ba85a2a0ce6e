/* parsing.c - see parsing.h. */
#include "tests/support/parsing.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

Parsed *parse_bytes(Arena *arena, const char *text, size_t len)
{
  Parsed *parsed = ARENA_NEW(arena, Parsed);
  sources_init(&parsed->sources, arena);
  diags_init(&parsed->diags, arena);
  parsed->in = (ParseInput){arena, intern_new(arena), &parsed->sources, &parsed->diags};
  parsed->file = sources_add(&parsed->sources, "test.mot", text, len);
  parsed->tree =
    parse_file_tokens(&parsed->in, parsed->file, &parsed->comments, &parsed->tokens, &parsed->token_count);
  diags_sort(&parsed->diags);
  return parsed;
}

Parsed *parse_z(Arena *arena, const char *text)
{
  return parse_bytes(arena, text, strlen(text));
}

const char *codes_said(Arena *arena, Parsed *parsed)
{
  const char *all = "";
  for (const Diag *diag = parsed->diags.first; diag; diag = diag->next) {
    Place place = source_place(&parsed->sources, parsed->file, diag->span.start);
    all = arena_printf(arena, "%s%s%s:%u", all, *all ? " " : "", diag_info[diag->code].code, place.line);
  }
  return all;
}

const char *sym_of(const Parsed *parsed, Sym sym)
{
  return sym_text(parsed->in.interner, sym);
}

char *file_bytes(Arena *arena, const char *path, size_t *ret_len)
{
  FILE *file = fopen(path, "rb");
  if (!file) fail_msg("%s is missing: run this from the root of the tree", path);
  char *text = arena_alloc(arena, 1 << 20);
  *ret_len = fread(text, 1, (1 << 20) - 1, file);
  fclose(file);
  return text;
}

int each_rule_file(Arena *arena, const char *folder, void (*body)(Arena *arena, const char *path))
{
  DIR *dir = opendir(folder);
  int count = 0;
  if (!dir) fail_msg("%s is missing: run this from the root of the tree", folder);
  for (struct dirent *entry; (entry = readdir(dir));) {
    if (!strstr(entry->d_name, ".mot")) continue;
    count++;
    body(arena, arena_printf(arena, "%s/%s", folder, entry->d_name));
  }
  closedir(dir);
  return count;
}
