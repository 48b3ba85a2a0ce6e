/*
 * draft.h - a file written piece by piece, which takes the place of the old one only when all of it is there.
 */
#ifndef MOT_CLI_DRAFT_H
#define MOT_CLI_DRAFT_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Draft {
  const char *path;
  char *target;     /* where the bytes have to go: a symbolic link is followed, not replaced */
  char *temporary;  /* beside it; NULL: a pipe or device, which is written to */
  int fd;
  char *buffer;
  size_t used;
} Draft;

/* Each of these: false after saying why not.  draft_drop must follow in any case. */
bool draft_begin(Draft *draft, const char *path);
bool draft_put(Draft *draft, const void *bytes, size_t size);
/* All of it is on the disk, then it replaces the old file, whose mode it gets. */
bool draft_commit(Draft *draft);
/* Without a commit the old file is as it was. */
void draft_drop(Draft *draft);

#endif
