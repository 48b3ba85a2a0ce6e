/*
 * rules.c - see rules.h.
 */
#include "cli/rules.h"

#include <stdlib.h>
#include <string.h>

#include "cli/report.h"
#include "cli/say.h"

const char **rules_library_dirs(const Args *args, size_t *ret_count)
{
  size_t position = 0, count = 0;
  const char **dirs = calloc(args->given_count + 1, sizeof *dirs), *dir;
  while (dirs && (dir = args_next(args, "lib", &position))) dirs[count++] = dir;
  *ret_count = count;
  return dirs;
}

static mot_status compile_file(const char *path, const mot_compile_options *options, mot_compilation **ret,
                               mot_error *error)
{
  if (strcmp(path, "-") != 0) return mot_compile_file(path, options, ret, error);
  FileText text;
  if (!file_read(path, RULES_MOST, &text)) return MOT_IO;
  mot_status status = mot_compile_text(file_shown(path), text.bytes, text.size, options, ret, error);
  free(text.bytes);
  return status;
}

mot_status rules_compile(const Args *args, const char *path, bool check_only, mot_compilation **ret_compilation)
{
  mot_compile_options options = {.check_only = check_only};
  const char **dirs = rules_library_dirs(args, &options.library_dir_count);
  options.library_dirs = dirs;
  mot_error error = {.text = ""};
  mot_status status = compile_file(path, &options, ret_compilation, &error);
  free(dirs);
  if (error.text[0]) say("%s", error.text);
  return status;
}

void rules_complain(const Args *args, const char *path, mot_compilation *compilation)
{
  ReportFile file = {path, compilation};
  Report report = {args, &file, 1};
  bool color = wants_color(args_value(args, "color", "auto"), stderr);
  Walk walk = {0};
  Shown shown;
  while (report_next(&report, &walk, false, &shown)) render_finding(&shown, color, stderr);
  size_t errors, warnings;
  report_count(&report, &errors, &warnings);
  if (errors > 0) say("%s: %zu error%s: nothing was made", file_shown(path), errors, errors == 1 ? "" : "s");
}

/* Modules tell themselves by their first bytes; everything else is rule text. */
static bool is_module(const FileText *file)
{
  return file->size >= 4 && memcmp(file->bytes, "motc", 4) == 0;
}

static bool names_module(const char *path)
{
  size_t n = strlen(path);
  return n > 5 && strcmp(path + n - 5, ".motc") == 0;
}

static int open_rules(const Args *args, const char *path, ModuleBytes *module)
{
  mot_status status = rules_compile(args, path, false, &module->compilation);
  if (status != MOT_OK && status != MOT_REJECTED) return EXIT_TROUBLE;
  if (status == MOT_REJECTED) {
    rules_complain(args, path, module->compilation);
    return EXIT_SHORT;
  }
  module->bytes = mot_module(module->compilation, &module->size);
  return EXIT_FINE;
}

int module_open(const Args *args, const char *path, ModuleBytes *ret_module)
{
  *ret_module = (ModuleBytes){0};
  if (strcmp(path, "-") == 0 || !names_module(path)) return open_rules(args, path, ret_module);
  if (!file_read(path, MODULE_MOST, &ret_module->file)) return EXIT_TROUBLE;
  if (!is_module(&ret_module->file)) {
    say("%s: this is no module: it does not begin with \"motc\"", path);
    say_more("`mot compile RULES -o %s` makes one", path);
    return EXIT_SHORT;
  }
  ret_module->bytes = ret_module->file.bytes;
  ret_module->size = ret_module->file.size;
  return EXIT_FINE;
}

void module_close(ModuleBytes *module)
{
  free(module->file.bytes);
  mot_compilation_free(module->compilation);
}

int rules_open(const Args *args, ModuleBytes *ret_module, mot_rules **ret_rules)
{
  const char *path = args->operands[0];
  int code = module_open(args, path, ret_module);
  if (code != EXIT_FINE) return code;
  mot_error error = {.text = ""};
  mot_status status = mot_rules_load(ret_module->bytes, ret_module->size, NULL, ret_rules, &error);
  if (status == MOT_OK) return EXIT_FINE;
  say("%s: %s", file_shown(path), error.text);
  return status == MOT_INVALID ? EXIT_SHORT : EXIT_TROUBLE;
}
