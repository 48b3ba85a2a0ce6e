/*
 * file.c - see file.h.
 */
#include "cli/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/draft.h"
#include "cli/say.h"

const char *file_shown(const char *path)
{
  return strcmp(path, "-") == 0 ? "<standard input>" : path;
}

static bool fail(const char *path)
{
  say("%s: %s", file_shown(path), strerror(errno));
  return false;
}

/* Makes room for `room` bytes and a NUL. */
static bool grow(FileText *text, size_t room)
{
  char *bytes = realloc(text->bytes, room + 1);
  if (!bytes) return say_no_memory();
  text->bytes = bytes;
  return true;
}

static bool read_all(int fd, const char *path, size_t most, FileText *text)
{
  size_t room = 1 << 16;
  if (!grow(text, room)) return false;
  for (;;) {
    ssize_t n = read(fd, text->bytes + text->size, room - text->size);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(path);
    if (n == 0) break;
    text->size += (size_t)n;
    if (text->size > most) {
      say("%s: larger than %zu MB, the most that is read here", file_shown(path), most >> 20);
      return false;
    }
    if (text->size == room && !grow(text, room *= 2)) return false;
  }
  text->bytes[text->size] = 0;
  return true;
}

bool file_read(const char *path, size_t most, FileText *ret_text)
{
  FileText text = {0};
  bool input = strcmp(path, "-") == 0;
  int fd = input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return fail(path);
  bool ok = read_all(fd, path, most, &text);
  if (!input) close(fd);
  if (ok)
    *ret_text = text;
  else
    free(text.bytes);
  return ok;
}

bool file_replace(const char *path, const void *bytes, size_t size)
{
  Draft draft;
  bool fine = draft_begin(&draft, path) && draft_put(&draft, bytes, size) && draft_commit(&draft);
  draft_drop(&draft);
  return fine;
}
