/*
 * cmd_diff.c - mot diff: two versions of rules; what changed in them, and, over events, what ends differently.
 */
#include <string.h>

#include "cli/commands.h"
#include "cli/diff/evaluate.h"
#include "cli/say.h"

/* ---- both rules ---- */

static int load_side(const Args *args, Diff *diff, int side)
{
  const char *path = args->operands[side];
  diff->path[side] = diff->label[side] ? diff->label[side] : file_shown(path);
  int code = module_open(args, path, &diff->module[side]);
  if (code != EXIT_FINE) return code;
  mot_error error = {.text = ""};
  const ModuleBytes *module = &diff->module[side];
  mot_status status = mot_rules_load(module->bytes, module->size, NULL, &diff->rules[side], &error);
  if (status == MOT_OK) return EXIT_FINE;
  say("%s: %s", diff->path[side], error.text);
  return status == MOT_INVALID ? EXIT_SHORT : EXIT_TROUBLE;
}

static int compare(Diff *diff)
{
  const ModuleBytes *was = &diff->module[DIFF_OLD], *is = &diff->module[DIFF_NEW];
  mot_error error = {.text = ""};
  mot_status status = mot_compare(was->bytes, was->size, is->bytes, is->size, NULL, &diff->comparison, &error);
  if (status != MOT_OK) {
    say("%s", error.text);
    return status == MOT_INVALID ? EXIT_SHORT : EXIT_TROUBLE;
  }
  char hashes[DIFF_SIDES][33];
  for (int side = 0; side < DIFF_SIDES; side++) mot_rules_hash(diff->rules[side], hashes[side]);
  diff->same_texts = strcmp(hashes[DIFF_OLD], hashes[DIFF_NEW]) == 0;
  mot_change change;
  for (size_t i = 0; mot_comparison_change(diff->comparison, i, &change); i++) diff->kinds[change.kind]++;
  return EXIT_FINE;
}

/* Names for both, in their order. */
static bool read_labels(const Args *args, Diff *diff)
{
  size_t position = 0, count = 0;
  const char *label;
  while ((label = args_next(args, "label", &position)) != NULL) {
    if (count == DIFF_SIDES) {
      say("diff: --label is for OLD and, given again, for NEW: two are enough");
      return false;
    }
    diff->label[count++] = label;
  }
  return true;
}

/* Both are told, when both have errors. */
static int load(const Args *args, Diff *diff)
{
  if (!read_labels(args, diff)) return EXIT_TROUBLE;
  int was = load_side(args, diff, DIFF_OLD), is = load_side(args, diff, DIFF_NEW);
  if (was != EXIT_FINE || is != EXIT_FINE) return was > is ? was : is;
  return compare(diff);
}

/* ---- the command ---- */

static bool once_from_input(const Args *args)
{
  int inputs = 0;
  for (size_t i = 0; i < args->operand_count; i++) inputs += strcmp(args->operands[i], "-") == 0;
  if (inputs > 1) say("diff: standard input (-) can be read once only");
  return inputs <= 1;
}

static bool show(const Args *args, const Diff *diff)
{
  const char *format = args_value(args, "format", "text");
  if (strcmp(format, "json") == 0) return diff_json(diff);
  if (strcmp(format, "markdown") == 0)
    diff_markdown(diff);
  else
    diff_text(diff, wants_color(args_value(args, "color", "auto"), stdout));
  return true;
}

static void diff_free(Diff *diff)
{
  diff_run_free(&diff->run);
  mot_comparison_free(diff->comparison);
  for (int side = 0; side < DIFF_SIDES; side++) {
    mot_rules_free(diff->rules[side]);
    module_close(&diff->module[side]);
  }
}

int run_diff(const Args *args)
{
  Diff diff = {.comparison = NULL};
  if (!once_from_input(args)) return EXIT_TROUBLE;
  int code = load(args, &diff);
  if (code == EXIT_FINE && args->operand_count > DIFF_SIDES) code = diff_evaluate(args, &diff);
  if (code == EXIT_FINE || code == EXIT_SHORT) {
    if (diff.comparison && !show(args, &diff)) code = EXIT_TROUBLE;
    if (code == EXIT_FINE && args_has(args, "exit-code") && diff_differs(&diff)) code = EXIT_SHORT;
  }
  diff_free(&diff);
  return code;
}
