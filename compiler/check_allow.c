/*
 * check_allow.c - what `allow CODE "reason"` says, and which text it stands over.
 */
#include "compiler/scope.h"

static void say_no_lint(Checker *ck, AstName name, DiagCode code)
{
  const char *text = sym_text(ck->names, name.sym);
  if (code < DIAG_CODES) {
    Diag *error = SAY(ck, E0227, name.span, "%s is an error and cannot be allowed", text);
    diag_help(ck->diags, error, "mend what it reports; codes that begin with W can be allowed");
    return;
  }
  Sym codes[DIAG_CODES];
  uint32_t count = 0;
  for (uint32_t i = 0; i < DIAG_CODES; i++)
    if (diag_info[i].severity == SEV_WARNING) codes[count++] = intern_z(ck->names, diag_info[i].code);
  Diag *diag = SAY(ck, E0228, name.span, "there is no lint `%s`", text);
  Sym near = nearest(ck, name.sym, codes, count);
  if (near) diag_help(ck->diags, diag, "did you mean `%s`?", sym_text(ck->names, near));
}

static void add_allow(Checker *ck, AstName name, AstText reason, Span clause, Span covers)
{
  DiagCode code = diag_code(sym_text(ck->names, name.sym));
  if (code == DIAG_CODES || diag_info[code].severity != SEV_WARNING) {
    say_no_lint(ck, name, code);
    return;
  }
  *VEC_PUSH(ck->arena, &ck->allows) =
    (AllowUse){.code = name.sym, .reason = reason.sym, .span = clause, .covers = covers};
}

static void items_allows(Checker *ck, AstList items, Span covers)
{
  for (AST_EACH(AstItem, item, items)) {
    switch (item->n.kind) {
    case AI_ALLOW: add_allow(ck, item->u.allow.code, item->u.allow.reason, item->n.span, covers); break;
    case AI_MOT: items_allows(ck, item->u.mot->items, item->n.span); break;
    case AI_GOAL: items_allows(ck, item->u.goal->items, item->n.span); break;
    default: break;
    }
  }
}

void collect_allows(Checker *ck, const Unit *unit)
{
  for (AST_EACH(AstDecl, decl, unit->file->decls)) {
    Span file = {unit->file->file, 0, UINT32_MAX};
    if (decl->n.kind == AD_ALLOW)
      add_allow(ck, decl->u.allow.code, decl->u.allow.reason, decl->n.span, file);
    items_allows(ck, decl->items, decl->n.span);
    if (decl->n.kind == AD_NSAT) items_allows(ck, decl->u.nsat.goals, decl->n.span);
  }
}
