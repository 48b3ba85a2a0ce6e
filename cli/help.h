/*
 * help.h - --help, made from the tables.
 */
#ifndef MOT_CLI_HELP_H
#define MOT_CLI_HELP_H

#include "cli/command.h"

void help_overview(void);
void help_command(const Command *command);
/* Text broken at blanks to `width` columns, each line begun by `indent` blanks. */
void print_wrapped(const char *text, int indent, int width);

#endif
