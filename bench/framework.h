/*
 * framework.h - writes a large framework of the kind people write, for measuring
 * the compiler.
 */
#ifndef MOT_BENCH_FRAMEWORK_H
#define MOT_BENCH_FRAMEWORK_H

#include <stddef.h>

typedef struct Framework {
  char *text; /* from malloc */
  size_t size, cap;
  unsigned lines;
} Framework;

/* `mots` MOTs, twenty an experience, about thirty lines each; the same for the same number. */
Framework framework_make(unsigned mots);

#endif
