/*
 * api_compile.c - the library's way in: compile and format.
 */
#include <string.h>

#include "compiler/api.h"
#include "compiler/files.h"
#include "compiler/fmt.h"

static const mot_compile_options defaults;

/* What a call is about; in memory of its own because it crosses a setjmp. */
typedef struct Job {
  mot_compilation *compilation;
  const mot_compile_options *options;
  const char *name;
  const char *text; /* NULL: read the file `name` */
  size_t size;
  const char **ret_formatted; /* not NULL: format instead of compiling */
  size_t *ret_size;
  mot_error *error;
} Job;

static mot_status format(Job *job, uint32_t file)
{
  Compile *c = &job->compilation->compile;
  ParseInput in = {c->arena, c->names, &c->sources, &c->diags};
  Buf out;
  buf_init(&out, c->arena);
  bool ok = fmt_text(&in, file, &out);
  diags_sort(&c->diags);
  if (!ok) return MOT_REJECTED;
  *job->ret_formatted = out.data ? out.data : "";
  *job->ret_size = out.len;
  return MOT_OK;
}

/* The job itself; memory that is refused leaves through mem.oom. */
static mot_status work(Job *job, RuleFiles *files)
{
  mot_compilation *c = job->compilation;
  compile_init(&c->compile, &c->arena, rule_files_loader(files));
  c->compile.errors_only = job->options->errors_only;
  const char *why = NULL;
  const char *text = job->text;
  if (!text) text = rule_file_read(&c->arena, job->name, &job->size, &why);
  if (!text) return api_fail(job->error, MOT_IO, "%s: %s", job->name, why);
  if (job->size > RULE_FILE_MOST)
    return api_fail(job->error, MOT_IO, "%s: larger than 64 MB, the most a rule file may have", job->name);
  uint32_t file = sources_add(&c->compile.sources, job->name, text, job->size);
  mot_status status = job->ret_formatted ? format(job, file)
                      : compile_file(&c->compile, file, job->options->check_only) ? MOT_OK
                                                                                 : MOT_REJECTED;
  api_collect(c);
  return status;
}

static mot_status guarded(Job *job)
{
  mot_compilation *c = job->compilation;
  RuleFiles files = {&c->arena, job->options->library_dirs, job->options->library_dir_count};
  jmp_buf oom;
  c->mem.oom = &oom;
  mot_status status = MOT_NO_MEMORY;
  if (setjmp(oom) == 0) status = work(job, &files);
  c->mem.oom = NULL;
  return status;
}

static mot_status run_job(Job *job, mot_compilation **ret_compilation)
{
  if (!job->options) job->options = &defaults;
  if (job->error) job->error->text[0] = 0;
  mot_compilation *c = api_new(job->options->allocator, sizeof *c);
  if (!c) return api_fail(job->error, MOT_NO_MEMORY, "%s: there is not enough memory", job->name);
  arena_init(&c->arena, &c->mem);
  job->compilation = c;
  mot_status status = guarded(job);
  if (status == MOT_OK || status == MOT_REJECTED) {
    *ret_compilation = c;
    return status;
  }
  mot_compilation_free(c);
  if (status == MOT_NO_MEMORY) api_fail(job->error, status, "%s: there is not enough memory", job->name);
  return status;
}

mot_status mot_compile_file(const char *path, const mot_compile_options *options, mot_compilation **ret_compilation,
                            mot_error *error)
{
  Job job = {.options = options, .name = path, .error = error};
  return run_job(&job, ret_compilation);
}

mot_status mot_compile_text(const char *name, const char *text, size_t size, const mot_compile_options *options,
                            mot_compilation **ret_compilation, mot_error *error)
{
  Job job = {.options = options, .name = name, .text = text, .size = size, .error = error};
  return run_job(&job, ret_compilation);
}

mot_status mot_format_text(const char *name, const char *text, size_t size, const mot_compile_options *options,
                           mot_compilation **ret_compilation, const char **ret_text, size_t *ret_size,
                           mot_error *error)
{
  const char *formatted = NULL;
  size_t formatted_size = 0;
  Job job = {.options = options, .name = name, .text = text, .size = size, .ret_formatted = &formatted,
             .ret_size = &formatted_size, .error = error};
  mot_status status = run_job(&job, ret_compilation);
  if (status == MOT_OK) {
    *ret_text = formatted;
    *ret_size = formatted_size;
  }
  return status;
}

void mot_compilation_free(mot_compilation *compilation)
{
  if (!compilation) return;
  arena_free(&compilation->arena);
  api_delete(compilation, sizeof *compilation);
}

const void *mot_module(const mot_compilation *compilation, size_t *ret_size)
{
  *ret_size = compilation->compile.module.len;
  return compilation->compile.module.data;
}

size_t mot_compilation_memory(const mot_compilation *compilation)
{
  return compilation->mem.peak;
}
