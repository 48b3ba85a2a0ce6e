/*
 * embed.c - rules inside a program: compile them, hand in events, print what becomes of them.
 *     cc embed.c $(pkg-config --cflags --libs mot) -o embed && ./embed
 */
#include <mot/mot.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char rules_text[] =
  "stream { type from \"type\" time from \"time\" }\n"
  "event Asked { customer: id }  event Answered { customer: id  helpful: bool }\n"
  "owner ana \"Ana\" { role experience_manager }  owner ben \"Ben\" { role mot_manager }\n"
  "team desk \"Desk\" { lead ben role producer }\n"
  "experience Help \"Getting help\" {\n"
  "  for customer  manager ana  starts on Asked  ends on Answered  expires after 7 d\n"
  "  sco \"I get an answer\" Answered within 1 d\n"
  "  mot Soon \"You answer soon\" {\n"
  "    manager ben  producers desk  target 90% over 1 d\n"
  "    when Asked  smoto Answered where helpful within 2 h\n"
  "  }\n"
  "}\n";

static const char lines[] = "{\"type\":\"Asked\",\"time\":\"2026-03-02T09:00:00Z\",\"customer\":\"ann\"}\n";

static void check(mot_status status, const char *why)
{
  if (status == MOT_OK) return;
  fprintf(stderr, "embed: %s\n", why);
  exit(1);
}

int main(void)
{
  mot_compilation *compilation = NULL;
  mot_rules *rules = NULL;
  mot_run *run = NULL;
  mot_record record;
  mot_error error;
  size_t size;
  size = strlen(rules_text);
  check(mot_compile_text("help.mot", rules_text, size, NULL, &compilation, &error), "wrong rules");
  const void *module = mot_module(compilation, &size);
  check(mot_rules_load(module, size, NULL, &rules, &error), error.text);
  check(mot_run_open(rules, NULL, &run, &error), error.text);
  check(mot_run_source(run, "lines", MOT_NDJSON), mot_run_error(run));   /* events as bytes … */
  check(mot_run_feed(run, lines, strlen(lines)), mot_run_error(run));
  uint32_t answered = mot_rules_event(rules, "Answered");                /* … and typed ones */
  check(mot_event_begin(run, answered, INT64_C(1772445600000000)), mot_run_error(run)); /* 10:00 */
  mot_event_text(run, mot_rules_field(rules, answered, "customer"), "ann", 3);
  mot_event_int(run, mot_rules_field(rules, answered, "helpful"), true);
  check(mot_event_submit(run), mot_run_error(run));
  check(mot_run_end(run, MOT_NO_TIME), mot_run_error(run));
  while (mot_run_next(run, &record)) fputs(mot_record_json(run, &record, &size), stdout);
  mot_run_free(run);
  mot_rules_free(rules);
  mot_compilation_free(compilation);
  return 0;
}
