/*
 * files.c - see files.h.
 */
#include "compiler/files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Room to begin with: the size of a file, a page for what has none (a pipe). */
static size_t first_room(int fd, const char **why)
{
  struct stat st;
  if (fstat(fd, &st) != 0) return 4096;
  if (S_ISDIR(st.st_mode)) *why = "it is a directory; name a file in it";
  if (S_ISREG(st.st_mode) && st.st_size > RULE_FILE_MOST)
    *why = "it is larger than 64 MB, the most a rule file may have; is it a file of events?";
  return S_ISREG(st.st_mode) && st.st_size > 0 && st.st_size <= RULE_FILE_MOST ? (size_t)st.st_size + 1 : 4096;
}

static char *read_open(Arena *arena, int fd, size_t *ret_size, const char **why)
{
  size_t room = first_room(fd, why), size = 0;
  if (*why) return NULL;
  char *text = arena_alloc(arena, room + 2);
  for (;;) {
    ssize_t n = read(fd, text + size, room - size);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) *why = arena_printf(arena, "%s", strerror(errno));
    if (n <= 0) break;
    size += (size_t)n;
    if (size > RULE_FILE_MOST) *why = "it is larger than 64 MB, the most a rule file may have; is it a file of events?";
    if (*why) break;
    if (size == room) {
      text = arena_grow(arena, text, room + 2, 2 * room + 2);
      room *= 2;
    }
  }
  text[size] = text[size + 1] = 0;
  *ret_size = size;
  return *why ? NULL : text;
}

char *rule_file_read(Arena *arena, const char *path, size_t *ret_size, const char **why)
{
  *why = NULL;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    *why = arena_printf(arena, "%s", strerror(errno));
    return NULL;
  }
  jmp_buf here, *outer = arena->mem->oom; /* the file must be closed even when memory is refused */
  arena->mem->oom = &here;
  if (setjmp(here) != 0) {
    arena->mem->oom = outer;
    close(fd);
    mem_fail(arena->mem);
  }
  char *text = read_open(arena, fd, ret_size, why);
  arena->mem->oom = outer;
  close(fd);
  return text;
}

/* "dir/a/b.mot" for module a.b; `dir` "" is the folder we are in. */
static char *module_path(Arena *arena, const char *dir, size_t dir_len, const char *module)
{
  char *path = arena_printf(arena, "%.*s%s%s.mot", (int)dir_len, dir, dir_len > 0 && dir[dir_len - 1] != '/' ? "/" : "",
                            module);
  char *name = path + strlen(path) - strlen(module) - strlen(".mot");
  for (size_t i = 0; module[i]; i++)
    if (name[i] == '.') name[i] = '/';
  return path;
}

/* Tries one folder.  A file that is there but cannot be read ends the search with *why. */
static bool try_folder(RuleFiles *files, const char *dir, size_t dir_len, const char *module, const char **name,
                       const char **text, size_t *len, const char **why)
{
  char *path = module_path(files->arena, dir, dir_len, module);
  if (access(path, F_OK) != 0) return false;
  const char *reason;
  char *read = rule_file_read(files->arena, path, len, &reason);
  if (!read) *why = arena_printf(files->arena, "%s: %s", path, reason);
  *name = path;
  *text = read;
  return read != NULL;
}

static bool find_module(void *user, const char *module, const char *from_file, const char **name, const char **text,
                        size_t *len, const char **why)
{
  RuleFiles *files = user;
  const char *slash = strrchr(from_file, '/');
  size_t dir_len = slash ? (size_t)(slash - from_file) + 1 : 0;
  *why = NULL;
  if (try_folder(files, from_file, dir_len, module, name, text, len, why)) return true;
  for (size_t i = 0; i < files->dir_count && !*why; i++)
    if (try_folder(files, files->dirs[i], strlen(files->dirs[i]), module, name, text, len, why)) return true;
  return false;
}

Loader rule_files_loader(RuleFiles *files)
{
  return (Loader){find_module, files};
}
