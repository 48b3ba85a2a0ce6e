/*
 * gen_action.c - alerts and corrections: when, to whom, with which words.
 */
#include "compiler/gen_parts.h"

static Fn *like_fn(Gen *g, const Fn *like, Span span)
{
  Fn *fn = fn_new(g, FUNCTION_SUBJECT_VALUE, like->name, span);
  fn->experience = like->experience;
  fn->mot = like->mot;
  return fn;
}

static void write_piece(Gen *g, const TextPiece *piece, const Fn *like)
{
  TextPieceRow row = {.literal = text_of(g, piece->literal), .value = MOT_NONE, .currency = MOT_NONE,
                      .listed = MOT_NONE};
  if (piece->value) {
    row.value = gen_value_function(like_fn(g, like, piece->value->span), piece->value);
    row.type = piece->value->kind == EX_KEY ? VALUE_TEXT : piece->value->type.base;
    row.currency = currency_row(piece->value->type);
    row.listed = listed_row(piece->value->type);
  }
  *VEC_PUSH(g->arena, &g->out->TextPiece) = row;
}

static void write_risk(Gen *g, const Action *action, const Fn *like, ActionRow *row)
{
  row->risk = MOT_NONE;
  row->risk_before = -1;
  if (!action->risk) return;
  if (action->risk->kind == EX_INT)
    row->risk_before = action->risk->u.i;
  else
    row->risk = gen_value_function(like_fn(g, like, action->risk->span), action->risk);
}

static void write_action(Gen *g, const Action *action, const Fn *like, uint32_t number)
{
  ActionRow row = {.when = action->when, .kind = action->kind, .severity = action->severity,
                   .raise_after = action->raise_after, .hold = action->hold, .escalate = action->escalate,
                   .repeat = action->repeat, .correction = MOT_NONE, .text = g->out->TextPiece.len,
                   .text_count = action->text.len};
  row.to = owner_row(action->kind == ACTION_CORRECT ? action->correction->by : action->to);
  if (action->kind == ACTION_CORRECT) row.correction = action->correction->row;
  for (uint32_t i = 0; i < action->text.len; i++) write_piece(g, &action->text.data[i], like);
  write_risk(g, action, like, &row);
  g->out->Action.data[number] = row;
}

uint32_t gen_actions(Gen *g, Action **actions, uint32_t count, const Fn *like)
{
  uint32_t first = g->out->Action.len;
  for (uint32_t i = 0; i < count; i++) VEC_PUSH(g->arena, &g->out->Action);
  for (uint32_t i = 0; i < count; i++) write_action(g, actions[i], like, first + i);
  return first;
}
