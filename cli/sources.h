/*
 * sources.h - the files of events that a command line names: patterns expanded, all looked at before any is read.
 */
#ifndef MOT_CLI_SOURCES_H
#define MOT_CLI_SOURCES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Sources {
  char **paths;
  size_t count, room;
  uint64_t bytes;  /* of all files together */
  bool known;      /* all are files, whose sizes are known */
} Sources;

/* The files that `names` stand for, in order; none: standard input.  False after saying what is wrong with them. */
bool sources_find(Sources *sources, char *const *names, size_t count);
void sources_free(Sources *sources);
/* Do two names lead to the same file? */
bool same_file(const char *a, const char *b);
/* Is `path` one of them? */
bool sources_have(const Sources *sources, const char *path);

#endif
