/*
 * main.c - reference RULES.mot [EVENTS.ndjson…]: what these rules make of these
 * events, by definition.
 *
 *   --open               also what is undecided at the end
 *   --until TIME         moves the clock on to TIME
 *   --dead-letter FILE   rejected and late events
 */
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/check.h"
#include "compiler/compile.h"
#include "compiler/files.h"
#include "compiler/zone.h"
#include "tests/reference/reference.h"

typedef struct Arguments {
  const char *rules, *dead_letter, *until;
  bool open;
  const char **files;
  size_t count;
} Arguments;

static bool read_arguments(int argc, char **argv, Arguments *to)
{
  to->files = calloc((size_t)argc, sizeof *to->files);
  for (int i = 1; i < argc; i++) {
    bool more = i + 1 < argc;
    if (strcmp(argv[i], "--open") == 0) to->open = true;
    else if (strcmp(argv[i], "--until") == 0 && more) to->until = argv[++i];
    else if (strcmp(argv[i], "--dead-letter") == 0 && more) to->dead_letter = argv[++i];
    else if (!to->rules) to->rules = argv[i];
    else to->files[to->count++] = argv[i];
  }
  return to->rules && to->files;
}

static void show_errors(const Compile *compile)
{
  for (const Diag *diag = compile->diags.first; diag; diag = diag->next) {
    if (diag->severity == SEV_ERROR) fprintf(stderr, "%s: %s\n", diag_info[diag->code].code, diag->message);
  }
}

static const Program *program_of(Arena *arena, const char *path)
{
  RuleFiles *files = ARENA_NEW(arena, RuleFiles);
  files->arena = arena;
  Compile *compile = ARENA_NEW(arena, Compile);
  compile_init(compile, arena, rule_files_loader(files));
  size_t size = 0;
  const char *why = NULL;
  char *text = rule_file_read(arena, path, &size, &why);
  if (!text) {
    fprintf(stderr, "%s: %s\n", path, why);
    return NULL;
  }
  uint32_t file = sources_add(&compile->sources, path, text, size);
  if (compile_file(compile, file, true)) return compile->program;
  show_errors(compile);
  return NULL;
}

static uint32_t zone_named(Run *run, Sym name)
{
  uint32_t row = 0;
  char reason[200];
  if (zone_load(&run->zones, sym(run, name), &row, reason, sizeof reason)) return row;
  fprintf(stderr, "%s\n", reason);
  exit(2);
}

static void load_zones(Run *run)
{
  builder_init(&run->zones, run->arena);
  run->stream_zone = zone_named(run, run->program->stream.zone);
  run->calendar_zone = ARENA_ARRAY(run->arena, uint32_t, run->program->calendars.len + 1);
  for (uint32_t i = 0; i < run->program->calendars.len; i++)
    run->calendar_zone[i] = zone_named(run, run->program->calendars.data[i]->zone);
}

static bool read_files(Run *run, const Arguments *arguments)
{
  EventFile *files = ARENA_ARRAY(run->arena, EventFile, arguments->count + 1);
  for (size_t i = 0; i < arguments->count; i++) {
    const char *why = NULL;
    files[i].name = arguments->files[i];
    files[i].text = rule_file_read(run->arena, files[i].name, &files[i].size, &why);
    if (files[i].text) continue;
    fprintf(stderr, "%s: %s\n", files[i].name, why);
    return false;
  }
  events_read(run, files, arguments->count);
  return true;
}

static bool write_dead_letters(const Run *run, const char *path)
{
  if (!path) return true;
  FILE *file = fopen(path, "w");
  if (!file) return false;
  bool fine = fwrite(run->dead.len ? run->dead.data : "", 1, run->dead.len, file) == run->dead.len;
  return fclose(file) == 0 && fine;
}

static int evaluate(Arena *arena, const Arguments *arguments)
{
  Run *run = ARENA_NEW(arena, Run);
  run->arena = arena;
  run->largest = INT64_MIN;
  buf_init(&run->dead, arena);
  run->program = program_of(arena, arguments->rules);
  if (!run->program) return 1;
  load_zones(run);
  int64_t until = INT64_MIN;
  if (arguments->until && !instant_iso(run, arguments->until, &until)) {
    fprintf(stderr, "--until takes a time such as 2026-03-02T09:00:00Z\n");
    return 2;
  }
  if (!read_files(run, arguments)) return 2;
  run_program(run, until, arguments->open);
  records_write(run, stdout);
  return write_dead_letters(run, arguments->dead_letter) && fflush(stdout) == 0 ? 0 : 2;
}

int main(int argc, char **argv)
{
  Arguments arguments = {0};
  Mem mem;
  Arena arena;
  jmp_buf oom;
  mem_init(&mem, NULL, NULL);
  mem.oom = &oom;
  if (!read_arguments(argc, argv, &arguments)) {
    fprintf(stderr, "reference [--open] [--until TIME] [--dead-letter FILE] RULES.mot [EVENTS.ndjson...]\n");
    return 2;
  }
  arena_init(&arena, &mem);
  if (setjmp(oom) != 0) {
    fprintf(stderr, "not enough memory\n");
    return 2;
  }
  int code = evaluate(&arena, &arguments);
  arena_free(&arena);
  free(arguments.files);
  return code;
}
