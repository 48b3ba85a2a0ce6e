/*
 * cmd_graph.c - mot graph: rules as a picture.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/graph/build.h"
#include "cli/graph/render.h"
#include "cli/rules.h"
#include "cli/say.h"
#include "cli/sources.h"
#include "mot/tools.h"

typedef struct GraphJob {
  const Args *args;
  const char *kind, *format, *output;
  uint32_t experience;   /* MOT_NOT_FOUND: all */
  ModuleBytes module;
  mot_rules *rules;
} GraphJob;

static int load_rules(GraphJob *job)
{
  const char *path = job->args->operands[0];
  int code = module_open(job->args, path, &job->module);
  if (code != EXIT_FINE) return code;
  mot_error error = {.text = ""};
  mot_status status = mot_rules_load(job->module.bytes, job->module.size, NULL, &job->rules, &error);
  if (status == MOT_OK) return EXIT_FINE;
  say("%s: %s", file_shown(path), error.text);
  return status == MOT_INVALID ? EXIT_SHORT : EXIT_TROUBLE;
}

static bool find_experience(GraphJob *job)
{
  const char *name = args_value(job->args, "experience", NULL), *known;
  job->experience = name ? mot_rules_experience(job->rules, name) : MOT_NOT_FOUND;
  if (!name || job->experience != MOT_NOT_FOUND) return true;
  say("graph: the rules have no experience %s", name);
  for (uint32_t i = 0; (known = mot_rules_experience_name(job->rules, i)) != NULL; i++)
    say_more("%s %s", i == 0 ? "they have" : "         ", known);
  return false;
}

static void build(const GraphJob *job, Picture *picture)
{
  if (strcmp(job->kind, "nsat") == 0)
    build_goals(picture, job->rules, job->experience);
  else if (strcmp(job->kind, "owners") == 0)
    build_owners(picture, job->rules, job->experience);
  else
    build_experiences(picture, job->rules, job->experience);
}

static bool render(const GraphJob *job, const Picture *picture, FILE *out)
{
  if (strcmp(job->format, "dot") == 0)
    render_dot(picture, out);
  else if (strcmp(job->format, "mermaid") == 0)
    render_mermaid(picture, out);
  else
    return render_svg(picture, out);
  return true;
}

static bool write_out(const GraphJob *job, const char *bytes, size_t size)
{
  if (strcmp(job->output, "-") != 0) return file_replace(job->output, bytes, size);
  fwrite(bytes, 1, size, stdout);
  return finish_output();
}

/* All of it is made before any of it is written. */
static int draw(const GraphJob *job, const Picture *picture)
{
  char *bytes = NULL;
  size_t size = 0;
  FILE *out = open_memstream(&bytes, &size);
  bool done = out && render(job, picture, out), whole = out && !ferror(out);
  whole = out && fclose(out) == 0 && whole;
  if (!whole)
    say_no_memory();
  else if (done)
    done = write_out(job, bytes, size);
  free(bytes);
  return done && whole ? EXIT_FINE : EXIT_TROUBLE;
}

static int say_empty(const GraphJob *job)
{
  bool goals = strcmp(job->kind, "nsat") == 0, owners = strcmp(job->kind, "owners") == 0;
  say("graph: the rules have no %s%s", goals ? "goals" : owners ? "owners" : "experience",
      args_has(job->args, "experience") ? " of this experience" : "");
  if (goals) say_more("an `nsat` breaks an outcome down into goals; --kind experience shows the moments");
  return EXIT_TROUBLE;
}

int run_graph(const Args *args)
{
  GraphJob job = {
    .args = args,
    .kind = args_value(args, "kind", "experience"),
    .format = args_value(args, "format", "svg"),
    .output = args_value(args, "output", "-"),
  };
  Picture picture = {.title = ""};
  if (same_file(args->operands[0], job.output)) {
    say("%s: the rules come from this file, the picture cannot be written to it", job.output);
    return EXIT_TROUBLE;
  }
  int code = load_rules(&job);
  if (code == EXIT_FINE && !find_experience(&job)) code = EXIT_TROUBLE;
  if (code == EXIT_FINE) {
    build(&job, &picture);
    if (picture.failed)
      code = say_no_memory() ? EXIT_FINE : EXIT_TROUBLE;
    else
      code = picture.panel_count == 0 ? say_empty(&job) : draw(&job, &picture);
  }
  picture_free(&picture);
  mot_rules_free(job.rules);
  module_close(&job.module);
  return code;
}
