/*
 * nearest.h - "did you mean" for what is typed on the command line.
 */
#ifndef MOT_CLI_NEAREST_H
#define MOT_CLI_NEAREST_H

#include <stddef.h>

/* The command or the code nearest to a word; NULL when none is near. */
const char *nearest_command(const char *word);
const char *nearest_code(const char *word);
enum { NEAR_WORD = 2 };
/* How many letters are to be changed, put in or taken out, upper and lower case alike; words of more than 24 letters are
 * as far as that from every other. */
int word_distance(const char *a, const char *b);
/* Likewise of `count` words. */
const char *nearest_word(const char *word, const char *const *words, size_t count);

#endif
