/*
 * cmd_cost.c - mot cost: bytes and instruction bounds, as text and JSON.
 */
#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/rules.h"
#include "cli/say.h"

enum { LABEL = 40 };

static void put_row(const char *what, uint64_t count, const char *unit)
{
  printf("  %-*s %8" PRIu64 " %s\n", LABEL, what, count, unit);
}

static void put_moment(const mot_mot_cost *m)
{
  char label[256];
  snprintf(label, sizeof label, "an open moment of %s", m->name);
  put_row(label, m->moment_bytes, m->single ? "bytes, one at most" : "bytes");
}

static void put_correction(const mot_correction_cost *c)
{
  char label[256];
  snprintf(label, sizeof label, "an open \"%.100s\"", c->text);
  put_row(label, c->bytes, "bytes");
}

static void measure_text(const mot_measure_cost *m)
{
  printf("%s\n", m->name);
  put_row("groups", m->groups, m->groups > 1 ? "at most" : "");
  put_row("panes of a group", m->panes, m->panes > 1 ? "at most" : "");
  put_row("a pane with a value", m->pane_bytes, "bytes");
  if (m->pane_bytes_most > m->pane_bytes) put_row("a pane with many", m->pane_bytes_most, "bytes at most");
  if (m->bucket_bytes > 0) put_row("and for each bucket of a percentile", m->bucket_bytes, "bytes at most");
}

static void cost_text(const mot_cost *cost)
{
  mot_experience_cost e;
  for (size_t i = 0; mot_cost_experience(cost, i, &e); i++) {
    printf("%s%s\n", i > 0 ? "\n" : "", e.name);
    put_row("a live journey", e.journey_bytes, "bytes");
    mot_mot_cost m;
    for (size_t k = 0; mot_cost_mot(cost, i, k, &m); k++) put_moment(&m);
    mot_correction_cost c;
    for (size_t k = 0; mot_cost_correction(cost, i, k, &c); k++) put_correction(&c);
    put_row("kinds of events and outcomes heard", e.handlers, "");
    put_row("an event, for a journey", e.instructions, "instructions at most");
    put_row("and for each open moment", e.instructions_per_moment, "instructions at most");
  }
  mot_measure_cost m;
  for (size_t i = 0; mot_cost_measure(cost, i, &m); i++) {
    if (i > 0 || mot_cost_experiences(cost) > 0) putchar('\n');
    measure_text(&m);
  }
}

static json_t *mots_json(const mot_cost *cost, size_t experience)
{
  json_t *mots = json_array();
  mot_mot_cost m;
  for (size_t k = 0; mot_cost_mot(cost, experience, k, &m); k++)
    json_array_append_new(mots, json_pack("{s:s, s:I, s:b}", "name", m.name, "moment_bytes",
                                          (json_int_t)m.moment_bytes, "single", m.single));
  return mots;
}

static json_t *corrections_json(const mot_cost *cost, size_t experience)
{
  json_t *corrections = json_array();
  mot_correction_cost c;
  for (size_t k = 0; mot_cost_correction(cost, experience, k, &c); k++)
    json_array_append_new(corrections, json_pack("{s:s, s:I}", "text", c.text, "bytes", (json_int_t)c.bytes));
  return corrections;
}

static json_t *measures_json(const mot_cost *cost)
{
  json_t *measures = json_array();
  mot_measure_cost m;
  for (size_t i = 0; mot_cost_measure(cost, i, &m); i++)
    json_array_append_new(
      measures, json_pack("{s:s, s:I, s:I, s:I, s:I, s:I}", "name", m.name, "groups", (json_int_t)m.groups,
                          "panes", (json_int_t)m.panes, "pane_bytes", (json_int_t)m.pane_bytes,
                          "pane_bytes_most", (json_int_t)m.pane_bytes_most, "bucket_bytes",
                          (json_int_t)m.bucket_bytes));
  return measures;
}

static bool cost_json(const mot_cost *cost)
{
  json_t *experiences = json_array();
  mot_experience_cost e;
  for (size_t i = 0; mot_cost_experience(cost, i, &e); i++)
    json_array_append_new(
      experiences, json_pack("{s:s, s:I, s:I, s:I, s:I, s:o, s:o}", "name", e.name, "journey_bytes",
                             (json_int_t)e.journey_bytes, "handlers", (json_int_t)e.handlers, "instructions",
                             (json_int_t)e.instructions, "instructions_per_moment",
                             (json_int_t)e.instructions_per_moment, "mots", mots_json(cost, i), "corrections",
                             corrections_json(cost, i)));
  json_t *root = json_pack("{s:o, s:o}", "experiences", experiences, "measures", measures_json(cost));
  bool ok = root && json_dumpf(root, stdout, JSON_INDENT(2)) == 0 && putchar('\n') != EOF;
  json_decref(root);
  return ok;
}

int run_cost(const Args *args)
{
  ModuleBytes module;
  int code = module_open(args, args->operands[0], &module);
  if (code == EXIT_FINE) {
    mot_cost *cost = NULL;
    mot_error error = {.text = ""};
    mot_status status = mot_cost_of(module.bytes, module.size, NULL, &cost, &error);
    if (status != MOT_OK)
      say("%s: %s", args->operands[0], error.text);
    else if (strcmp(args_value(args, "format", "text"), "json") == 0)
      code = cost_json(cost) ? EXIT_FINE : EXIT_TROUBLE;
    else
      cost_text(cost);
    if (status != MOT_OK) code = status == MOT_INVALID ? EXIT_SHORT : EXIT_TROUBLE;
    mot_cost_free(cost);
  }
  module_close(&module);
  return code;
}
