/*
 * exposition.c - the metrics, family by family: base units (seconds, ratios, bytes), no more than one HELP and TYPE
 * each, and these only where there is a sample.
 */
#define _GNU_SOURCE /* open_memstream under any set of features */
#include "cli/exposition.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/draft.h"
#include "cli/say.h"
#include "mot/tools.h"

typedef struct Page {
  FILE *to;
  const mot_rules *rules;
  mot_run *run;
  const char *name, *type, *help; /* of the family at hand */
  bool begun;                     /* it has a sample */
} Page;

/* A label; an empty value is left out. */
typedef struct Label {
  const char *name, *value;
} Label;
enum { LABELS = 5 };
typedef struct Labels {
  Label labels[LABELS];
} Labels;

/* ---- the format ---- */

static void family(Page *page, const char *name, const char *type, const char *help)
{
  page->name = name;
  page->type = type;
  page->help = help;
  page->begun = false;
}

static void put_escaped(FILE *to, const char *text)
{
  for (; *text; text++) {
    if (*text == '\n') fputs("\\n", to);
    else if (*text == '"' || *text == '\\') fprintf(to, "\\%c", *text);
    else fputc(*text, to);
  }
}

static void put_labels(FILE *to, const Labels *labels)
{
  const char *before = "{";
  for (int i = 0; labels && i < LABELS; i++) {
    const Label *label = &labels->labels[i];
    if (!label->name || !label->value || !*label->value) continue;
    fprintf(to, "%s%s=\"", before, label->name);
    put_escaped(to, label->value);
    fputc('"', to);
    before = ",";
  }
  if (*before == ',') fputc('}', to);
}

static void sample(Page *page, const Labels *labels, double value)
{
  if (!isfinite(value)) return;
  if (!page->begun) {
    fprintf(page->to, "# HELP %s %s\n# TYPE %s %s\n", page->name, page->help, page->name, page->type);
    page->begun = true;
  }
  fputs(page->name, page->to);
  put_labels(page->to, labels);
  fprintf(page->to, " %.15g\n", value);
}

static void lone(Page *page, const char *name, const char *type, const char *help, double value)
{
  family(page, name, type, help);
  sample(page, NULL, value);
}

#define COUNTER "counter"
#define GAUGE "gauge"

/* ---- the run ---- */

static void put_run(Page *page, bool ended, double seconds)
{
  char hash[33];
  mot_run_stats s;
  mot_rules_hash(page->rules, hash);
  mot_run_get_stats(page->run, &s);
  Labels build = {{{"version", mot_version()}, {"rules", hash}}};
  family(page, "mot_build_info", GAUGE, "The program and the rules that run.");
  sample(page, &build, 1);
  lone(page, "mot_run_ended", GAUGE, "1 when the run is over, 0 while it goes on.", ended);
  lone(page, "mot_run_seconds", GAUGE, "How long the run has taken.", seconds);
  if (s.clock != MOT_NO_TIME)
    lone(page, "mot_clock_timestamp_seconds", GAUGE, "The time of the latest event.", (double)s.clock / 1e6);
  lone(page, "mot_events_read_total", COUNTER, "Events read.", (double)s.events);
  lone(page, "mot_events_rejected_total", COUNTER, "Events that were unsound.", (double)s.rejected);
  lone(page, "mot_events_late_total", COUNTER, "Events that came after the watermark had passed them.", (double)s.late);
  lone(page, "mot_events_duplicate_total", COUNTER, "Events whose id had been seen.", (double)s.duplicate);
  lone(page, "mot_events_unmapped_total", COUNTER, "Events of types that no rule uses.", (double)s.unmapped);
  lone(page, "mot_events_unreached_total", COUNTER, "Events that no journey was there for.", (double)s.unreached);
  lone(page, "mot_read_bytes_total", COUNTER, "Bytes of events read.", (double)s.bytes);
  lone(page, "mot_faults_total", COUNTER, "Computations that could not be done.", (double)s.faults);
  lone(page, "mot_records_total", COUNTER, "Records made.", (double)s.records);
  lone(page, "mot_state_bytes", GAUGE, "Memory that journeys, moments and timers take.", (double)s.state);
  lone(page, "mot_memory_bytes", GAUGE, "Memory that the run takes.", (double)s.memory);
}

/* ---- experiences ---- */

typedef double (*ExperienceFigure)(const mot_experience_stats *stats);

