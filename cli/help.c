/*
 * help.c - see help.h.
 */
#include "cli/help.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 88, NAMES = 26 };

/* Columns of UTF-8 text: no character wider than one is used in the tables. */
static int columns(const char *text, size_t len)
{
  int n = 0;
  for (size_t i = 0; i < len; i++) n += (text[i] & 0xc0) != 0x80;
  return n;
}

/* The first line begins where the output stands, when that is at the indent already. */
static void print_from(const char *text, int indent, int width, bool there)
{
  int column = 0;
  while (*text) {
    size_t len = strcspn(text, " ");
    int wide = columns(text, len);
    if (column > 0 && indent + column + 1 + wide > width) {
      putchar('\n');
      column = 0;
    }
    if (column == 0 && !there)
      printf("%*s", indent, "");
    else if (column > 0)
      putchar(' ');
    there = false;
    printf("%.*s", (int)len, text);
    column += wide + (column > 0);
    text += len + strspn(text + len, " ");
  }
  putchar('\n');
}

void print_wrapped(const char *text, int indent, int width)
{
  print_from(text, indent, width, false);
}

static void print_option(const Option *option)
{
  char name[64];
  int n = option->letter ? snprintf(name, sizeof name, "-%c, --%s", option->letter, option->name)
                         : snprintf(name, sizeof name, "    --%s", option->name);
  if (option->argument) snprintf(name + n, sizeof name - (size_t)n, " %s", option->argument);
  char text[512];
  snprintf(text, sizeof text, "%s%s%s", option->help, option->values ? "; one of " : "",
           option->values ? option->values : "");
  bool fits = strlen(name) < NAMES - 2;
  if (fits)
    printf("  %-*s", NAMES - 2, name);
  else
    printf("  %s\n", name);
  print_from(text, NAMES, WIDTH, fits);
}

static void print_options(const Option *options)
{
  for (const Option *o = options; o->name; o++) print_option(o);
}

void help_command(const Command *command)
{
  printf("mot %s - %s\n\n", command->name, command->summary);
  printf("usage: mot %s [options]%s%s\n\n", command->name, *command->operands ? " " : "", command->operands);
  print_wrapped(command->description, 0, WIDTH);
  puts("\noptions:");
  print_options(command->options);
  print_options(common_options);
}

void help_overview(void)
{
  puts("mot - Moments of Truth as code\n\nusage: mot COMMAND [options] …\n\ncommands:");
  for (const Command *c = commands; c->name; c++) printf("  %-12s%s\n", c->name, c->summary);
  puts("\n`mot COMMAND --help` says what a command takes, `mot --version` which version this is.\n"
       "Exit codes: 0 fine, 1 what was checked falls short, 2 wrong use or trouble with a file, 130 interrupted.");
}
