/*
 * graphviz.c - see graphviz.h.
 */
#include "cli/graph/graphviz.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/say.h"

/* Seconds after which a layout is given up. */
enum { PATIENCE = 120 };

/* What a process that lays out ends with. */
enum { LAID_OUT, NO_LIBRARY = 10, NO_PLUGIN, NO_LAYOUT };

/* Of its interface, what is needed: it has been the same since 2.30. */
typedef struct Graphviz {
  void *(*read)(const char *text);
  void *(*context)(void);
  int (*layout)(void *context, void *graph, const char *engine);
  int (*render)(void *context, void *graph, const char *format, char **ret_bytes, size_t *ret_size);
} Graphviz;

/* ---- in the process that lays out ---- */

static bool find(void *library, const char *name, void *ret_function)
{
  void *function = library ? dlsym(library, name) : NULL;
  memcpy(ret_function, &function, sizeof function);
  return function != NULL;
}

static void *open_library(const char *name)
{
  static const char *const versions[] = {".6", ".7", ".8", ""};
  char file[64];
  for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
    snprintf(file, sizeof file, "lib%s.so%s", name, versions[i]);
    void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (library) return library;
  }
  return NULL;
}

static bool load(Graphviz *graphviz)
{
  void *gvc = open_library("gvc"), *cgraph = open_library("cgraph");
  return find(cgraph, "agmemread", &graphviz->read) && find(gvc, "gvContext", &graphviz->context)
    && find(gvc, "gvLayout", &graphviz->layout) && find(gvc, "gvRenderData", &graphviz->render);
}

static bool write_all(int fd, const char *bytes, size_t size)
{
  while (size > 0) {
    ssize_t n = write(fd, bytes, size);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes += n;
    size -= (size_t)n;
  }
  return true;
}

static int lay_out(char *const *graphs, size_t count, int fd)
{
  Graphviz graphviz;
  if (!load(&graphviz)) return NO_LIBRARY;
  void *context = graphviz.context();
  for (size_t i = 0; i < count; i++) {
    void *graph = graphviz.read(graphs[i]);
    char *bytes = NULL;
    size_t size = 0;
    if (!context || !graph || graphviz.layout(context, graph, "dot") != 0) return NO_PLUGIN;
    if (graphviz.render(context, graph, "json0", &bytes, &size) != 0 || !bytes) return NO_PLUGIN;
    if (!write_all(fd, bytes, strlen(bytes) + 1)) return NO_LAYOUT;
  }
  return LAID_OUT;
}

static _Noreturn void be_the_layout(char *const *graphs, size_t count, int fd)
{
  int nowhere = open("/dev/null", O_RDWR);
  if (nowhere >= 0)
    for (int other = 0; other <= 2; other++) dup2(nowhere, other);
  alarm(PATIENCE);
  _exit(lay_out(graphs, count, fd));
}

/* ---- in the command ---- */

static bool read_all(int fd, char **ret_bytes, size_t *ret_size)
{
  char *bytes = NULL;
  size_t size = 0, room = 0;
  for (;;) {
    if (size == room) {
      char *more = realloc(bytes, room = room * 2 + 65536);
      if (!more) break;
      bytes = more;
    }
    ssize_t n = read(fd, bytes + size, room - size);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) break;
    if (n == 0) {
      *ret_bytes = bytes;
      *ret_size = size;
      return true;
    }
    size += (size_t)n;
  }
  free(bytes);
  return false;
}

static bool complain(int status)
{
  if (WIFEXITED(status) && WEXITSTATUS(status) == NO_LIBRARY) {
    say("graph: a picture in SVG is laid out by Graphviz, whose library is not here");
    say_more(
      "install it (Debian, Ubuntu: apt-get install libgvc6), or take --format mermaid or --format dot");
  } else if (WIFEXITED(status) && WEXITSTATUS(status) == NO_PLUGIN) {
    say("graph: Graphviz is here, but cannot lay out: are its plugins installed and known to it (`dot -c`, "
        "as root)?");
    say_more("--format mermaid and --format dot do without");
  } else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM) {
    say("graph: Graphviz has not laid it out within %d s", PATIENCE);
    say_more("take one experience (--experience NAME), or --format dot");
  } else {
    say("graph: Graphviz could not lay it out");
    say_more("--format mermaid and --format dot do without");
  }
  return false;
}

static int wait_for(pid_t pid)
{
  int status = -1;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
  return status;
}

bool graphviz_layout(char *const *graphs, size_t count, char **ret_json, size_t *ret_size)
{
  int ends[2];
  fflush(stdout);
  pid_t pid = pipe(ends) == 0 ? fork() : -1;
  if (pid < 0) {
    say("graph: %s", strerror(errno));
    return false;
  }
  if (pid == 0) be_the_layout(graphs, count, ends[1]);
  close(ends[1]);
  char *json = NULL;
  bool whole = read_all(ends[0], &json, ret_size);
  close(ends[0]);
  int status = wait_for(pid);
  if (!whole) return say_no_memory();
  if (!WIFEXITED(status) || WEXITSTATUS(status) != LAID_OUT) {
    free(json);
    return complain(status);
  }
  *ret_json = json;
  return true;
}