static double started(const mot_experience_stats *e) { return (double)e->started; }
static double over(const mot_experience_stats *e) { return (double)e->over; }
static double live(const mot_experience_stats *e) { return (double)e->live; }
static double closing(const mot_experience_stats *e) { return (double)e->closing; }
static double sco_open(const mot_experience_stats *e) { return (double)e->open; }
static double disruption(const mot_experience_stats *e) { return e->disruption < 0 ? NAN : e->disruption / 100; }

static void each_experience(Page *page, const char *name, const char *type, const char *help, ExperienceFigure figure)
{
  mot_experience_stats stats;
  family(page, name, type, help);
  for (uint32_t i = 0; mot_run_experience_stats(page->run, i, &stats); i++) {
    Labels labels = {{{"experience", mot_rules_experience_name(page->rules, i)}}};
    sample(page, &labels, figure(&stats));
  }
}

static void outcomes(Page *page, Labels labels, int label, uint64_t produced, uint64_t missed, uint64_t voided)
{
  const struct {
    const char *word;
    uint64_t count;
  } all[] = {{"produced", produced}, {"missed", missed}, {"void", voided}};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    labels.labels[label] = (Label){"outcome", all[i].word};
    sample(page, &labels, (double)all[i].count);
  }
}

static void put_experiences(Page *page)
{
  mot_experience_stats s;
  each_experience(page, "mot_journeys_started_total", COUNTER, "Journeys that began.", started);
  each_experience(page, "mot_journeys_over_total", COUNTER, "Journeys that are over.", over);
  each_experience(page, "mot_journeys_live", GAUGE, "Journeys that have not ended.", live);
  each_experience(page, "mot_journeys_closing", GAUGE, "Journeys that ended with something undecided.", closing);
  each_experience(page, "mot_disruption_ratio", GAUGE, "Weighted share of missed moments among those decided.", disruption);
  each_experience(page, "mot_sco_open", GAUGE, "Successful Customer Outcomes that are undecided.", sco_open);
  family(page, "mot_sco_total", COUNTER, "Successful Customer Outcomes decided.");
  for (uint32_t i = 0; mot_run_experience_stats(page->run, i, &s); i++) {
    Labels labels = {{{"experience", mot_rules_experience_name(page->rules, i)}}};
    outcomes(page, labels, 1, s.produced, s.missed, s.voided);
  }
}

/* ---- MOTs ---- */

static Labels mot_labels(const Page *page, uint32_t mot)
{
  uint32_t experience = mot_rules_mot_experience(page->rules, mot);
  return (Labels){{{"experience", mot_rules_experience_name(page->rules, experience)},
                   {"mot", mot_rules_mot_name(page->rules, mot)}}};
}

static void put_mots(Page *page)
{
  mot_mot_stats s;
  family(page, "mot_moments_opened_total", COUNTER, "Moments of Truth that opened.");
  for (uint32_t i = 0; mot_run_mot_stats(page->run, i, &s); i++) {
    Labels labels = mot_labels(page, i);
    sample(page, &labels, (double)s.opened);
  }
  family(page, "mot_moments_open", GAUGE, "Moments of Truth that are undecided.");
  for (uint32_t i = 0; mot_run_mot_stats(page->run, i, &s); i++) {
    Labels labels = mot_labels(page, i);
    sample(page, &labels, (double)s.open);
  }
  family(page, "mot_moments_total", COUNTER, "Moments of Truth decided.");
  for (uint32_t i = 0; mot_run_mot_stats(page->run, i, &s); i++)
    outcomes(page, mot_labels(page, i), 2, s.produced, s.missed, s.voided + s.superseded + s.paused + s.fault);
}

/* ---- targets ---- */

static Labels target_labels(const Page *page, const mot_target_info *target)
{
  mot_goal_info goal = {.nsat = "", .name = ""};
  bool of_goal = mot_rules_goal_info(page->rules, target->goal, &goal);
  return (Labels){{{"experience", of_goal ? "" : mot_rules_experience_name(page->rules, target->experience)},
                   {"mot", mot_rules_mot_name(page->rules, target->mot)},
                   {"nsat", goal.nsat},
                   {"goal", goal.name},
                   {"target", target->text}}};
}

typedef enum Unit { UNIT_RATIO, UNIT_SECONDS, UNIT_OTHER, UNIT_NONE } Unit;

static Unit unit_of(const mot_value *value)
{
  switch (value->type) {
  case MOT_TYPE_PERCENT: return UNIT_RATIO;
  case MOT_TYPE_DURATION: return UNIT_SECONDS;
  case MOT_TYPE_INT:
  case MOT_TYPE_NUMBER:
  case MOT_TYPE_MONEY: return UNIT_OTHER;
  default: return UNIT_NONE;
  }
}

