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

static const Option run_options[] = {
  {"output", 'o', "FILE", NULL, "where records go (standard output)"},
  {"records", 'r', "KINDS", NULL,
   "kinds of records, with commas between: moment, sco, journey, target, alert, correction, goal, measure (windows of "
   "metrics), sentiment, open (undecided at the end), or none (all but measure, sentiment and open)"},
  {"summary", 's', "FORM", "text|json|none", "the summary on standard error (text)"},
  {"dead-letter", 'd', "FILE", NULL, "keep what was rejected or late, with place and reason"},
  {"sqlite", 0, "FILE", NULL,
   "put records, all kinds of them, into an SQLite database; -o - writes them as lines, too"},
  {"prometheus", 0, "FILE", NULL,
   "write figures for Prometheus (its textfile collector), at the end and every few seconds while events come live"},
  {"strict", 0, NULL, NULL, "exit with 1 if any event was rejected or late"},
  {"input", 'i', "FORMAT", "auto|ndjson|csv", "what the events are; auto tells by their first byte"},
  {"max-line", 0, "SIZE", NULL, "reject longer lines (16M)"},
  {"lateness", 0, "LENGTH", NULL, "how far events may be out of order, such as \"60 s\" (as the rules say)"},
  {"until", 'u', "TIME", NULL, "let the clock run on to TIME after the last event"},
  {"key", 'k', "VALUE", NULL, "only journeys with this value of the first key"},
  {"threads", 'j', "NUMBER", NULL, "how many processors to use, 0 for all (1)"},
  {"save-state", 0, "FILE", NULL, "keep what is undecided for a later run; the end of input is not the end then"},
  {"load-state", 0, "FILE", NULL, "go on from a state that was saved"},
  LIB_OPTION,
  END_OPTION,
};

static const Option report_options[] = {
  {"period", 'p', "PERIOD", NULL,
   "2016, 2016-Q1, 2016-03, 2016-W09, 2016-03-05, 2016-01..2016-03, all, or a review of the rules: its last whole "
   "period (the first review that the rules declare, else all)"},
  {"experience", 'e', "NAME", NULL, "this experience alone (all)"},
  {"format", 'f', "FORMAT", "terminal|markdown|html|json", "how it is laid out (terminal)"},
  {"short", 's', NULL, NULL, "only what is read first: outcome, moments, where to act, who needs help, a customer"},
  {"compare", 'c', "WITH", "previous|none", "what figures are set beside (the period before)"},
  {"output", 'o', "FILE", NULL, "where the report goes (standard output)"},
  {"input", 'i', "FORMAT", "auto|ndjson|csv", "what the events are; auto tells by their first byte"},
  {"max-line", 0, "SIZE", NULL, "reject longer lines (16M)"},
  {"lateness", 0, "LENGTH", NULL, "how far events may be out of order, such as \"60 s\" (as the rules say)"},
  {"threads", 'j', "NUMBER", NULL, "how many processors to use, 0 for all (1)"},
  LIB_OPTION,
  END_OPTION,
};

