/*
 * evaluate.c - rules and events in, records out.
 */
#include "tests/reference/evaluate.h"

#include <setjmp.h>
#include <string.h>

#include "compiler/check.h"
#include "compiler/compile.h"
#include "compiler/files.h"
#include "compiler/zone.h"
#include "tests/reference/reference.h"

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

static bool zone_named(Run *run, Sym name, uint32_t *ret_row)
{
  char reason[200];
  if (zone_load(&run->zones, sym(run, name), ret_row, reason, sizeof reason)) return true;
  fprintf(stderr, "%s\n", reason);
  return false;
}

static bool load_zones(Run *run)
{
  builder_init(&run->zones, run->arena);
  bool fine = zone_named(run, run->program->stream.zone, &run->stream_zone);
  run->calendar_zone = ARENA_ARRAY(run->arena, uint32_t, run->program->calendars.len + 1);
  for (uint32_t i = 0; i < run->program->calendars.len && fine; i++)
    fine = zone_named(run, run->program->calendars.data[i]->zone, &run->calendar_zone[i]);
  return fine;
}

static bool read_files(Run *run, const Evaluation *what)
{
  EventFile *files = ARENA_ARRAY(run->arena, EventFile, what->count + 1);
  for (size_t i = 0; i < what->count; i++) {
    const char *why = NULL;
    files[i].name = what->files[i];
    files[i].text = rule_file_read(run->arena, files[i].name, &files[i].size, &why);
    if (files[i].text) continue;
    fprintf(stderr, "%s: %s\n", files[i].name, why);
    return false;
  }
  events_read(run, files, what->count);
  return true;
}

/* The kinds named, as bits; 0: one is no kind. */
static uint32_t kinds_named(const char *names)
{
  static const char *const words[] = {"moment", "sco", "journey", "open", "target", "alert",
                                      "correction", "measure", "goal", "sentiment"};
  const size_t count = sizeof words / sizeof *words;
  uint32_t kinds = 0;
  for (const char *at = names; at && *at; at += *at == ',') {
    size_t len = strcspn(at, ","), i = 0;
    while (i < count && (strlen(words[i]) != len || memcmp(words[i], at, len) != 0)) i++;
    if (i == count) return 0;
    kinds |= 1u << i;
    at += len;
  }
  return names ? kinds : TELL_DEFAULT;
}

static int evaluate_in(Arena *arena, const Evaluation *what, FILE *records, FILE *dead)
{
  Run *run = ARENA_NEW(arena, Run);
  run->arena = arena;
  run->largest = INT64_MIN;
  buf_init(&run->dead, arena);
  run->program = program_of(arena, what->rules);
  if (!run->program) return 1;
  int64_t until = INT64_MIN;
  if (!load_zones(run)) return 2;
  if (what->until && !instant_iso(run, what->until, &until)) {
    fprintf(stderr, "--until takes a time such as 2026-03-02T09:00:00Z\n");
    return 2;
  }
  uint32_t kinds = kinds_named(what->kinds);
  if (kinds == 0) {
    fprintf(stderr, "--records takes kinds of records with commas between\n");
    return 2;
  }
  if (!read_files(run, what)) return 2;
  run_program(run, until);
  records_write(run, kinds, records);
  if (dead) fwrite(run->dead.len ? run->dead.data : "", 1, run->dead.len, dead);
  return fflush(records) == 0 && (!dead || fflush(dead) == 0) ? 0 : 2;
}

int evaluate(const Evaluation *what, FILE *records, FILE *dead)
{
  Mem mem;
  Arena arena;
  jmp_buf oom;
  mem_init(&mem, NULL, NULL);
  mem.oom = &oom;
  arena_init(&arena, &mem);
  if (setjmp(oom) != 0) {
    fprintf(stderr, "not enough memory\n");
    return 2;
  }
  int code = evaluate_in(&arena, what, records, dead);
  arena_free(&arena);
  return code;
}
