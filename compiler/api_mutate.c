/*
 * api_mutate.c - rules with one thing changed, through the library.
 */
#include <string.h>

#include "compiler/api.h"
#include "compiler/files.h"
#include "compiler/mutate.h"

struct mot_mutations {
  Mem mem;
  Arena arena;
  mot_mutation *list;
  size_t count;
};

/* What a call is about; in memory of its own because it crosses a setjmp. */
typedef struct Job {
  mot_mutations *mutations;
  const char *name, *text;
  size_t size;
} Job;

static mot_place place_of(Sources *sources, Span span)
{
  Place from = source_place(sources, span.file, span.start), to = source_place(sources, span.file, span.end);
  return (mot_place){sources->files[span.file].name, from.line, from.column, to.line, to.column, span.start,
                     span.end - span.start};
}

static void keep(mot_mutations *all, Sources *sources, const Mutator *m)
{
  all->count = m->found.len;
  all->list = ARENA_ARRAY(&all->arena, mot_mutation, all->count);
  for (size_t i = 0; i < all->count; i++) {
    const Mutation *found = &m->found.data[i];
    all->list[i] = (mot_mutation){found->kind, place_of(sources, found->span), found->with, found->what,
                                  found->hint};
  }
}

static mot_status find(const Job *job)
{
  Arena *arena = &job->mutations->arena;
  Mutator m = {.arena = arena, .names = intern_new(arena)};
  Sources sources;
  Diags diags;
  LexToken *tokens;
  uint32_t token_count;
  AstList comments = {0};
  sources_init(&sources, arena);
  diags_init(&diags, arena);
  uint32_t file = sources_add(&sources, job->name, job->text, job->size);
  ParseInput in = {arena, m.names, &sources, &diags};
  m.tree = parse_file_tokens(&in, file, &comments, &tokens, &token_count);
  if (diags.errors > 0) return MOT_REJECTED;
  m.tokens = tokens;
  m.text = sources.files[file].text;
  mutate_file(&m);
  keep(job->mutations, &sources, &m);
  return MOT_OK;
}

static mot_status guarded(Job *job)
{
  jmp_buf oom;
  job->mutations->mem.oom = &oom;
  mot_status status = MOT_NO_MEMORY;
  if (setjmp(oom) == 0) status = find(job);
  job->mutations->mem.oom = NULL;
  return status;
}

mot_status mot_mutations_of(const char *name, const char *text, size_t size,
                            const mot_compile_options *options, mot_mutations **ret_mutations,
                            mot_error *error)
{
  Job job = {.name = name, .text = text, .size = size};
  if (error) error->text[0] = 0;
  if (size > RULE_FILE_MOST)
    return api_fail(error, MOT_IO, "%s: larger than 64 MB, the most a rule file may have", name);
  job.mutations = api_new(options ? options->allocator : NULL, sizeof *job.mutations);
  if (!job.mutations) return api_fail(error, MOT_NO_MEMORY, "%s: there is not enough memory", name);
  arena_init(&job.mutations->arena, &job.mutations->mem);
  mot_status status = guarded(&job);
  if (status == MOT_OK) {
    *ret_mutations = job.mutations;
    return status;
  }
  mot_mutations_free(job.mutations);
  if (status == MOT_NO_MEMORY) api_fail(error, status, "%s: there is not enough memory", name);
  return status;
}

bool mot_mutation_at(const mot_mutations *mutations, size_t index, mot_mutation *ret_mutation)
{
  if (index >= mutations->count) return false;
  *ret_mutation = mutations->list[index];
  return true;
}

void mot_mutations_free(mot_mutations *mutations)
{
  if (!mutations) return;
  arena_free(&mutations->arena);
  api_delete(mutations, sizeof *mutations);
}
