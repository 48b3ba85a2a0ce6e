/*
 * file.c - see file.h.
 */
#define _GNU_SOURCE /* asprintf, mkostemp */
#include "cli/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

static bool write_all(int fd, const char *bytes, size_t size)
{
  while (size > 0) {
    ssize_t n = write(fd, bytes, size);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    bytes += n;
    size -= (size_t)n;
  }
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

/* A pipe or device is written to, not replaced. */
static bool write_through(const char *path, const void *bytes, size_t size)
{
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  bool ok = fd >= 0 && write_all(fd, bytes, size);
  int why = errno;
  if (fd >= 0 && close(fd) != 0 && ok) return fail(path);
  errno = why;
  return ok || fail(path);
}

static bool fill_and_rename(int fd, char *temporary, const char *path, const void *bytes, size_t size)
{
  bool ok = write_all(fd, bytes, size) && fchmod(fd, mode_for(path)) == 0 && fsync(fd) == 0;
  int why = errno;
  if (close(fd) != 0 && ok) {
    ok = false;
    why = errno;
  }
  if (ok && rename(temporary, path) != 0) {
    ok = false;
    why = errno;
  }
  if (ok) return true;
  unlink(temporary);
  errno = why;
  return fail(path);
}

/* Where the bytes have to go: a symbolic link is followed, not replaced. */
static char *target_of(const char *path)
{
  char *target = realpath(path, NULL);
  return target ? target : strdup(path);
}

bool file_replace(const char *path, const void *bytes, size_t size)
{
  struct stat st;
  if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) return write_through(path, bytes, size);
  char *target = target_of(path), *temporary = NULL;
  if (!target || asprintf(&temporary, "%s.XXXXXX", target) < 0) {
    free(target);
    return say_no_memory();
  }
  int fd = mkostemp(temporary, O_CLOEXEC);
  bool ok = fd >= 0 ? fill_and_rename(fd, temporary, target, bytes, size) : fail(path);
  free(temporary);
  free(target);
  return ok;
}
