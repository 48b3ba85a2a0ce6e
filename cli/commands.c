/*
 * commands.c - every subcommand with its options, in the order of --help.
 */
#include "cli/commands.h"

#include <string.h>

#define LIB_OPTION {"lib", 'L', "DIR", NULL, "look here too for what `use` names (may be repeated)"}
#define END_OPTION {NULL, 0, NULL, NULL, NULL}

const Option common_options[] = {
  {"color", 0, "WHEN", "auto|always|never", "colours: on a terminal (auto), always or never"},
  {"help", 'h', NULL, NULL, "what this command does and takes"},
  END_OPTION,
};

static const Option check_options[] = {
  {"format", 'f', "FORMAT", "text|json|sarif|github|junit", "how findings are written (text)"},
  {"deny", 'D', "CODES", NULL, "take these warnings for errors: W0301,W04… or `warnings` for all (may be repeated)"},
  {"allow", 'A', "CODES", NULL, "say nothing of these warnings (may be repeated)"},
  LIB_OPTION,
  {"quiet", 'q', NULL, NULL, "no line for files without findings"},
  END_OPTION,
};

static const Option fmt_options[] = {
  {"check", 'c', NULL, NULL, "change nothing; name the files that would change, exit with 1 if any"},
  {"diff", 'd', NULL, NULL, "change nothing; show what would change"},
  END_OPTION,
};

static const Option compile_options[] = {
  {"output", 'o', "FILE", NULL, "where the module goes (RULES with .motc; - for standard output)"},
  LIB_OPTION,
  END_OPTION,
};

static const Option disasm_options[] = {LIB_OPTION, END_OPTION};

static const Option explain_options[] = {
  {"list", 'l', NULL, NULL, "all codes, a line each"},
  {"format", 'f', "FORMAT", "text|json|markdown", "how it is written (text)"},
  END_OPTION,
};

static const Option cost_options[] = {
  {"format", 'f', "FORMAT", "text|json", "how it is written (text)"},
  LIB_OPTION,
  END_OPTION,
};

static const Option no_options[] = {END_OPTION};

const Command commands[] = {
  {"check", "RULES…", "check rule files and the framework they make",
   "Compiles each rule file with what it uses and reports every error in it, then checks the framework: "
   "owners, Successful Customer Outcomes, targets, contradictions. Exits with 1 if there are errors.",
   "rules", check_options, 1, -1, run_check},
  {"fmt", "RULES…", "put rule files into the canonical layout",
   "Rewrites each file in the one canonical layout; comments stay. With - it reads standard input and writes "
   "standard output.",
   "rules", fmt_options, 1, -1, run_fmt},
  {"compile", "RULES", "compile a rule file to a module",
   "Writes the module (bytecode) of a rule file and of what it uses. The same rules give the same bytes.",
   "rules", compile_options, 1, 1, run_compile},
  {"disasm", "MODULE", "list a module, or what a rule file compiles to",
   "Verifies a module and lists its tables and code, with the rule text beside the code. A rule file is "
   "compiled first.",
   "module", disasm_options, 1, 1, run_disasm},
  {"explain", "[CODE…]", "explain an error or warning code",
   "Shows what a code means, what causes it, and a wrong and a right example.", "code", explain_options, 0, -1,
   run_explain},
  {"cost", "RULES", "say what rules cost to run",
   "Per experience: bytes for each live journey, bytes for each open moment of each MOT, and upper bounds of the "
   "instructions an event can take. Takes a rule file or a module.",
   "rules", cost_options, 1, 1, run_cost},
  {"completion", "SHELL", "print the completion script for bash, zsh or fish",
   "Prints a script for the shell named: bash, zsh or fish. For bash: source <(mot completion bash)", "shell",
   no_options, 1, 1, run_completion},
  {"man", "", "print the manual page", "Prints the manual page in roff: mot man | man -l -", "none", no_options, 0, 0,
   run_man},
  {NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, NULL},
};

const Command *command_named(const char *name)
{
  for (const Command *c = commands; c->name; c++)
    if (strcmp(c->name, name) == 0) return c;
  return NULL;
}
