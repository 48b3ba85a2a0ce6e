/*
 * main.c - reference RULES.mot [EVENTS.ndjson…]: what these rules make of these
 * events, by definition.
 *
 *   --records KINDS      kinds of records, with commas between (all but measure, open)
 *   --until TIME         moves the clock on to TIME
 *   --dead-letter FILE   rejected and late events
 */
#include <stdlib.h>
#include <string.h>

#include "tests/reference/evaluate.h"

static bool read_arguments(int argc, char **argv, Evaluation *what, const char **files, const char **dead)
{
  what->files = files;
  for (int i = 1; i < argc; i++) {
    bool more = i + 1 < argc;
    if (strcmp(argv[i], "--records") == 0 && more) what->kinds = argv[++i];
    else if (strcmp(argv[i], "--until") == 0 && more) what->until = argv[++i];
    else if (strcmp(argv[i], "--dead-letter") == 0 && more) *dead = argv[++i];
    else if (!what->rules) what->rules = argv[i];
    else files[what->count++] = argv[i];
  }
  return what->rules;
}

static int evaluate_to(const Evaluation *what, const char *dead_letters)
{
  FILE *dead = dead_letters ? fopen(dead_letters, "w") : NULL;
  if (dead_letters && !dead) {
    perror(dead_letters);
    return 2;
  }
  int code = evaluate(what, stdout, dead);
  if (dead) fclose(dead);
  return code;
}

int main(int argc, char **argv)
{
  Evaluation what = {0};
  const char *dead = NULL;
  const char **files = calloc((size_t)argc, sizeof *files);
  if (!files || !read_arguments(argc, argv, &what, files, &dead)) {
    fprintf(stderr, "reference [--records KINDS] [--until TIME] [--dead-letter FILE] RULES [EVENTS...]\n");
    free(files);
    return 2;
  }
  int code = evaluate_to(&what, dead);
  free(files);
  return code;
}
