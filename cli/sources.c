/*
 * sources.c - see sources.h.
 */
#include "cli/sources.h"

#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/say.h"

static bool is_input(const char *path)
{
  return strcmp(path, "-") == 0;
}

static bool add_path(Sources *sources, const char *path)
{
  if (sources->count == sources->room) {
    size_t room = sources->room ? sources->room * 2 : 16;
    char **paths = realloc(sources->paths, room * sizeof *paths);
    if (!paths) return say_no_memory();
    sources->paths = paths;
    sources->room = room;
  }
  char *copy = strdup(path);
  if (!copy) return say_no_memory();
  sources->paths[sources->count++] = copy;
  return true;
}

static bool refuse_directory(const char *path)
{
  bool slash = path[strlen(path) - 1] == '/';
  say("%s: this is a directory", path);
  say_more("name the files in it: '%s%s*.ndjson'", path, slash ? "" : "/");
  return false;
}

static bool add_file(Sources *sources, const char *path)
{
  struct stat st;
  bool input = is_input(path);
  if (!input && (stat(path, &st) != 0 || access(path, R_OK) != 0)) {
    say("%s: %s", path, strerror(errno));
    return false;
  }
  if (!input && S_ISDIR(st.st_mode)) return refuse_directory(path);
  if (input && fstat(STDIN_FILENO, &st) != 0) memset(&st, 0, sizeof st);
  if (S_ISREG(st.st_mode))
    sources->bytes += (uint64_t)st.st_size;
  else
    sources->known = false;
  return add_path(sources, path);
}

static bool add_pattern(Sources *sources, const char *pattern)
{
  glob_t found;
  int result = glob(pattern, 0, NULL, &found);
  bool fine = result == 0;
  if (result == GLOB_NOSPACE) say_no_memory();
  if (result == GLOB_NOMATCH) say("%s: no file has a name like this", pattern);
  if (result == GLOB_ABORTED) say("%s: %s", pattern, strerror(errno));
  for (size_t i = 0; fine && i < found.gl_pathc; i++) fine = add_file(sources, found.gl_pathv[i]);
  globfree(&found);
  return fine;
}

/* A pattern is one only when no file has that very name. */
static bool add_name(Sources *sources, const char *name)
{
  struct stat st;
  bool pattern = !is_input(name) && strpbrk(name, "*?[") && lstat(name, &st) != 0;
  return pattern ? add_pattern(sources, name) : add_file(sources, name);
}

bool sources_find(Sources *sources, char *const *names, size_t count)
{
  *sources = (Sources){.known = true};
  if (count == 0) return add_file(sources, "-");
  size_t inputs = 0;
  for (size_t i = 0; i < count; i++) {
    inputs += is_input(names[i]);
    if (!add_name(sources, names[i])) return false;
  }
  if (inputs > 1) say("standard input (-) can be read once only");
  return inputs <= 1;
}

void sources_free(Sources *sources)
{
  for (size_t i = 0; i < sources->count; i++) free(sources->paths[i]);
  free(sources->paths);
  *sources = (Sources){0};
}

bool same_file(const char *a, const char *b)
{
  struct stat x, y;
  return stat(a, &x) == 0 && stat(b, &y) == 0 && S_ISREG(x.st_mode) && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

bool sources_have(const Sources *sources, const char *path)
{
  for (size_t i = 0; i < sources->count; i++)
    if (same_file(sources->paths[i], path)) return true;
  return false;
}
