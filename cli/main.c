/*
 * main.c - finds the subcommand and runs it.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/help.h"
#include "cli/nearest.h"
#include "cli/say.h"
#include "mot/mot.h"

static int print_version(void)
{
  printf("mot %s\n", mot_version());
  printf("features: %s\n", *mot_features() ? mot_features() : "none");
  return finish_output() ? EXIT_FINE : EXIT_TROUBLE;
}

static int unknown_command(const char *name)
{
  const char *near = nearest_command(name);
  say("there is no command `%s`", name);
  if (near) say_more("did you mean `mot %s`?", near);
  say_more("`mot --help` lists the commands");
  return EXIT_TROUBLE;
}

static int run_command(const Command *command, int argc, char **argv)
{
  Args args;
  int code = EXIT_TROUBLE;
  if (args_parse(&args, command, argc, argv)) {
    if (args_has(&args, "help")) {
      help_command(command);
      code = EXIT_FINE;
    } else {
      code = command->run(&args);
    }
    if (!finish_output()) code = EXIT_TROUBLE;
  }
  args_free(&args);
  return code;
}

static int help_on(int argc, char **argv)
{
  const Command *command = argc > 2 ? command_named(argv[2]) : NULL;
  if (argc > 2 && !command) return unknown_command(argv[2]);
  if (command)
    help_command(command);
  else
    help_overview();
  return finish_output() ? EXIT_FINE : EXIT_TROUBLE;
}

/* Of the three standard streams those that are closed: no file that is opened later takes their place, and using
 * them fails. */
static void hold_closed_streams(void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl(fd, F_GETFD) == -1 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd) return;
}

int main(int argc, char **argv)
{
  hold_closed_streams();
  signal(SIGPIPE, SIG_IGN); /* a reader that leaves ends the output, not the program */
  const char *name = argc > 1 ? argv[1] : "";
  if (argc < 2) {
    say("which command? `mot --help` lists them");
    return EXIT_TROUBLE;
  }
  if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) return print_version();
  if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) return help_on(argc, argv);
  const Command *command = command_named(name);
  return command ? run_command(command, argc - 1, argv + 1) : unknown_command(name);
}
