/*
 * files.h - rule files on disk: the one given and those that `use` names.
 */
#ifndef MOT_COMPILER_FILES_H
#define MOT_COMPILER_FILES_H

#include <stdbool.h>

#include "base/mem.h"
#include "compiler/check.h"

enum { RULE_FILE_MOST = 64 << 20 }; /* bytes; a larger file is no rule file */

typedef struct RuleFiles {
  Arena *arena;
  const char *const *dirs; /* after the folder of the file that uses */
  size_t dir_count;
} RuleFiles;

/* The text of a file, in the arena, with two NULs behind it.  NULL with *why set
 * (words, in the arena) when it cannot be read. */
char *rule_file_read(Arena *arena, const char *path, size_t *ret_size, const char **why);
/* A Loader over RuleFiles. */
Loader rule_files_loader(RuleFiles *files);

#endif
