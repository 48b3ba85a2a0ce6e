/*
 * nearest.c - see nearest.h.
 */
#include "cli/nearest.h"

#include <string.h>
#include <strings.h>

#include "cli/command.h"
#include "mot/mot.h"

enum { LONGEST = 24, NEAR = NEAR_WORD, SHORT = 4 };

static int least(int a, int b)
{
  return a < b ? a : b;
}

/* Levenshtein's. */
int word_distance(const char *a, const char *b)
{
  size_t la = strlen(a), lb = strlen(b);
  if (la > LONGEST || lb > LONGEST) return LONGEST;
  int row[LONGEST + 1];
  for (size_t j = 0; j <= lb; j++) row[j] = (int)j;
  for (size_t i = 1; i <= la; i++) {
    int diagonal = row[0];
    row[0] = (int)i;
    for (size_t j = 1; j <= lb; j++) {
      int same = strncasecmp(a + i - 1, b + j - 1, 1) == 0;
      int best = least(diagonal + !same, least(row[j], row[j - 1]) + 1);
      diagonal = row[j];
      row[j] = best;
    }
  }
  return row[lb];
}

const char *nearest_command(const char *word)
{
  const char *best = NULL;
  int least_so_far = strlen(word) <= SHORT ? NEAR : NEAR + 1; /* in a short word two letters are half of it */
  for (const Command *c = commands; c->name; c++) {
    int d = word_distance(word, c->name);
    if (d < least_so_far) {
      least_so_far = d;
      best = c->name;
    }
  }
  return best;
}

const char *nearest_code(const char *word)
{
  const char *best = NULL;
  int least_so_far = NEAR;
  mot_explanation e;
  for (size_t i = 0; mot_explanation_at(i, &e); i++) {
    int d = word_distance(word, e.code);
    if (d < least_so_far) {
      least_so_far = d;
      best = e.code;
    }
  }
  return best;
}

const char *nearest_word(const char *word, const char *const *words, size_t count)
{
  const char *best = NULL;
  int least_so_far = NEAR + 1;
  for (size_t i = 0; i < count; i++) {
    int d = word_distance(word, words[i]);
    if (d < least_so_far) {
      least_so_far = d;
      best = words[i];
    }
  }
  return best;
}
