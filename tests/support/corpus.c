/* corpus.c - see corpus.h. */
#include "tests/support/corpus.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/compile.h"
#include "compiler/files.h"

enum { CODE_LENGTH = 5 };

/* Whether the text of a line expects a code. */
static bool expects(const char *line, size_t len, const char *code)
{
  const char *end = line + len, *mark = NULL;
  for (const char *at = line; at + 9 <= end; at++)
    if (memcmp(at, "# expect ", 9) == 0) mark = at + 9;
  for (; mark && mark + CODE_LENGTH <= end; mark++)
    if (memcmp(mark, code, CODE_LENGTH) == 0) return true;
  return false;
}

/* Findings that no line expects. */
static int surplus(Compile *compile)
{
  int wrong = 0;
  for (const Diag *diag = compile->diags.first; diag; diag = diag->next) {
    const SourceFile *file = &compile->sources.files[diag->span.file];
    Span line = source_line(&compile->sources, diag->span.file, diag->span.start);
    if (diag->severity == SEV_WARNING) continue;
    if (expects(file->text + line.start, line.end - line.start, diag_info[diag->code].code)) continue;
    Place place = source_place(&compile->sources, diag->span.file, diag->span.start);
    printf("# %s:%u:%u: unexpected %s %s\n", file->name, place.line, place.column, diag_info[diag->code].code,
           diag->message);
    wrong++;
  }
  return wrong;
}

static bool found(Compile *compile, Span line, const char *code)
{
  for (const Diag *diag = compile->diags.first; diag; diag = diag->next)
    if (strcmp(diag_info[diag->code].code, code) == 0 && diag->span.file == line.file &&
        diag->span.start >= line.start && diag->span.start <= line.end && !diag->allowed)
      return true;
  return false;
}

/* Expected codes of one line that were not found. */
static int missing_in(Compile *compile, Span line)
{
  const SourceFile *file = &compile->sources.files[line.file];
  char text[1024];
  size_t len = line.end - line.start < sizeof text ? line.end - line.start : sizeof text - 1;
  int wrong = 0;
  memcpy(text, file->text + line.start, len);
  text[len] = 0;
  char *mark = strstr(text, "# expect ");
  for (char *code = mark ? strtok(mark + 9, " ") : NULL; code; code = strtok(NULL, " ")) {
    if (found(compile, line, code)) continue;
    uint32_t number = source_place(&compile->sources, line.file, line.start).line;
    printf("# %s:%u: %s was not reported\n", file->name, number, code);
    wrong++;
  }
  return wrong;
}

static int missing(Compile *compile)
{
  int wrong = 0;
  for (uint32_t file = 0; file < compile->sources.count; file++)
    for (uint32_t at = 0; at < compile->sources.files[file].len;) {
      Span line = source_line(&compile->sources, file, at);
      wrong += missing_in(compile, line);
      at = line.end + 1;
    }
  return wrong;
}

static int check_file(Arena *arena, const char *path)
{
  size_t size;
  const char *why;
  char *text = rule_file_read(arena, path, &size, &why);
  if (!text) {
    printf("# %s: %s\n", path, why);
    return 1;
  }
  RuleFiles files = {.arena = arena};
  Compile compile;
  compile_init(&compile, arena, rule_files_loader(&files));
  compile_file(&compile, sources_add(&compile.sources, path, text, size), true);
  return surplus(&compile) + missing(&compile);
}

int corpus_check(Arena *arena, const char *folder, int *files)
{
  struct dirent **entries;
  int count = scandir(folder, &entries, NULL, alphasort), wrong = 0;
  *files = 0;
  for (int i = 0; i < count; i++) {
    const char *dot = strrchr(entries[i]->d_name, '.');
    if (dot && strcmp(dot, ".mot") == 0) {
      ++*files;
      wrong += check_file(arena, arena_printf(arena, "%s/%s", folder, entries[i]->d_name));
    }
    free(entries[i]);
  }
  if (count >= 0) free(entries);
  return wrong;
}