static double base_value(const mot_value *value)
{
  double unit = value->type == MOT_TYPE_DURATION ? 1e6 : 1;
  if (value->type == MOT_TYPE_NUMBER || value->type == MOT_TYPE_PERCENT) return value->number;
  if (value->type == MOT_TYPE_MONEY) unit = pow(10, value->exponent);
  return (double)value->integer / unit;
}

typedef enum TargetFigure { TARGET_BREACHED, TARGET_CASES, TARGET_VALUE, TARGET_WANTED } TargetFigure;

/* NaN: there is none. */
static double target_figure(const mot_target_info *info, const mot_target_standing *standing, TargetFigure figure, Unit unit)
{
  switch (figure) {
  case TARGET_BREACHED: return standing->state == MOT_STATE_UNKNOWN ? NAN : standing->state == MOT_STATE_BREACHED;
  case TARGET_CASES: return standing->to == MOT_NO_TIME ? NAN : (double)standing->cases;
  case TARGET_VALUE: return unit_of(&standing->value) == unit ? base_value(&standing->value) : NAN;
  case TARGET_WANTED: return unit_of(&info->value) == unit ? base_value(&info->value) : NAN;
  }
  return NAN;
}

/* A target that is written twice has one sample: labels tell all of them apart. */
static bool is_repeated(const Page *page, uint32_t target, const mot_target_info *info)
{
  mot_target_info other;
  for (uint32_t i = target; i > 0 && mot_rules_target_info(page->rules, i - 1, &other); i--) {
    if (other.mot != info->mot || other.goal != info->goal) return false;
    if (strcmp(other.text, info->text) == 0) return true;
  }
  return false;
}

static void each_target(Page *page, const char *name, const char *help, TargetFigure figure, Unit unit)
{
  mot_target_info info;
  mot_target_standing standing;
  family(page, name, GAUGE, help);
  for (uint32_t i = 0; mot_rules_target_info(page->rules, i, &info) && mot_run_target(page->run, i, &standing); i++) {
    Labels labels = target_labels(page, &info);
    if (is_repeated(page, i, &info)) continue;
    sample(page, &labels, target_figure(&info, &standing, figure, unit));
  }
}

static void put_targets(Page *page)
{
  each_target(page, "mot_target_breached", "1 when the target is breached, 0 when it is met.", TARGET_BREACHED, UNIT_NONE);
  each_target(page, "mot_target_cases", "Cases in the window judged last.", TARGET_CASES, UNIT_NONE);
  each_target(page, "mot_target_value_ratio", "Value of the window judged last, a share.", TARGET_VALUE, UNIT_RATIO);
  each_target(page, "mot_target_value_seconds", "Value of the window judged last, a length of time.", TARGET_VALUE,
              UNIT_SECONDS);
  each_target(page, "mot_target_value", "Value of the window judged last, a number or money.", TARGET_VALUE, UNIT_OTHER);
  each_target(page, "mot_target_wanted_ratio", "Value that the target asks for, a share.", TARGET_WANTED, UNIT_RATIO);
  each_target(page, "mot_target_wanted_seconds", "Value that the target asks for, a length of time.", TARGET_WANTED,
              UNIT_SECONDS);
  each_target(page, "mot_target_wanted", "Value that the target asks for, a number or money.", TARGET_WANTED, UNIT_OTHER);
}

/* ---- goals ---- */

typedef double (*GoalFigure)(Page *page, uint32_t goal, const mot_goal_standing *standing);

static double goal_breached(Page *page, uint32_t goal, const mot_goal_standing *standing)
{
  (void)page, (void)goal;
  return standing->state == MOT_STATE_UNKNOWN ? NAN : standing->state == MOT_STATE_BREACHED;
}

static double goal_score(Page *page, uint32_t goal, const mot_goal_standing *standing)
{
  (void)page, (void)goal;
  return standing->score < 0 ? NAN : standing->score / 100;
}

static double goal_rolled_up(Page *page, uint32_t goal, const mot_goal_standing *standing)
{
  (void)page, (void)goal;
  return standing->rolled_up < 0 ? NAN : standing->rolled_up / 100;
}

/* Individuals of a goal for each of them: all, or those that are breached. */
static double individuals(Page *page, uint32_t goal, bool breached)
{
  mot_goal_info info;
  mot_goal_standing standing;
  mot_value who;
  size_t count = 0, hits = 0;
  if (!mot_rules_goal_info(page->rules, goal, &info) || !info.each[0]) return NAN;
  for (; mot_run_individual(page->run, goal, count, &who, &standing); count++)
    hits += standing.state == MOT_STATE_BREACHED;
  return (double)(breached ? hits : count);
}

