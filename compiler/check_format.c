/*
 * check_format.c - how the raw values of a field read: duration(s),
 * time(unix_ms), time("%d/%m/%Y %H:%M").
 */
#include <string.h>

#include "compiler/scope.h"

/* Directives of a time pattern.  Every other character stands for itself, a
 * space for any white space.
 *
 *   %Y  year, four digits       %H  hour 00 … 23        %b  Jan … Dec
 *   %y  year 00 … 99 (69: 1969) %M  minute              %B  January … December
 *   %m  month 01 … 12           %S  second 00 … 60      %z  +01:00, +0100, Z
 *   %d  day 01 … 31             %f  fraction of it      %%  a percent sign
 */
static const char directives[] = "YymdHMSfbBz%";

static const char *other_way(char directive)
{
  switch (directive) {
  case 'T': return "%H:%M:%S";
  case 'R': return "%H:%M";
  case 'D': return "%m/%d/%y";
  case 'F': return "%Y-%m-%d";
  case 'e': return "%d";
  case 'h': return "%b";
  case 'L': return "%f";
  default: return NULL;
  }
}

static void say_directive(Checker *ck, Span span, char directive)
{
  if (!directive) {
    SAY(ck, E0213, span, "a `%%` at the end of a time pattern says nothing");
    return;
  }
  Diag *diag = SAY(ck, E0213, span, "`%%%c` is not known in time patterns", directive);
  const char *other = other_way(directive);
  if (other)
    diag_help(ck->diags, diag, "write `%s`", other);
  else
    diag_help(ck->diags, diag, "known are %%Y %%y %%m %%d %%H %%M %%S %%f %%b %%B %%z and %%%%");
}

/* Which of the directives a pattern has, as bits by their place. */
static bool read_directives(Checker *ck, AstText pattern, unsigned *has)
{
  const char *text = sym_text(ck->names, pattern.sym);
  for (; *text; text++) {
    if (*text != '%') continue;
    text++;
    const char *known = *text ? strchr(directives, *text) : NULL;
    if (!known) {
      say_directive(ck, pattern.span, *text);
      return false;
    }
    *has |= 1u << (known - directives);
  }
  return true;
}

static bool has_any(unsigned has, const char *which)
{
  for (; *which; which++)
    if (has >> (strchr(directives, *which) - directives) & 1) return true;
  return false;
}

bool check_time_pattern(Checker *ck, AstText pattern)
{
  unsigned has = 0;
  if (!read_directives(ck, pattern, &has)) return false;
  const char *missing = !has_any(has, "Yy")    ? "year (%Y)"
                        : !has_any(has, "mbB") ? "month (%m)"
                        : !has_any(has, "d")   ? "day (%d)"
                                               : NULL;
  if (missing) SAY(ck, E0213, pattern.span, "the time pattern has no %s", missing);
  return !missing;
}

/* ---- what stands in the brackets of a type ---------------------------------------- */

static const struct { const char *type, *arg; uint8_t format; } formats[] = {
  {"duration", "s", FORMAT_SECONDS}, {"duration", "ms", FORMAT_MILLISECONDS},
  {"time", "unix_s", FORMAT_UNIX_SECONDS}, {"time", "unix_ms", FORMAT_UNIX_MILLISECONDS},
};

static void say_format(Checker *ck, const AstType *type, const char *name)
{
  Span span = type->arg.sym ? type->arg.span : type->arg_text.span;
  const char *arg = sym_text(ck->names, type->arg.sym ? type->arg.sym : type->arg_text.sym);
  if (strcmp(name, "duration") != 0 && strcmp(name, "time") != 0) {
    Diag *none = SAY(ck, E0211, span, "`%s` takes nothing in brackets", name);
    diag_help(ck->diags, none, "write `%s` alone", name);
    return;
  }
  Diag *diag = SAY(ck, E0211, span, "`%s(%s)` is not a way to read a %s", name, arg, name);
  if (strcmp(name, "time") == 0)
    diag_help(ck->diags, diag, "write time(unix_s), time(unix_ms), time(\"%%d/%%m/%%Y %%H:%%M\"), or time "
                               "alone for ISO 8601");
  else
    diag_help(ck->diags, diag, "write duration(s), duration(ms), or duration alone for ISO 8601 and seconds");
}

uint8_t type_format(Checker *ck, const AstType *type, Sym *pattern)
{
  const char *name = sym_text(ck->names, type->name.sym);
  *pattern = 0;
  bool money = strcmp(name, "money") == 0;
  if ((!type->arg.sym || money) && !type->arg_text.sym) return FORMAT_PLAIN;
  if (type->arg_text.sym && strcmp(name, "time") == 0) {
    if (check_time_pattern(ck, type->arg_text)) *pattern = type->arg_text.sym;
    return *pattern ? FORMAT_PATTERN : FORMAT_PLAIN;
  }
  for (uint32_t i = 0; i < sizeof formats / sizeof *formats; i++)
    if (strcmp(formats[i].type, name) == 0 && type->arg.sym &&
        strcmp(formats[i].arg, sym_text(ck->names, type->arg.sym)) == 0)
      return formats[i].format;
  if (money)
    SAY(ck, E0210, type->arg_text.span, "the currency is written without quotes: `money(EUR)`");
  else
    say_format(ck, type, name);
  return FORMAT_PLAIN;
}

/* ---- paths into the data ------------------------------------------------------------ */

void check_data_path(Checker *ck, AstText path)
{
  const char *text = sym_text(ck->names, path.sym);
  size_t len = strlen(text);
  if (len != sym_len(ck->names, path.sym)) {
    SAY(ck, E0230, path.span, "a path into the data has a character that no name can have");
  } else if (!len || text[0] == '.' || text[len - 1] == '.' || strstr(text, "..")) {
    Diag *diag = SAY(ck, E0230, path.span, "a path into the data has an empty part");
    diag_help(ck->diags, diag, "write the names from the outside in, with one dot between: \"order.total\"");
  }
}
