/*
 * running.h - rules run over streams through the public library: all that comes out, as one text.
 */
#ifndef MOT_TESTS_RUNNING_H
#define MOT_TESTS_RUNNING_H

#include "mot/mot.h"

/* How a stream is handed in. */
typedef struct Feeding {
  mot_run_options options;
  mot_format format;
  size_t piece;        /* bytes fed at once; 0: all */
  size_t cut;          /* all in two pieces, the first of this size; 0: not */
  bool flush;          /* after each piece */
  bool one_by_one;     /* records are taken one by one, after each piece */
  size_t save_at;      /* the run is saved after that many bytes and goes on in a loaded one; 0: not */
  unsigned threads_after; /* of the loaded one */
} Feeding;

/* Rules made from text; fails the test when they are wrong. */
mot_rules *running_rules(const char *text);
/* Records as lines, then dead letters as lines, then the counts; from malloc. */
char *running_all(const mot_rules *rules, const char *stream, size_t size, const Feeding *feeding);
/* What is left to take of a run, appended to `out` (from malloc, NULL: nothing yet). */
char *running_take(mot_run *run, char *out, bool one_by_one);
char *running_take_rejected(mot_run *run, char *out);
char *running_take_stats(mot_run *run, char *out);
/* Saves the run and goes on in a loaded one; when that does not succeed `*run` is as it was. */
mot_status running_reload(const mot_rules *rules, const mot_run_options *options, mot_run **run);
void running_same(const char *expected, const char *found, const char *what);

/* The rules of these tests: MOTs over kinds A, B, C of customers, 10 s of lateness, duplicates of 60 s. */
extern const char running_example[];
/* A number below `n`, the same for the same seed. */
unsigned below(unsigned *seed, unsigned n);
/* A stream for them, the same for the same seed: disorder, late and wrong events, duplicates, unmapped kinds,
 * blank lines, line ends of both kinds; from malloc. */
char *running_stream(unsigned seed, unsigned events, size_t *ret_size);

#endif
