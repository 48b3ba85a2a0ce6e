/*
 * commands.h - what each subcommand runs.  Each returns an exit code.
 */
#ifndef MOT_CLI_COMMANDS_H
#define MOT_CLI_COMMANDS_H

#include "cli/args.h"

int run_run(const Args *args);
int run_report(const Args *args);
int run_story(const Args *args);
int run_check(const Args *args);
int run_test(const Args *args);
int run_diff(const Args *args);
int run_fmt(const Args *args);
int run_compile(const Args *args);
int run_disasm(const Args *args);
int run_explain(const Args *args);
int run_cost(const Args *args);
int run_graph(const Args *args);
int run_completion(const Args *args);
int run_man(const Args *args);

#endif