static double goal_individuals(Page *page, uint32_t goal, const mot_goal_standing *standing)
{
  (void)standing;
  return individuals(page, goal, false);
}

static double goal_individuals_breached(Page *page, uint32_t goal, const mot_goal_standing *standing)
{
  (void)standing;
  return individuals(page, goal, true);
}

static void each_goal(Page *page, const char *name, const char *help, GoalFigure figure)
{
  mot_goal_info info;
  mot_goal_standing standing;
  family(page, name, GAUGE, help);
  for (uint32_t i = 0; mot_rules_goal_info(page->rules, i, &info) && mot_run_goal(page->run, i, &standing); i++) {
    Labels labels = {{{"nsat", info.nsat}, {"goal", info.name}}};
    sample(page, &labels, figure(page, i, &standing));
  }
}

static void put_goals(Page *page)
{
  each_goal(page, "mot_goal_breached", "1 when the goal is breached, 0 when it is met.", goal_breached);
  each_goal(page, "mot_goal_score_ratio", "How much of the goal is attained.", goal_score);
  each_goal(page, "mot_goal_rolled_up_ratio", "The same with the goals below it.", goal_rolled_up);
  each_goal(page, "mot_goal_individuals", "Individuals that have the goal.", goal_individuals);
  each_goal(page, "mot_goal_individuals_breached", "Individuals whose goal is breached.", goal_individuals_breached);
}

/* ---- alerts, corrections, events ---- */

static void put_acts(Page *page)
{
  mot_act_stats s;
  mot_run_act_stats(page->run, &s);
  lone(page, "mot_alerts_raised_total", COUNTER, "Alerts raised.", (double)s.raised);
  lone(page, "mot_alerts_escalated_total", COUNTER, "Times that an alert went further up.", (double)s.escalated);
  lone(page, "mot_alerts_active", GAUGE, "Alerts that are not cleared.", (double)s.active);
  lone(page, "mot_corrections_opened_total", COUNTER, "Corrections opened.", (double)s.opened);
  lone(page, "mot_corrections_done_total", COUNTER, "Corrections done.", (double)s.done);
  lone(page, "mot_corrections_overdue_total", COUNTER, "Corrections that were not done in time.", (double)s.overdue);
  lone(page, "mot_corrections_withdrawn_total", COUNTER, "Corrections withdrawn.", (double)s.withdrawn);
  lone(page, "mot_corrections_open", GAUGE, "Corrections neither done nor withdrawn.", (double)s.open);
}

static void put_events(Page *page)
{
  mot_event_stats s;
  mot_metric_info metric;
  family(page, "mot_event_accepted_total", COUNTER, "Events accepted, by kind.");
  for (uint32_t i = 0; mot_run_event_stats(page->run, i, &s); i++) {
    Labels labels = {{{"event", mot_rules_event_name(page->rules, i)}}};
    sample(page, &labels, (double)s.events);
  }
  family(page, "mot_event_touched_total", COUNTER, "Events that opened a moment or were tested by one, by kind.");
  for (uint32_t i = 0; mot_run_event_stats(page->run, i, &s); i++) {
    Labels labels = {{{"event", mot_rules_event_name(page->rules, i)}}};
    sample(page, &labels, (double)s.touched);
  }
  family(page, "mot_metric_ungrouped_cases_total", COUNTER, "Cases of a metric that found no group of their own.");
  for (uint32_t i = 0; mot_rules_metric_info(page->rules, i, &metric); i++) {
    Labels labels = {{{"metric", metric.name}}};
    if (metric.groups[0][0]) sample(page, &labels, (double)mot_run_ungrouped(page->run, i));
  }
}

static void put_page(Page *page, bool ended, double seconds)
{
  put_run(page, ended, seconds);
  put_experiences(page);
  put_mots(page);
  put_targets(page);
  put_goals(page);
  put_acts(page);
  put_events(page);
}

bool exposition_write(const char *path, const mot_rules *rules, mot_run *run, bool ended, double seconds)
{
  char *text = NULL;
  size_t size = 0;
  Page page = {.to = open_memstream(&text, &size), .rules = rules, .run = run};
  if (!page.to) return say_no_memory();
  put_page(&page, ended, seconds);
  bool fine = fclose(page.to) == 0 || say_no_memory();
  Draft draft;
  if (fine) {
    fine = draft_begin(&draft, path) && draft_put(&draft, text, size) && draft_commit(&draft);
    draft_drop(&draft);
  }
  free(text);
  return fine;
}
