/*
 * lint_allow.c - what the `allow`s silence, and those that silence nothing.
 */
#include "compiler/lint.h"

static bool has_reason(const Checker *ck, const AllowUse *allow)
{
  const char *text = lint_text(ck, allow->reason);
  while (*text == ' ' || *text == '\t' || *text == '\n') text++;
  return *text != 0;
}

static void silence(Checker *ck, AllowUse *allow, DiagCode code)
{
  const char *reason = lint_text(ck, allow->reason);
  for (Diag *diag = ck->diags->first; diag; diag = diag->next) {
    if (diag->code != code || !span_inside(diag->span, allow->covers)) continue;
    allow->used = true;
    if (diag->allowed) continue;
    diag->allowed = reason;
    ck->diags->warnings--;
  }
}

/* With errors some checks have not run, and past DIAG_KEPT findings are only
 * counted: then nothing can be said of what an allow would have silenced. */
static bool all_findings_known(const Checker *ck)
{
  return ck->diags->errors == 0 && ck->diags->warnings < DIAG_KEPT;
}

static void lint_allow(Checker *ck, AllowUse *allow, bool complete)
{
  const char *text = lint_text(ck, allow->code);
  DiagCode code = diag_code(text);
  if (code == DIAG_CODES) return; /* reported with the declarations */
  silence(ck, allow, code);
  if (!has_reason(ck, allow)) {
    Diag *diag = SAY(ck, W0511, allow->span, "nothing says why %s is allowed here", text);
    diag_help(ck->diags, diag, "write the reason in the quotes, for whoever reads this next");
  }
  if (allow->used || !complete) return;
  Diag *diag = SAY(ck, W0510, allow->span, "%s is not reported here, so this silences nothing", text);
  diag_help(ck->diags, diag, "leave it out, or move it into the declaration that the warning is about");
}

void apply_allows(Checker *ck)
{
  bool complete = all_findings_known(ck);
  for (uint32_t i = 0; i < ck->allows.len; i++)
    if (lint_own(ck, ck->allows.data[i].span)) lint_allow(ck, &ck->allows.data[i], complete);
}
