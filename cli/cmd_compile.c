/*
 * cmd_compile.c - mot compile and mot disasm: modules out, modules listed.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/rules.h"
#include "cli/say.h"
#include "cli/sources.h"

/* RULES.mot becomes RULES.motc, beside it; from malloc. */
static char *module_path(const char *rules)
{
  size_t n = strlen(rules);
  if (n > 4 && strcmp(rules + n - 4, ".mot") == 0) n -= 4;
  char *path = malloc(n + 6);
  if (path) sprintf(path, "%.*s.motc", (int)n, rules);
  return path;
}

static bool write_module(const char *path, mot_compilation *compilation)
{
  size_t size;
  const void *bytes = mot_module(compilation, &size);
  if (strcmp(path, "-") == 0) return fwrite(bytes, 1, size, stdout) == size || !ferror(stdout);
  return file_replace(path, bytes, size);
}

int run_compile(const Args *args)
{
  const char *rules = args->operands[0], *output = args_value(args, "output", NULL);
  mot_compilation *c = NULL;
  if (output && same_file(rules, output)) {
    say("%s: the rules come from this file, the module cannot be written to it", output);
    return EXIT_TROUBLE;
  }
  mot_status status = rules_compile(args, rules, false, &c);
  if (status != MOT_OK && status != MOT_REJECTED) return EXIT_TROUBLE;
  rules_complain(args, file_shown(rules), c);
  int code = EXIT_SHORT;
  if (status == MOT_OK) {
    char *beside = output ? NULL : strcmp(rules, "-") == 0 ? strdup("-") : module_path(rules);
    code = (output || beside) && write_module(output ? output : beside, c) ? EXIT_FINE : EXIT_TROUBLE;
    free(beside);
  }
  mot_compilation_free(c);
  return code;
}

int run_disasm(const Args *args)
{
  ModuleBytes module;
  int code = module_open(args, args->operands[0], &module);
  if (code == EXIT_FINE) {
    mot_listing *listing = NULL;
    mot_error error = {.text = ""};
    mot_status status = mot_disassemble(module.bytes, module.size, NULL, &listing, &error);
    size_t size = 0;
    const char *text = status == MOT_OK ? mot_listing_text(listing, &size) : "";
    fwrite(text, 1, size, stdout);
    if (status != MOT_OK) say("%s: %s", args->operands[0], error.text);
    code = status == MOT_OK ? EXIT_FINE : status == MOT_INVALID ? EXIT_SHORT : EXIT_TROUBLE;
    mot_listing_free(listing);
  }
  module_close(&module);
  return code;
}
