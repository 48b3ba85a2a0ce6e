/*
 * gen.c - the map of the generator: one call per stage, in order.
 */
#include "compiler/gen.h"
#include "compiler/gen_parts.h"

MotPlan *mot_plan(const Gen *g, const Mot *mot)
{
  return &g->mots[mot->row];
}

ExperiencePlan *experience_plan(const Gen *g, const Experience *experience)
{
  return &g->experiences[experience->row];
}

/* ---- plans ---- */

static bool opens_by_outcome(const Pattern *when)
{
  for (uint32_t i = 0; i < when->choices.len; i++) {
    const Choice *choice = &when->choices.data[i];
    if (choice->shape == AST_SILENCE)
      return true; /* counts as opened with the journey, has no opening event */
    const Match *match = &choice->steps.data[choice->steps.len - 1].match;
    for (uint32_t k = 0; k < match->cases.len; k++)
      if (!match->cases.data[k].event) return true;
  }
  return false;
}

static void plan_mot(Gen *g, Mot *mot)
{
  g->mots[mot->row] = (MotPlan){.mot = mot,
                                .condition = {.condition = mot->smoto, .subject = SUBJECT_MOT,
                                              .of = mot->row},
                                .opens_by_outcome = opens_by_outcome(mot->when),
                                .outcome = {MOT_NONE, MOT_NONE}};
}

static void plan_correction(Gen *g, Correction *correction)
{
  g->corrections[correction->row] = (CorrectionPlan){
    .correction = correction,
    .condition = {.condition = correction->until, .subject = SUBJECT_CORRECTION, .of = correction->row}};
  if (correction->mot) *VEC_PUSH(g->arena, &mot_plan(g, correction->mot)->corrections) = correction;
}

static void plan_experience(Gen *g, Experience *experience)
{
  g->experiences[experience->row] = (ExperiencePlan){
    .experience = experience,
    .sco = {.condition = experience->sco, .subject = SUBJECT_SCO, .of = experience->row},
    .outcome = {MOT_NONE, MOT_NONE}};
  for (uint32_t i = 0; i < experience->mots.len; i++) plan_mot(g, experience->mots.data[i]);
  for (uint32_t i = 0; i < experience->corrections.len; i++)
    plan_correction(g, experience->corrections.data[i]);
}

static void plan_all(Gen *g)
{
  g->experiences = ARENA_ARRAY(g->arena, ExperiencePlan, g->out->Experience.len + 1);
  g->mots = ARENA_ARRAY(g->arena, MotPlan, g->out->Mot.len + 1);
  g->corrections = ARENA_ARRAY(g->arena, CorrectionPlan, g->out->Correction.len + 1);
  for (uint32_t i = 0; i < g->program->experiences.len; i++)
    plan_experience(g, g->program->experiences.data[i]);
}

/* ---- all of it ---- */

static void gen_tables(Gen *g)
{
  gen_sources(g);
  gen_meta(g);
  gen_owners(g);
  gen_events(g);
}

static void gen_rules(Gen *g)
{
  for (uint32_t i = 0; i < g->program->experiences.len && !g->failed; i++)
    gen_experience(g, &g->experiences[i]);
  if (g->failed) return;
  gen_metrics(g);
  gen_goals(g);
  gen_reviews(g);
  gen_tests(g);
}

bool generate(Program *program, Diags *diags, ModuleBuilder *out)
{
  Gen g = {.arena = out->arena, .program = program, .diags = diags, .out = out};
  g.text_count = intern_count(program->names) + 1;
  g.texts = ARENA_ARRAY(g.arena, uint32_t, g.text_count);
  map_init(&g.choices, g.arena);
  number_rows(&g);    /* numbers for what is declared */
  plan_all(&g);
  keep_refs(&g);      /* which values of earlier events are read later */
  layout_records(&g); /* records */
  if (g.failed) return false;
  gen_tables(&g);     /* what rules refer to */
  gen_rules(&g);      /* code and rows of experiences, measures, goals, tests */
  gen_heard(&g);
  finish_events(&g);
  return !g.failed;
}
