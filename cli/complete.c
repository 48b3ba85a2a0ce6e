/*
 * complete.c - shell completion and the manual page, made from the tables.
 */
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/say.h"
#include "mot/mot.h"

/* What a shell offers for the operands of a command: a word list, a pattern of files, or nothing. */
static const char *operand_words(const Command *c)
{
  return strcmp(c->files, "shell") == 0 ? "bash zsh fish" : "";
}

static const char *operand_files(const Command *c)
{
  if (strcmp(c->files, "rules") == 0) return "*.mot";
  if (strcmp(c->files, "module") == 0) return "*.@(mot|motc)";
  if (strcmp(c->files, "events") == 0) return "*";
  return NULL;
}

static void put_codes(void)
{
  mot_explanation e;
  for (size_t i = 0; mot_explanation_at(i, &e); i++) printf("%s%s", i > 0 ? " " : "", e.code);
}

static void put_words(const char *values) /* "a|b" as "a b" */
{
  for (const char *p = values; *p; p++) putchar(*p == '|' ? ' ' : *p);
}

/* Single-quoted text inside which a quote is closed, escaped, opened again. */
static void put_quoted(const char *text)
{
  for (const char *p = text; *p; p++) {
    if (*p == '\'')
      fputs("'\\''", stdout);
    else
      putchar(*p);
  }
}

static void bash_values(const Option *options)
{
  for (const Option *o = options; o->name; o++)
    if (o->values) {
      printf("    --%s) COMPREPLY=($(compgen -W '", o->name);
      put_words(o->values);
      printf("' -- \"$cur\")); return ;;\n");
    } else if (o->argument) {
      printf("    --%s) compopt -o default; return ;;\n", o->name);
    }
}

static void bash_options(const Option *options)
{
  for (const Option *o = options; o->name; o++) printf(" --%s", o->name);
}

static void bash_command(const Command *c)
{
  printf("  %s)\n    case $prev in\n", c->name);
  bash_values(c->options);
  bash_values(common_options);
  printf("    esac\n    if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W '");
  bash_options(c->options);
  bash_options(common_options);
  printf("' -- \"$cur\")); return; fi\n");
  const char *files = operand_files(c);
  if (files) printf("    compopt -o filenames; COMPREPLY=($(compgen -d -- \"$cur\") $(shopt -s extglob; compgen -f -X '!%s' -- \"$cur\"))\n", files);
  else {
    printf("    COMPREPLY=($(compgen -W '");
    if (strcmp(c->files, "code") == 0) put_codes();
    printf("%s' -- \"$cur\"))\n", operand_words(c));
  }
  printf("    ;;\n");
}

static void put_bash(void)
{
  printf("# bash completion for mot, made by `mot completion bash`\n_mot() {\n"
         "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n  COMPREPLY=()\n"
         "  if ((COMP_CWORD == 1)); then COMPREPLY=($(compgen -W '--help --version");
  for (const Command *c = commands; c->name; c++) printf(" %s", c->name);
  printf("' -- \"$cur\")); return; fi\n  case ${COMP_WORDS[1]} in\n");
  for (const Command *c = commands; c->name; c++) bash_command(c);
  printf("  esac\n}\ncomplete -F _mot mot\n");
}

static void zsh_options(const Option *options)
{
  for (const Option *o = options; o->name; o++) {
    printf("      '%s--%s[", o->argument ? "*" : "", o->name);
    for (const char *p = o->help; *p; p++) {
      if (*p == ']' || *p == '[' || *p == ':') putchar('\\');
      if (*p == '\'')
        fputs("'\\''", stdout);
      else
        putchar(*p);
    }
    putchar(']');
    if (o->values) {
      printf(":%s:(", o->argument);
      put_words(o->values);
      putchar(')');
    } else if (o->argument) {
      printf(":%s:%s", o->argument, strcmp(o->argument, "DIR") == 0 ? "_files -/" : "_files");
    }
    printf("' \\\n");
  }
}

static void zsh_command(const Command *c)
{
  printf("  %s)\n    _arguments -S \\\n", c->name);
  zsh_options(c->options);
  zsh_options(common_options);
  const char *files = operand_files(c);
  if (files)
    printf("      '*:file:_files -g \"%s\"'\n", strcmp(files, "*.@(mot|motc)") == 0 ? "*.(mot|motc)" : files);
  else {
    printf("      '*:word:(");
    if (strcmp(c->files, "code") == 0) put_codes();
    printf("%s)'\n", operand_words(c));
  }
  printf("    ;;\n");
}

