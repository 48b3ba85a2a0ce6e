/*
 * say.c - see say.h.
 */
#include "cli/say.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool line_stands; /* there is one terminal, and words for it come from everywhere */

void say_over_line(bool stands)
{
  line_stands = stands;
}

void say(const char *format, ...)
{
  if (line_stands) fputs("\r\033[K", stderr);
  line_stands = false;
  va_list args;
  va_start(args, format);
  fputs("mot: ", stderr);
  vfprintf(stderr, format, args);
  fputc('\n', stderr);
  va_end(args);
}

void say_more(const char *format, ...)
{
  va_list args;
  va_start(args, format);
  fputs("     ", stderr);
  vfprintf(stderr, format, args);
  fputc('\n', stderr);
  va_end(args);
}

bool say_no_memory(void)
{
  say("there is not enough memory");
  return false;
}

bool wants_color(const char *choice, FILE *stream)
{
  if (strcmp(choice, "always") == 0) return true;
  if (strcmp(choice, "never") == 0) return false;
  const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
  if (no_color && *no_color) return false;
  return isatty(fileno(stream)) && !(term && strcmp(term, "dumb") == 0);
}

const char *style(bool color, Style style)
{
  static const char *const codes[] = {
    [STYLE_NONE] = "\033[0m",       [STYLE_BOLD] = "\033[1m",    [STYLE_ERROR] = "\033[1;31m",
    [STYLE_WARNING] = "\033[1;33m", [STYLE_NOTE] = "\033[1;36m", [STYLE_HELP] = "\033[1;32m",
    [STYLE_DIM] = "\033[34m",
  };
  return color ? codes[style] : "";
}

bool finish_output(void)
{
  if (fflush(stdout) == 0 && !ferror(stdout)) return true;
  if (errno == EPIPE) return true;
  say("standard output: %s", strerror(errno));
  return false;
}
