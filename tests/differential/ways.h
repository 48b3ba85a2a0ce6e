/*
 * ways.h - the ways of running a pair of rules and events through libmot that must
 * all give the same bytes.
 */
#ifndef MOT_TESTS_DIFFERENTIAL_WAYS_H
#define MOT_TESTS_DIFFERENTIAL_WAYS_H

#include <mot/tools.h>

/* Bytes that grow; NUL behind them. */
typedef struct Text {
  char *data;
  size_t size;
} Text;

void text_add(Text *text, const void *bytes, size_t size);

typedef struct Output {
  Text records, dead;
  bool failed;
  char why[600];
} Output;

void output_free(Output *output);

typedef struct Way {
  const char *name;
  unsigned threads;
  size_t batch;     /* 0: chosen by the library */
  unsigned piece;   /* bytes are fed in pieces of at most so many; 0: all at once */
  bool cut_files;   /* each line may begin a new file */
  unsigned saves;   /* one in so many pieces is followed by saving and loading; 0: none */
  bool one_by_one;  /* records are taken as soon as there are any, one by one, and counted */
  bool flushed;     /* after each piece all that is due is evaluated */
  const char *key;  /* only this partition key */
  bool traced;      /* what it does is told step by step, and agrees with the records */
} Way;

extern const Way ways[];
extern const size_t way_count;

typedef struct Pair {
  const char *folder, *source, *until;
  unsigned seed;
  Text events;
  mot_rules *rules;
  int64_t until_time;
} Pair;

/* Compiles the rules of the folder; says what is wrong. */
bool pair_load(Pair *pair);
void run_way(const Pair *pair, const Way *way, Output *ret);

#endif
