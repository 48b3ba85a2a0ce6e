/*
 * draft.c - see draft.h.
 */
#define _GNU_SOURCE /* asprintf, mkostemp */
#include "cli/draft.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/say.h"

enum { BUFFER = 1 << 16 };

static bool fail(const Draft *draft)
{
  say("%s: %s", draft->path, strerror(errno));
  return false;
}

static bool open_beside(Draft *draft)
{
  draft->target = realpath(draft->path, NULL);
  if (!draft->target) draft->target = strdup(draft->path);
  if (!draft->target || asprintf(&draft->temporary, "%s.XXXXXX", draft->target) < 0) {
    draft->temporary = NULL;
    return say_no_memory();
  }
  draft->fd = mkostemp(draft->temporary, O_CLOEXEC);
  if (draft->fd >= 0) return true;
  int why = errno;
  free(draft->temporary);
  draft->temporary = NULL;
  errno = why;
  return fail(draft);
}

bool draft_begin(Draft *draft, const char *path)
{
  *draft = (Draft){.path = path, .fd = -1, .buffer = malloc(BUFFER)};
  if (!draft->buffer) return say_no_memory();
  struct stat st;
  if (stat(path, &st) != 0 || S_ISREG(st.st_mode)) return open_beside(draft);
  draft->fd = open(path, O_WRONLY | O_CLOEXEC);
  return draft->fd >= 0 || fail(draft);
}

static bool write_all(const Draft *draft, const char *bytes, size_t size)
{
  while (size > 0) {
    ssize_t n = write(draft->fd, bytes, size);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(draft);
    bytes += n;
    size -= (size_t)n;
  }
  return true;
}

static bool flush(Draft *draft)
{
  size_t used = draft->used;
  draft->used = 0;
  return write_all(draft, draft->buffer, used);
}

bool draft_put(Draft *draft, const void *bytes, size_t size)
{
  if (size > BUFFER - draft->used && !flush(draft)) return false;
  if (size >= BUFFER) return write_all(draft, bytes, size);
  memcpy(draft->buffer + draft->used, bytes, size);
  draft->used += size;
  return true;
}

/* The mode a new file gets: that of the one it replaces, else what the umask leaves. */
static mode_t mode_for(const char *path)
{
  struct stat st;
  if (stat(path, &st) == 0) return st.st_mode & 07777;
  mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

static bool close_file(Draft *draft)
{
  int fd = draft->fd;
  draft->fd = -1;
  return close(fd) == 0;
}

bool draft_commit(Draft *draft)
{
  if (!flush(draft)) return false;
  if (!draft->temporary) return close_file(draft) || fail(draft);
  bool kept = fchmod(draft->fd, mode_for(draft->target)) == 0 && fsync(draft->fd) == 0;
  if (!kept || !close_file(draft) || rename(draft->temporary, draft->target) != 0) return fail(draft);
  free(draft->temporary);
  draft->temporary = NULL;
  return true;
}

void draft_drop(Draft *draft)
{
  if (draft->fd >= 0) close(draft->fd);
  if (draft->temporary) unlink(draft->temporary);
  free(draft->temporary);
  free(draft->target);
  free(draft->buffer);
  *draft = (Draft){.fd = -1};
}