static void put_zsh(void)
{
  printf("#compdef mot\n# zsh completion for mot, made by `mot completion zsh`\n_mot() {\n  local -a commands=(\n");
  for (const Command *c = commands; c->name; c++) {
    printf("    '%s:", c->name);
    put_quoted(c->summary);
    printf("'\n");
  }
  printf("  )\n  if ((CURRENT == 2)); then _describe command commands; return; fi\n"
         "  local command=$words[2]\n  shift words; ((CURRENT--))\n  case $command in\n");
  for (const Command *c = commands; c->name; c++) zsh_command(c);
  printf("  esac\n}\n"
         "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _mot \"$@\"; else compdef _mot mot; fi\n");
}

static void fish_options(const Command *c, const Option *options)
{
  for (const Option *o = options; o->name; o++) {
    printf("complete -c mot -n '__fish_seen_subcommand_from %s' -l %s", c->name, o->name);
    if (o->letter) printf(" -s %c", o->letter);
    if (o->argument) printf(o->values ? " -x -a '" : " -r");
    if (o->values) {
      put_words(o->values);
      putchar('\'');
    }
    printf(" -d '");
    for (const char *p = o->help; *p; p++) {
      if (*p == '\'' || *p == '\\') putchar('\\');
      putchar(*p);
    }
    printf("'\n");
  }
}

static void fish_operands(const Command *c)
{
  if (operand_files(c)) {
    printf("complete -c mot -n '__fish_seen_subcommand_from %s' -F\n", c->name);
    return;
  }
  printf("complete -c mot -n '__fish_seen_subcommand_from %s' -f -a '", c->name);
  if (strcmp(c->files, "code") == 0) put_codes();
  printf("%s'\n", operand_words(c));
}

static void put_fish(void)
{
  printf("# fish completion for mot, made by `mot completion fish`\ncomplete -c mot -f\n");
  for (const Command *c = commands; c->name; c++)
    printf("complete -c mot -n __fish_use_subcommand -a %s -d '%s'\n", c->name, c->summary);
  for (const Command *c = commands; c->name; c++) {
    fish_operands(c);
    fish_options(c, c->options);
    fish_options(c, common_options);
  }
}

int run_completion(const Args *args)
{
  static const struct {
    const char *name;
    void (*put)(void);
  } shells[] = {{"bash", put_bash}, {"zsh", put_zsh}, {"fish", put_fish}};
  for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
    if (strcmp(args->operands[0], shells[i].name) == 0) return shells[i].put(), EXIT_FINE;
  say("completion: bash, zsh or fish, not \"%s\"", args->operands[0]);
  return EXIT_TROUBLE;
}

/* Text of the tables in roff: hyphens and backslashes are its own. */
static void put_roff(const char *text)
{
  for (const char *p = text; *p; p++) {
    if (*p == '-' || *p == '\\')
      printf("\\%c", *p == '\\' ? 'e' : '-');
    else if (*p == '`')
      fputs("\\(ga", stdout);
    else
      putchar(*p);
  }
}

static void man_options(const Option *options)
{
  for (const Option *o = options; o->name; o++) {
    printf(".TP\n");
    if (o->letter) printf("\\fB\\-%c\\fR, ", o->letter);
    printf("\\fB\\-\\-");
    put_roff(o->name);
    printf("\\fR");
    if (o->argument) printf(" \\fI%s\\fR", o->argument);
    putchar('\n');
    put_roff(o->help);
    if (o->values) printf("; one of %s", o->values);
    putchar('\n');
  }
}

static void man_command(const Command *c)
{
  printf(".SS mot %s\n.B mot %s\n[\\fIoptions\\fR] \\fI%s\\fR\n.PP\n", c->name, c->name, c->operands);
  put_roff(c->description);
  putchar('\n');
  man_options(c->options);
}

int run_man(const Args *args)
{
  (void)args;
  printf(".\\\" made by `mot man`\n.TH MOT 1 \"\" \"mot %s\" \"User Commands\"\n", mot_version());
  printf(".SH NAME\nmot \\- Moments of Truth as code\n.SH SYNOPSIS\n.B mot\n\\fICOMMAND\\fR [\\fIoptions\\fR] \\fI…\\fR\n");
  printf(".SH DESCRIPTION\nChecks, formats and compiles rule files that say which moments of a customer's\n"
         "experience count, when each of them is produced, and who answers for it; runs them on events.\n"
         "A file named \\- is standard input. Results go to standard output, messages to standard error.\n");
  printf(".SH COMMANDS\n");
  for (const Command *c = commands; c->name; c++) man_command(c);
  printf(".SH COMMON OPTIONS\n");
  man_options(common_options);
  printf(".SH EXIT STATUS\n.TP\n0\nfine\n.TP\n1\nwhat was checked falls short: errors in a rule file, a file that is not\n"
         "in the canonical layout\n.TP\n2\nwrong use, or trouble with a file or with memory\n.TP\n130\ninterrupted\n");
  printf(".SH ENVIRONMENT\n.TP\nNO_COLOR\nno colours, whatever the terminal\n");
  return EXIT_FINE;
}
