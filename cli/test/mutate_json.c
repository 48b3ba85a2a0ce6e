/*
 * mutate_json.c - what came of the mutants, as one JSON object, for programs.
 */
#include <jansson.h>

#include "cli/markup.h"
#include "cli/test/mutate.h"

static json_t *mutant_json(const Mutation *mutation, const Mutant *mutant)
{
  static const char *const fates[] = {
    [MUTANT_UNTRIED] = "untried",      [MUTANT_KILLED] = "killed",     [MUTANT_SURVIVED] = "survived",
    [MUTANT_BROKEN] = "not compiling", [MUTANT_SAME] = "same meaning",
  };
  const mot_mutation *change = &mutant->change;
  const mot_place *place = &change->place;
  return json_pack("{s:o, s:i, s:i, s:i, s:i, s:i, s:i, s:s, s:s, s:s, s:s, s:s}", "file",
                   markup_json(mutation->files[mutant->file].shown), "line", (int)place->line, "column",
                   (int)place->column, "endLine", (int)place->end_line, "endColumn", (int)place->end_column,
                   "offset", (int)place->offset, "length", (int)place->length, "kind",
                   mutant_kind_name(change->kind), "with", change->with, "change", change->what, "hint",
                   change->hint, "outcome", fates[mutant->fate]);
}

static json_t *files_json(const Mutation *mutation)
{
  json_t *files = json_array();
  for (size_t i = 0; i < mutation->file_count; i++)
    json_array_append_new(files, json_pack("{s:o, s:I}", "file", markup_json(mutation->files[i].shown),
                                           "tests", (json_int_t)mutation->files[i].test_count));
  return files;
}

bool mutation_json(const Mutation *mutation)
{
  const size_t *fates = mutation->fates;
  double score = mutation_score(mutation);
  json_t *mutants = json_array();
  for (size_t i = 0; i < mutation->count; i++)
    json_array_append_new(mutants, mutant_json(mutation, &mutation->mutants[i]));
  json_t *root = json_pack(
    "{s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:f, s:o, s:o}", "version", mot_version(), "mutants",
    (json_int_t)(fates[MUTANT_KILLED] + fates[MUTANT_SURVIVED]), "killed", (json_int_t)fates[MUTANT_KILLED],
    "survived", (json_int_t)fates[MUTANT_SURVIVED], "notCompiling", (json_int_t)fates[MUTANT_BROKEN],
    "sameMeaning", (json_int_t)fates[MUTANT_SAME], "untried", (json_int_t)fates[MUTANT_UNTRIED], "score",
    score < 0 ? json_null() : json_real(score), "seconds", mutation->seconds, "files", files_json(mutation),
    "results", mutants);
  bool ok = root && json_dumpf(root, stdout, JSON_INDENT(2)) == 0 && putchar('\n') != EOF;
  json_decref(root);
  return ok;
}
