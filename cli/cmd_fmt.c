/*
 * cmd_fmt.c - mot fmt: the canonical layout, in place, checked or as a diff.
 */
#define _GNU_SOURCE /* mkostemp */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/report.h"
#include "cli/rules.h"
#include "cli/say.h"

typedef struct Formatted {
  mot_compilation *compilation;
  const char *text;
  size_t size;
} Formatted;

/* A file of its own under $TMPDIR that holds `text` and has no name any more; -1 on failure. */
static int unnamed_file(const char *text, size_t size)
{
  const char *dir = getenv("TMPDIR");
  char name[512];
  snprintf(name, sizeof name, "%s/mot-fmt-XXXXXX", dir && *dir ? dir : "/tmp");
  int fd = mkostemp(name, 0);
  if (fd < 0) return -1;
  unlink(name);
  FILE *f = fdopen(dup(fd), "w");
  bool ok = f && fwrite(text, 1, size, f) == size;
  if (f && fclose(f) != 0) ok = false;
  if (ok) return fd;
  close(fd);
  return -1;
}

static _Noreturn void exec_diff(const char *name, int before, int after)
{
  char from[64], to[64], was[512], will[512];
  snprintf(from, sizeof from, "/dev/fd/%d", before);
  snprintf(to, sizeof to, "/dev/fd/%d", after);
  snprintf(was, sizeof was, "--label=%s", name);
  snprintf(will, sizeof will, "--label=%s (formatted)", name);
  execlp("diff", "diff", "-u", was, will, "--", from, to, (char *)NULL);
  _exit(127);
}

/* The differences by diff(1), which every Debian system has.  False after saying why not. */
static bool show_diff(const char *name, const FileText *text, const Formatted *formatted)
{
  int before = unnamed_file(text->bytes, text->size), after = unnamed_file(formatted->text, formatted->size);
  int status = 0;
  fflush(stdout);
  pid_t child = before >= 0 && after >= 0 ? fork() : -1;
  if (child == 0) exec_diff(name, before, after);
  if (child < 0 || waitpid(child, &status, 0) < 0) say("%s: no diff: %s", name, strerror(errno));
  if (before >= 0) close(before);
  if (after >= 0) close(after);
  if (child < 0) return false;
  bool ok = WIFEXITED(status) && WEXITSTATUS(status) <= 1;
  if (!ok) say("%s: `diff` could not be run; the package diffutils has it", name);
  return ok;
}

static int apply(const Args *args, const char *path, const FileText *text, const Formatted *formatted)
{
  bool same = formatted->size == text->size && memcmp(formatted->text, text->bytes, text->size) == 0;
  bool check = args_has(args, "check"), diff = args_has(args, "diff");
  if (diff && !same && !show_diff(file_shown(path), text, formatted)) return EXIT_TROUBLE;
  if (check && !same) {
    if (!diff) puts(file_shown(path));
    return EXIT_SHORT;
  }
  if (check || diff) return EXIT_FINE;
  if (strcmp(path, "-") == 0) {
    fwrite(formatted->text, 1, formatted->size, stdout);
    return EXIT_FINE;
  }
  return same || file_replace(path, formatted->text, formatted->size) ? EXIT_FINE : EXIT_TROUBLE;
}

static int format_file(const Args *args, const char *path)
{
  FileText text;
  if (!file_read(path, RULES_MOST, &text)) return EXIT_TROUBLE;
  Formatted formatted = {0};
  mot_error error = {.text = ""};
  mot_status status = mot_format_text(file_shown(path), text.bytes, text.size, NULL, &formatted.compilation,
                                      &formatted.text, &formatted.size, &error);
  int code = EXIT_TROUBLE;
  if (status == MOT_OK)
    code = apply(args, path, &text, &formatted);
  else if (status == MOT_REJECTED) {
    rules_complain(args, file_shown(path), formatted.compilation);
    code = EXIT_SHORT;
  } else
    say("%s", error.text);
  mot_compilation_free(formatted.compilation);
  free(text.bytes);
  return code;
}

int run_fmt(const Args *args)
{
  int worst = EXIT_FINE;
  for (size_t i = 0; i < args->operand_count; i++) {
    int code = format_file(args, args->operands[i]);
    if (code > worst) worst = code;
  }
  return worst;
}
