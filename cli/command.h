/*
 * command.h - the table of subcommands and their options: the one place from
 * which parsing, --help, completion and the man page follow.
 */
#ifndef MOT_CLI_COMMAND_H
#define MOT_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

/* Exit codes: what was checked is fine; it falls short; wrong use or environment. */
enum { EXIT_FINE = 0, EXIT_SHORT = 1, EXIT_TROUBLE = 2 };

typedef struct Option {
  const char *name;     /* "format": --format */
  char letter;          /* 0: none */
  const char *argument; /* "DIR"; NULL: takes none */
  const char *values;   /* "text|json": the only ones allowed; NULL: any */
  const char *help;
} Option;

typedef struct Args Args;

typedef struct Command {
  const char *name;
  const char *operands; /* "RULES…" */
  const char *summary;  /* one line */
  const char *description;
  const char *files;    /* what its operands are, for completion: "rules", "module",
                         * "events", "code", "shell", "none" */
  const Option *options; /* ends with a NULL name */
  int least, most;      /* operands; most -1: any number */
  int (*run)(const Args *args);
} Command;

extern const Command commands[];    /* ends with a NULL name */
extern const Option common_options[]; /* every command has them */

const Command *command_named(const char *name);

#endif
