/*
 * args.h - a command line taken apart by the option tables (getopt_long below).
 */
#ifndef MOT_CLI_ARGS_H
#define MOT_CLI_ARGS_H

#include "cli/command.h"

typedef struct ArgsGiven {
  const Option *option;
  const char *value; /* NULL: takes none */
} ArgsGiven;

struct Args {
  const Command *command;
  ArgsGiven *given; /* in order */
  size_t given_count;
  char **operands;
  size_t operand_count;
};

/* Takes argv (argv[0]: the command's name) apart.  False after it has said on
 * standard error what is wrong.  args_free in any case. */
bool args_parse(Args *args, const Command *command, int argc, char **argv);
void args_free(Args *args);

/* The last value given for an option, or `otherwise`. */
const char *args_value(const Args *args, const char *name, const char *otherwise);
bool args_has(const Args *args, const char *name);
/* The values of an option that may be given several times: calls until NULL;
 * *position starts at 0. */
const char *args_next(const Args *args, const char *name, size_t *position);

#endif
