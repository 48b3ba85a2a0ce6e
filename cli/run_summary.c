/*
 * run_summary.c - the table: a block for each experience, then events, time and memory.
 */
#include "cli/run_summary.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "cli/quantity.h"
#include "cli/run_standing.h"
#include "cli/say.h"

enum { COLUMNS = 6, NAME_LEAST = 12, CELL = 32, REASONS = 160 };

static const char *const heads[COLUMNS] = {"opened", "produced", "missed", "void", "open", "rate"};
static const int least_widths[COLUMNS] = {6, 8, 6, 6, 6, 7};

/* One line of a block: the SCO or a MOT. */
typedef struct Line {
  const char *name;
  char cells[COLUMNS][CELL];
  char reasons[REASONS];
  bool some; /* anything happened */
} Line;

typedef struct Block {
  int name_width, widths[COLUMNS];
  bool color;
} Block;

double run_rate(uint64_t produced, uint64_t missed)
{
  uint64_t decided = produced + missed;
  return decided ? 100 * (double)produced / (double)decided : -1;
}

uint64_t peak_memory(void)
{
  unsigned long long kilobytes = 0;
  char line[256];
  FILE *status = fopen("/proc/self/status", "r"); /* getrusage counts what the process that began this one had */
  while (status && kilobytes == 0 && fgets(line, sizeof line, status)) sscanf(line, "VmHWM: %llu", &kilobytes);
  if (status) fclose(status);
  struct rusage usage;
  if (kilobytes == 0 && getrusage(RUSAGE_SELF, &usage) == 0) kilobytes = (unsigned long long)usage.ru_maxrss;
  return kilobytes * 1024;
}

/* ---- lines ---- */

static void put_percent(char cell[CELL], double percent)
{
  if (percent < 0)
    strcpy(cell, "-");
  else
    snprintf(cell, CELL, "%.1f %%", percent);
}

static void fill_cells(Line *line, const uint64_t counts[COLUMNS - 1])
{
  char text[SHOWN_MAX];
  for (int i = 0; i < COLUMNS - 1; i++) snprintf(line->cells[i], CELL, "%s", shown_count(counts[i], text));
  put_percent(line->cells[COLUMNS - 1], run_rate(counts[1], counts[2]));
  line->some = counts[0] > 0;
}

static Line sco_line(const mot_experience_stats *e)
{
  Line line = {.name = "SCO"};
  fill_cells(&line, (const uint64_t[]){e->produced + e->missed + e->voided + e->open, e->produced, e->missed,
                                       e->voided, e->open});
  return line;
}

static void add_reason(Line *line, uint64_t count, const char *word)
{
  char text[SHOWN_MAX];
  if (count == 0) return;
  size_t used = strlen(line->reasons);
  snprintf(line->reasons + used, REASONS - used, "%s%s %s", used ? ", " : "", shown_count(count, text), word);
}

static Line mot_line(const mot_rules *rules, mot_run *run, uint32_t mot)
{
  mot_mot_stats m = {0};
  mot_run_mot_stats(run, mot, &m);
  Line line = {.name = mot_rules_mot_name(rules, mot)};
  uint64_t all = m.voided + m.superseded + m.paused + m.fault;
  fill_cells(&line, (const uint64_t[]){m.opened, m.produced, m.missed, all, m.open});
  if (all > 0) {
    add_reason(&line, m.voided, "voided");
    add_reason(&line, m.superseded, "superseded");
    add_reason(&line, m.paused, "paused");
    add_reason(&line, m.fault, "by a fault");
  }
  return line;
}

/* ---- the block of an experience ---- */

static int at_least(int a, int b)
{
  return a > b ? a : b;
}

static void measure(Block *block, const Line *line)
{
  block->name_width = at_least(block->name_width, (int)strlen(line->name));
  for (int i = 0; i < COLUMNS; i++) block->widths[i] = at_least(block->widths[i], (int)strlen(line->cells[i]));
}

static Block measured(const mot_rules *rules, mot_run *run, bool color)
{
  Block block = {.name_width = NAME_LEAST, .color = color};
  mot_experience_stats e;
  memcpy(block.widths, least_widths, sizeof least_widths);
  for (uint32_t i = 0; mot_run_experience_stats(run, i, &e); i++) {
    Line line = sco_line(&e);
    measure(&block, &line);
  }
  for (uint32_t i = 0; mot_rules_mot_name(rules, i); i++) {
    Line line = mot_line(rules, run, i);
    measure(&block, &line);
  }
  return block;
}

static void put_line(const Block *block, const Line *line)
{
  const char *end = style(block->color, STYLE_NONE);
  fprintf(stderr, "  %-*s", block->name_width, line->name);
  for (int i = 0; i < COLUMNS; i++) {
    bool red = i == 2 && strcmp(line->cells[i], "0") != 0, bold = i == COLUMNS - 1 && line->some;
    const char *begin = style(block->color, red ? STYLE_ERROR : STYLE_BOLD);
    fprintf(stderr, "  %s%*s%s", red || bold ? begin : "", block->widths[i], line->cells[i], red || bold ? end : "");
  }
  if (line->reasons[0]) fprintf(stderr, "   %s", line->reasons);
  fputc('\n', stderr);
}

