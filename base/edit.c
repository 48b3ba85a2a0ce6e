/*
 * edit.c - how far two names are apart, for "did you mean".
 */
#include <string.h>

#include "base/diag.h"

enum { LONGEST = 64 }; /* nobody mistypes longer names by a few letters; keeps the rows on the stack */

static unsigned least(unsigned a, unsigned b)
{
  return a < b ? a : b;
}

/* Row i of the table, from the two rows before it. */
static void next_row(const char *a, const char *b, size_t i, size_t columns, unsigned rows[3][LONGEST + 1])
{
  unsigned *row = rows[i % 3], *before = rows[(i + 2) % 3], *before_that = rows[(i + 1) % 3];
  row[0] = (unsigned)i;
  for (size_t j = 1; j <= columns; j++) {
    row[j] = least(before[j], row[j - 1]) + 1;
    row[j] = least(row[j], before[j - 1] + (a[i - 1] != b[j - 1]));
    if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
      row[j] = least(row[j], before_that[j - 2] + 1);
  }
}

unsigned edit_distance(const char *a, const char *b, unsigned limit)
{
  size_t a_len = strlen(a), b_len = strlen(b);
  size_t apart = a_len > b_len ? a_len - b_len : b_len - a_len;
  if (strcmp(a, b) == 0) return 0;
  if (apart > limit || a_len > LONGEST || b_len > LONGEST) return limit + 1;
  unsigned rows[3][LONGEST + 1];
  for (size_t j = 0; j <= b_len; j++) rows[0][j] = (unsigned)j;
  for (size_t i = 1; i <= a_len; i++) next_row(a, b, i, b_len, rows);
  return least(rows[a_len % 3][b_len], limit + 1);
}

unsigned suggestion_limit(const char *name)
{
  size_t len = strlen(name);
  if (len < 2) return 0;
  return len < 3 ? 1 : (unsigned)(len / 3);
}