static const Option story_options[] = {
  {"key", 'k', "VALUE", NULL, "whose story: a value of the first name of `for`"},
  {"experience", 'e', "NAME", NULL, "this experience alone (all)"},
  {"journey", 0, "WHICH", NULL, "one journey alone: its number in the story, or the value of one of its further names (all)"},
  {"format", 'f', "FORMAT", "text|markdown|html|json", "how it is laid out (text)"},
  {"output", 'o', "FILE", NULL, "where the story goes (standard output)"},
  {"from", 0, "TIME", NULL, "tell it from TIME on (from the first event)"},
  {"until", 'u', "TIME", NULL, "tell it as it stood at TIME: later events are left out, the clock goes on till then"},
  {"input", 'i', "FORMAT", "auto|ndjson|csv", "what the events are; auto tells by their first byte"},
  {"max-line", 0, "SIZE", NULL, "reject longer lines (16M)"},
  {"lateness", 0, "LENGTH", NULL, "how far events may be out of order, such as \"60 s\" (as the rules say)"},
  LIB_OPTION,
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

static const Option test_options[] = {
  {"run", 'r', "REGEX", NULL, "only tests whose name matches (a POSIX extended regular expression)"},
  {"format", 'f', "FORMAT", "text|json|junit|tap|github", "how results are written (text)"},
  {"fail-fast", 'x', NULL, NULL, "stop at the first test that fails"},
  {"coverage", 'c', NULL, NULL, "say what of the rules the tests have tried, and what they have not"},
  {"coverage-min", 0, "SHARE", NULL, "exit with 1 if the tests cover less than SHARE, such as 90%"},
  {"coverage-format", 0, "FORMAT", "text|json|lcov|cobertura|html", "how coverage is written (by the ending of FILE, else text)"},
  {"coverage-out", 0, "FILE", NULL, "where coverage goes: x.html, x.json, x.info (lcov), x.xml (Cobertura), x.txt (may be repeated)"},
  {"mutate", 'm', NULL, NULL, "change the rules in one place at a time, and say which changes no test notices"},
  {"mutate-min", 0, "SHARE", NULL, "the same; exit with 1 when tests notice less than that, such as 80%"},
  {"mutate-kinds", 0, "KINDS", NULL,
   "the same with these kinds of changes, with commas between: bound, count, comparison, logic, value, clause, target (all)"},
  {"threads", 'j', "NUMBER", NULL, "with --mutate: how many processors to use, 0 for all (0)"},
  LIB_OPTION,
  END_OPTION,
};

static const Option diff_options[] = {
  {"format", 'f', "FORMAT", "text|json|markdown", "how it is written (text); markdown is for a comment on a change"},
  {"exit-code", 'e', NULL, NULL, "exit with 1 if anything but words changed, or anything ends differently"},
  {"label", 0, "NAME", NULL, "call OLD so, given again NEW; for what comes through a pipe"},
  {"examples", 'n', "NUMBER", NULL, "of each Moment of Truth show so many moments that end differently (5)"},
  {"input", 'i', "FORMAT", "auto|ndjson|csv", "what the events are; auto tells by their first byte"},
  {"max-line", 0, "SIZE", NULL, "reject longer lines (16M)"},
  {"lateness", 0, "LENGTH", NULL, "how far events may be out of order, such as \"60 s\" (as the rules say)"},
  {"until", 'u', "TIME", NULL, "let the clock run on to TIME after the last event"},
  {"key", 'k', "VALUE", NULL, "only journeys with this value of the first key"},
  {"threads", 'j', "NUMBER", NULL, "how many processors each of the two may use, 0 for all (1)"},
  LIB_OPTION,
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

static const Option graph_options[] = {
  {"kind", 'k', "KIND", "experience|nsat|owners",
   "the map of each experience, the goals, or who answers for what (experience)"},
  {"format", 'f', "FORMAT", "svg|dot|mermaid", "how it is written; svg is laid out by Graphviz' library (svg)"},
  {"output", 'o', "FILE", NULL, "where the picture goes (standard output)"},
  {"experience", 'e', "NAME", NULL, "this experience alone (all)"},
  LIB_OPTION,
  END_OPTION,
};

static const Option no_options[] = {END_OPTION};

const Command commands[] = {
  {"run", "RULES [EVENTS…]", "evaluate events: outcome records out",
   "Evaluates events by rules (a .mot file, or a .motc module) and writes outcome records, a line of JSON each; then "
   "says in a summary how often each Moment of Truth was produced and missed. EVENTS are files or patterns of names "
   "('2026-*.ndjson.gz'), standard input when there are none: JSON, one object a line, or CSV with a header, plain or "
   "compressed by gzip or zstd. Exits with 1 if the rules have errors, 2 if something could not be read or written, "
   "130 if it was interrupted.",
   "events", run_options, 1, -1, run_run},
  {"report", "RULES [EVENTS…]", "review a period: what was produced, what matters, where to act",
   "Evaluates events by rules and makes the review of a period: production of the Successful Customer Outcome and of "
   "each Moment of Truth, targets and goals, what missed moments go with, corrections, a good and a bad customer "
   "story. EVENTS are as in `mot run`. Exits with 1 if the rules have errors, 2 if something could not be read or "
   "written or nothing happened in the period.",
   "events", report_options, 1, -1, run_report},
  {"story", "RULES [EVENTS…]", "tell one customer's story: what happened, what it brought about, and why",
   "Evaluates the events of one key and tells them as a line of time: each event with what it opened, produced or missed, "
   "deadlines, pauses, alerts and corrections, each with its reason, and what is still open at the end. EVENTS are as in "
   "`mot run`. Exits with 1 if the rules have errors, 2 if something could not be read or written or no event has the key.",
   "events", story_options, 1, -1, run_story},
  {"check", "RULES…", "check rule files and the framework they make",
   "Compiles each rule file with what it uses and reports every error in it, then checks the framework: "
   "owners, Successful Customer Outcomes, targets, contradictions. Exits with 1 if there are errors.",
   "rules", check_options, 1, -1, run_check},
  {"test", "RULES…", "run the tests that stand in rule files",
   "Runs each `test` of the rule files on the engine, with a clock of its own, and says which expectations do not hold and "
   "what happened instead. Exits with 1 if a test failed, rules have errors or less is covered than was asked for, 2 if something could not be read.",
   "rules", test_options, 1, -1, run_test},
  {"diff", "OLD NEW [EVENTS…]", "say what changed between two versions of rules",
   "Compares two rule files or modules clause by clause: what is only said otherwise, what is decided otherwise, and what "
   "that does to moments that are open. With EVENTS (as in `mot run`) it evaluates them by both and says which moments end "
   "differently. Exits with 0 whether they differ or not (see --exit-code), 1 if one of them has errors, 2 if something "
   "could not be read.",
   "events", diff_options, 2, -1, run_diff},
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
  {"graph", "RULES", "draw rules: the map of an experience, its goals, its people",
   "Draws what the rules say, as a picture to hang on a wall (SVG), for Markdown (Mermaid) or for Graphviz (DOT). Takes a "
   "rule file or a module. Exits with 1 if the rules have errors, 2 if there is nothing to draw or it cannot be drawn.",
   "rules", graph_options, 1, 1, run_graph},
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