static void put_heads(const Block *block)
{
  fprintf(stderr, "%s  %-*s", style(block->color, STYLE_DIM), block->name_width, "");
  for (int i = 0; i < COLUMNS; i++) fprintf(stderr, "  %*s", block->widths[i], heads[i]);
  fprintf(stderr, "%s\n", style(block->color, STYLE_NONE));
}

static void put_journeys(const char *name, const mot_experience_stats *e, bool color)
{
  char started[SHOWN_MAX], over[SHOWN_MAX], live[SHOWN_MAX], closing[SHOWN_MAX];
  fprintf(stderr, "%s%s%s: %s journey%s started, %s over, %s live, %s closing", style(color, STYLE_BOLD), name,
          style(color, STYLE_NONE), shown_count(e->started, started), e->started == 1 ? "" : "s",
          shown_count(e->over, over), shown_count(e->live, live), shown_count(e->closing, closing));
  if (e->disruption >= 0) fprintf(stderr, "; disruption %.1f %%", e->disruption);
  fputc('\n', stderr);
}

static void put_experience(const Block *block, const mot_rules *rules, mot_run *run, uint32_t experience,
                           const mot_experience_stats *e, bool one_key)
{
  put_journeys(mot_rules_experience_name(rules, experience), e, block->color);
  put_heads(block);
  Line line = sco_line(e);
  put_line(block, &line);
  for (uint32_t i = 0; mot_rules_mot_name(rules, i); i++) {
    if (mot_rules_mot_experience(rules, i) != experience) continue;
    line = mot_line(rules, run, i);
    put_line(block, &line);
  }
  if (!one_key) standing_targets(rules, run, experience, block->color);
  fputc('\n', stderr);
}

/* ---- events, time, memory ---- */

static void put_count(uint64_t count, const char *what, bool trouble, bool color)
{
  char text[SHOWN_MAX];
  const char *begin = trouble && count > 0 ? style(color, STYLE_WARNING) : "";
  fprintf(stderr, "  %s%s %s%s", begin, shown_count(count, text), what, *begin ? style(color, STYLE_NONE) : "");
}

static void put_events(const mot_run_stats *stats, bool color)
{
  fputs("events ", stderr);
  put_count(stats->events, "read", false, color);
  put_count(stats->rejected, "rejected", true, color);
  put_count(stats->late, "late", true, color);
  put_count(stats->duplicate, "duplicate", false, color);
  fputs("\n       ", stderr);
  put_count(stats->unmapped, "unmapped", false, color);
  put_count(stats->unreached, "unreached", false, color);
  put_count(stats->faults, stats->faults == 1 ? "fault" : "faults", true, color);
  fputc('\n', stderr);
}

static void put_speed(const mot_run_stats *stats, const RunEnd *end)
{
  char records[SHOWN_MAX], time[SHOWN_MAX], each[SHOWN_MAX], rate[SHOWN_MAX], memory[SHOWN_MAX];
  double seconds = end->seconds > 1e-6 ? end->seconds : 1e-6;
  fprintf(stderr, "records  %s%s\n", shown_count(stats->records, records),
          end->unwritten ? ", of which not all could be written" : " written");
  fprintf(stderr, "time     %s  %s events/s  %s/s  peak memory %s\n", shown_time(end->seconds, time),
          shown_count((uint64_t)((double)(stats->events - end->events_before) / seconds), each),
          shown_bytes((double)(stats->bytes - end->bytes_before) / seconds, rate),
          shown_bytes((double)peak_memory(), memory));
}

static void put_notes(const mot_run_stats *stats, const RunEnd *end, bool color)
{
  char clock[SHOWN_MAX] = "";
  const char *begin = style(color, STYLE_WARNING), *over = style(color, STYLE_NONE);
  if (stats->clock != MOT_NO_TIME) shown_instant(stats->clock, clock);
  if (end->interrupted)
    fprintf(stderr, "%sinterrupted%s: this is what was decided up to %s\n", begin, over, *clock ? clock : "then");
  if (end->broken)
    fprintf(stderr, "%sincomplete%s: input could not be read to its end; the clock stopped at %s\n", begin, over,
            *clock ? clock : "its beginning");
  if (stats->late > stats->events / 10)
    fputs("late: events are read in the order of the files; `--lateness LENGTH` allows more disorder\n", stderr);
  if (stats->rejected + stats->late > 0 && !end->dead_letters_kept)
    fputs("`--dead-letter FILE` keeps what was rejected or late, with the reasons\n", stderr);
}

void run_summary_text(const mot_rules *rules, mot_run *run, RunEnd *end, bool color)
{
  Block block = measured(rules, run, color);
  mot_experience_stats e;
  for (uint32_t i = 0; mot_run_experience_stats(run, i, &e); i++) put_experience(&block, rules, run, i, &e, end->one_key);
  if (!end->one_key) standing_goals(rules, run, color);
  standing_acts(rules, run, color);
  mot_run_stats stats;
  mot_run_get_stats(run, &stats);
  put_events(&stats, color);
  standing_unmapped(run);
  causes_show(&end->causes);
  put_speed(&stats, end);
  put_notes(&stats, end, color);
}
