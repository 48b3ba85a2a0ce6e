/*
 * corpus.h - rule files that say themselves what the compiler has to report.
 *
 *   event Long is CallEnd   # expect E0201
 *
 * The codes behind `# expect` are those of the findings that begin on that line.
 * Errors must agree exactly; a warning is looked for only where it is expected,
 * so that a file need not be a whole framework.
 */
#ifndef MOT_TESTS_CORPUS_H
#define MOT_TESTS_CORPUS_H

#include "base/mem.h"

/* Checks every .mot file of a folder; the number of disagreements, each printed.
 * `*files` counts the files. */
int corpus_check(Arena *arena, const char *folder, int *files);

#endif
