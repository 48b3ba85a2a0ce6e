/*
 * render_json.c - findings as one JSON object, for programs.
 */
#include "cli/markup.h"
#include "cli/report.h"

static json_t *place_json(const mot_place *p)
{
  return json_pack("{s:o, s:i, s:i, s:i, s:i, s:i, s:i}", "file", markup_json(p->file), "line", (int)p->line, "column",
                   (int)p->column, "endLine", (int)p->end_line, "endColumn", (int)p->end_column, "offset",
                   (int)p->offset, "length", (int)p->length);
}

static json_t *notes_json(const Shown *shown)
{
  json_t *notes = json_array();
  mot_note note;
  for (size_t i = 0; mot_finding_note(shown->compilation, shown->index, i, &note); i++)
    json_array_append_new(notes, json_pack("{s:s, s:o}", "message", note.message, "place", place_json(&note.place)));
  return notes;
}

static json_t *finding_json(const Shown *shown)
{
  const mot_finding *f = &shown->finding;
  json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:o, s:s*}", "code", f->code, "severity",
                        shown->error ? "error" : "warning", "title", f->title, "message", f->message, "place",
                        place_json(&f->place), "help", f->help);
  if (f->fix)
    json_object_set_new(o, "fix", json_pack("{s:s, s:o}", "text", f->fix, "place", place_json(&f->fix_place)));
  if (f->allowed) json_object_set_new(o, "allowed", json_string(f->allowed));
  if (f->notes > 0) json_object_set_new(o, "notes", notes_json(shown));
  return o;
}

bool findings_json(const Report *report)
{
  json_t *findings = json_array();
  Walk walk = {0};
  Shown shown;
  while (report_next(report, &walk, true, &shown)) json_array_append_new(findings, finding_json(&shown));
  size_t errors, warnings;
  report_count(report, &errors, &warnings);
  json_t *root = json_pack("{s:s, s:I, s:I, s:I, s:o}", "version", mot_version(), "files", (json_int_t)report->count,
                           "errors", (json_int_t)errors, "warnings", (json_int_t)warnings, "findings", findings);
  bool ok = root && json_dumpf(root, stdout, JSON_INDENT(2)) == 0 && putchar('\n') != EOF;
  json_decref(root);
  return ok;
}
