/*
 * render_sarif.c - findings as SARIF 2.1.0 (OASIS), which code hosts show beside
 * the changed lines.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/fingerprint.h"
#include "cli/markup.h"
#include "cli/report.h"

static json_t *text_json(const char *text)
{
  return json_pack("{s:o}", "text", markup_json(text));
}

static const char *level(mot_severity severity)
{
  return severity == MOT_ERROR ? "error" : "warning";
}

/* The name of a file below the folder that the command runs in, as seen from there: so code hosts know it. */
static const char *from_here(const char *file)
{
  char here[PATH_MAX];
  size_t length = file[0] == '/' && getcwd(here, sizeof here) ? strlen(here) : 0;
  if (length > 0 && strncmp(file, here, length) == 0 && file[length] == '/') file += length + 1;
  while (file[0] == '.' && file[1] == '/') file += 2;
  return file;
}

/* A file as a URI, relative when it can be: what is not unreserved or a slash is written in hex (RFC 3986).
 */
static json_t *uri_json(const char *name)
{
  static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  const char *file = from_here(name);
  char *uri = malloc(3 * strlen(file) + sizeof "file://");
  if (!uri) return NULL;
  size_t n = (size_t)sprintf(uri, "%s", file[0] == '/' ? "file://" : "");
  for (const char *p = file; *p; p++) {
    if (strchr(plain, *p))
      uri[n++] = *p;
    else
      n += (size_t)sprintf(uri + n, "%%%02X", (unsigned char)*p);
  }
  uri[n] = 0;
  json_t *string = json_string(uri);
  free(uri);
  return string;
}

static json_t *region_json(const mot_place *p)
{
  return json_pack("{s:i, s:i, s:i, s:i}", "startLine", (int)p->line, "startColumn", (int)p->column,
                   "endLine", (int)p->end_line, "endColumn", (int)p->end_column);
}

static json_t *location_json(const mot_place *p)
{
  return json_pack("{s:{s:{s:o}, s:o}}", "physicalLocation", "artifactLocation", "uri", uri_json(p->file),
                   "region", region_json(p));
}

static json_t *fixes_json(const mot_finding *f)
{
  json_t *replacement = json_pack("{s:o, s:o}", "deletedRegion", region_json(&f->fix_place),
                                  "insertedContent", text_json(f->fix));
  return json_pack("[{s:o, s:[{s:{s:o}, s:[o]}]}]", "description", text_json(f->help ? f->help : f->title),
                   "artifactChanges", "artifactLocation", "uri", uri_json(f->fix_place.file), "replacements",
                   replacement);
}

static json_t *related_json(const Shown *shown)
{
  json_t *related = json_array();
  mot_note note;
  for (size_t i = 0; mot_finding_note(shown->compilation, shown->index, i, &note); i++) {
    json_t *location = location_json(&note.place);
    json_object_set_new(location, "message", text_json(note.message));
    json_array_append_new(related, location);
  }
  return related;
}

/* The message with the help, in one text. */
static json_t *message_json(const mot_finding *f)
{
  if (!f->help) return text_json(f->message);
  size_t room = strlen(f->message) + strlen(f->help) + sizeof "\nHelp: ";
  char *text = malloc(room);
  if (!text) return NULL;
  snprintf(text, room, "%s\nHelp: %s", f->message, f->help);
  json_t *message = text_json(text);
  free(text);
  return message;
}

static int rule_index(const char *code)
{
  mot_explanation e;
  for (int i = 0; mot_explanation_at((size_t)i, &e); i++)
    if (strcmp(e.code, code) == 0) return i;
  return -1;
}

static json_t *result_json(const Shown *shown, Fingerprints *prints)
{
  const mot_finding *f = &shown->finding;
  char print[FINGERPRINT_ROOM];
  if (!fingerprint(prints, shown->compilation, &f->place, print)) return NULL;
  json_t *o = json_pack("{s:s, s:i, s:s, s:o, s:[o]}", "ruleId", f->code, "ruleIndex", rule_index(f->code),
                        "level", shown->error ? "error" : "warning", "message", message_json(f), "locations",
                        location_json(&f->place));
  if (print[0])
    json_object_set_new(o, "partialFingerprints", json_pack("{s:s}", "primaryLocationLineHash", print));
  if (f->notes > 0) json_object_set_new(o, "relatedLocations", related_json(shown));
  if (f->fix) json_object_set_new(o, "fixes", fixes_json(f));
  return o;
}

/* What code hosts show when somebody asks what a finding means. */
static json_t *help_json(const mot_explanation *e)
{
  json_t *text = json_sprintf("%s\n\nWrong:\n%s\n\nRight:\n%s", e->cause, e->wrong, e->right);
  json_t *markdown =
    json_sprintf("%s\n\nWrong:\n\n```\n%s\n```\n\nRight:\n\n```\n%s\n```\n", e->cause, e->wrong, e->right);
  return json_pack("{s:o, s:o}", "text", text, "markdown", markdown);
}

static json_t *rules_json(void)
{
  json_t *rules = json_array();
  mot_explanation e;
  for (size_t i = 0; mot_explanation_at(i, &e); i++)
    json_array_append_new(rules,
                          json_pack("{s:s, s:o, s:o, s:o, s:{s:s}, s:{s:s, s:s, s:[s]}}", "id", e.code,
                                    "shortDescription", text_json(e.title), "fullDescription",
                                    text_json(e.cause), "help", help_json(&e), "defaultConfiguration",
                                    "level", level(e.severity), "properties", "precision", "very-high",
                                    "problem.severity", level(e.severity), "tags", "moments-of-truth"));
  return rules;
}

/* Without silenced findings: code hosts open an alert for each result, suppressed or not. */
bool findings_sarif(const Report *report)
{
  json_t *results = json_array();
  Walk walk = {0};
  Shown shown;
  Fingerprints prints = {0};
  while (report_next(report, &walk, false, &shown))
    json_array_append_new(results, result_json(&shown, &prints));
  fingerprints_free(&prints);
  json_t *driver =
    json_pack("{s:s, s:s, s:o}", "name", "mot", "version", mot_version(), "rules", rules_json());
  json_t *root = json_pack("{s:s, s:s, s:[{s:{s:o}, s:s, s:o}]}", "$schema",
                           "https://json.schemastore.org/sarif-2.1.0.json", "version", "2.1.0", "runs",
                           "tool", "driver", driver, "columnKind", "unicodeCodePoints", "results", results);
  bool ok = root && json_dumpf(root, stdout, JSON_INDENT(2)) == 0 && putchar('\n') != EOF;
  json_decref(root);
  return ok;
}
