/*
 * render_sarif.c - findings as SARIF 2.1.0 (OASIS), which code hosts show beside
 * the changed lines.
 */
#include <jansson.h>
#include <string.h>

#include "cli/report.h"

static json_t *text_json(const char *text)
{
  return json_pack("{s:s}", "text", text);
}

static const char *level(mot_severity severity)
{
  return severity == MOT_ERROR ? "error" : "warning";
}

/* A file as a relative URI reference: what is not unreserved or a slash is written in hex (RFC 3986). */
static json_t *uri_json(const char *file)
{
  static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  char uri[4096];
  size_t n = 0;
  for (const char *p = file; *p && n + 4 < sizeof uri; p++) {
    if (strchr(plain, *p))
      uri[n++] = *p;
    else
      n += (size_t)snprintf(uri + n, sizeof uri - n, "%%%02X", (unsigned char)*p);
  }
  uri[n] = 0;
  return json_string(uri);
}

static json_t *region_json(const mot_place *p)
{
  return json_pack("{s:i, s:i, s:i, s:i}", "startLine", (int)p->line, "startColumn", (int)p->column, "endLine",
                   (int)p->end_line, "endColumn", (int)p->end_column);
}

static json_t *location_json(const mot_place *p)
{
  return json_pack("{s:{s:{s:o}, s:o}}", "physicalLocation", "artifactLocation", "uri", uri_json(p->file), "region",
                   region_json(p));
}

static json_t *fixes_json(const mot_finding *f)
{
  json_t *replacement = json_pack("{s:o, s:o}", "deletedRegion", region_json(&f->fix_place), "insertedContent",
                                  text_json(f->fix));
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

static json_t *result_json(const Shown *shown)
{
  const mot_finding *f = &shown->finding;
  char message[4096];
  snprintf(message, sizeof message, "%s%s%s", f->message, f->help ? "\nHelp: " : "", f->help ? f->help : "");
  json_t *o = json_pack("{s:s, s:s, s:o, s:[o]}", "ruleId", f->code, "level", shown->error ? "error" : "warning",
                        "message", text_json(message), "locations", location_json(&f->place));
  if (f->notes > 0) json_object_set_new(o, "relatedLocations", related_json(shown));
  if (f->fix) json_object_set_new(o, "fixes", fixes_json(f));
  if (f->allowed)
    json_object_set_new(o, "suppressions", json_pack("[{s:s, s:s}]", "kind", "inSource", "justification", f->allowed));
  return o;
}

static json_t *rules_json(void)
{
  json_t *rules = json_array();
  mot_explanation e;
  for (size_t i = 0; mot_explanation_at(i, &e); i++)
    json_array_append_new(rules, json_pack("{s:s, s:o, s:o, s:{s:s}}", "id", e.code, "shortDescription",
                                           text_json(e.title), "fullDescription", text_json(e.cause),
                                           "defaultConfiguration", "level", level(e.severity)));
  return rules;
}

bool findings_sarif(const Report *report)
{
  json_t *results = json_array();
  Walk walk = {0};
  Shown shown;
  while (report_next(report, &walk, true, &shown)) json_array_append_new(results, result_json(&shown));
  json_t *driver = json_pack("{s:s, s:s, s:o}", "name", "mot", "version", mot_version(), "rules", rules_json());
  json_t *root = json_pack("{s:s, s:s, s:[{s:{s:o}, s:s, s:o}]}", "$schema",
                           "https://json.schemastore.org/sarif-2.1.0.json", "version", "2.1.0", "runs", "tool",
                           "driver", driver, "columnKind", "unicodeCodePoints", "results", results);
  bool ok = root && json_dumpf(root, stdout, JSON_INDENT(2)) == 0 && putchar('\n') != EOF;
  json_decref(root);
  return ok;
}
