/*
 * args.c - options by getopt_long, made from the tables.
 */
#include "cli/args.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/say.h"

enum { OPTIONS_MOST = 32 };

typedef struct OptionList {
  const Option *all[OPTIONS_MOST];
  struct option longs[OPTIONS_MOST + 1];
  char letters[2 * OPTIONS_MOST + 3];
  int count;
} OptionList;

/* getopt_long's value of option `index`: beyond any letter. */
static int value_of(int index)
{
  return 256 + index;
}

static void list_options(OptionList *list, const Option *options)
{
  for (const Option *o = options; o && o->name; o++) {
    list->all[list->count] = o;
    list->longs[list->count] = (struct option){
      o->name, o->argument ? required_argument : no_argument, NULL, value_of(list->count)};
    list->count++;
    if (!o->letter) continue;
    size_t n = strlen(list->letters);
    list->letters[n] = o->letter;
    if (o->argument) list->letters[n + 1] = ':';
  }
}

static const Option *option_got(const OptionList *list, int got)
{
  if (got >= 256) return list->all[got - 256];
  for (int i = 0; i < list->count; i++)
    if (list->all[i]->letter == got) return list->all[i];
  return NULL;
}

/* Is `value` one of "a|b|c"? */
static bool value_allowed(const char *values, const char *value)
{
  size_t n = strlen(value);
  for (const char *p = values; p; p = strchr(p, '|')) {
    if (*p == '|') p++;
    if (strncmp(p, value, n) == 0 && (p[n] == '|' || p[n] == 0)) return true;
  }
  return false;
}

static bool complain(const Command *command, const char *what, const char *which)
{
  say("%s: %s%s", command->name, what, which);
  say_more("`mot %s --help` lists what it takes", command->name);
  return false;
}

static bool take_option(Args *args, const OptionList *list, int got, char **argv)
{
  const Option *option = got == '?' || got == ':' ? NULL : option_got(list, got);
  if (!option) {
    const char *word = argv[optind - 1];
    return complain(args->command, got == ':' ? "a value is missing after " : "there is no option ", word);
  }
  if (option->values && !value_allowed(option->values, optarg)) {
    say("%s: --%s takes %s, not \"%s\"", args->command->name, option->name, option->values, optarg);
    return false;
  }
  args->given[args->given_count++] = (ArgsGiven){option, optarg};
  return true;
}

static bool count_operands(Args *args, char **argv, int argc)
{
  const Command *command = args->command;
  args->operands = argv + optind;
  args->operand_count = (size_t)(argc - optind);
  if (args_has(args, "help")) return true;
  if ((int)args->operand_count < command->least) return complain(command, "what is missing: ", command->operands);
  if (command->most >= 0 && (int)args->operand_count > command->most)
    return complain(command, "one too many: ", argv[optind + command->most]);
  return true;
}

bool args_parse(Args *args, const Command *command, int argc, char **argv)
{
  OptionList list = {.letters = ":"};
  list_options(&list, command->options);
  list_options(&list, common_options);
  *args = (Args){.command = command, .given = calloc((size_t)argc + 1, sizeof *args->given)};
  if (!args->given) return say_no_memory();
  opterr = 0;
  optind = 1;
  int got;
  while ((got = getopt_long(argc, argv, list.letters, list.longs, NULL)) != -1)
    if (!take_option(args, &list, got, argv)) return false;
  return count_operands(args, argv, argc);
}

void args_free(Args *args)
{
  free(args->given);
  args->given = NULL;
}

const char *args_value(const Args *args, const char *name, const char *otherwise)
{
  const char *value = otherwise;
  for (size_t i = 0; i < args->given_count; i++)
    if (strcmp(args->given[i].option->name, name) == 0) value = args->given[i].value;
  return value;
}

bool args_has(const Args *args, const char *name)
{
  for (size_t i = 0; i < args->given_count; i++)
    if (strcmp(args->given[i].option->name, name) == 0) return true;
  return false;
}

const char *args_next(const Args *args, const char *name, size_t *position)
{
  while (*position < args->given_count) {
    const ArgsGiven *given = &args->given[(*position)++];
    if (strcmp(given->option->name, name) == 0) return given->value;
  }
  return NULL;
}
