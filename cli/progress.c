/*
 * progress.c - see progress.h.
 */
#include "cli/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "cli/quantity.h"
#include "cli/say.h"

enum { WIDTH = 20 };
#define FIRST_AFTER 0.2 /* seconds: what is over sooner needs no line */
#define EVERY 0.1

double clock_seconds(void)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

void progress_begin(Progress *progress, uint64_t total, bool wanted, bool color)
{
  *progress = (Progress){.total = total, .color = color, .began = clock_seconds()};
  progress->next = progress->began + FIRST_AFTER;
  progress->shown = wanted && total > 0 && isatty(STDERR_FILENO);
}

static void put_bar(const Progress *progress, double done)
{
  int full = (int)(done * WIDTH);
  fputs(style(progress->color, STYLE_HELP), stderr);
  for (int i = 0; i < full; i++) fputs("━", stderr);
  fputs(style(progress->color, STYLE_NONE), stderr);
  fputs(style(progress->color, STYLE_DIM), stderr);
  for (int i = full; i < WIDTH; i++) fputs("─", stderr);
  fputs(style(progress->color, STYLE_NONE), stderr);
}

bool progress_due(Progress *progress)
{
  if (!progress->shown) return false;
  double now = clock_seconds();
  if (now < progress->next) return false;
  progress->next = now + EVERY;
  return true;
}

void progress_draw(Progress *progress, uint64_t bytes, uint64_t events)
{
  char rate[SHOWN_MAX], left[SHOWN_MAX], each[SHOWN_MAX];
  double passed = clock_seconds() - progress->began, done = (double)bytes / (double)progress->total;
  if (done > 1) done = 1;
  fputs("\r\033[K  ", stderr);
  put_bar(progress, done);
  fprintf(stderr, " %3d %%  %s/s  %s events/s  %s left", (int)(done * 100),
          shown_bytes((double)bytes / passed, rate), shown_count((uint64_t)((double)events / passed), each),
          bytes ? shown_left(passed / done - passed, left) : "?");
  fflush(stderr);
  progress->drawn = true;
  say_over_line(true);
}

void progress_draw_count(Progress *progress, uint64_t done, const char *things)
{
  char counted[SHOWN_MAX], total[SHOWN_MAX], left[SHOWN_MAX];
  double passed = clock_seconds() - progress->began, part = (double)done / (double)progress->total;
  fputs("\r\033[K  ", stderr);
  put_bar(progress, part);
  fprintf(stderr, " %3d %%  %s of %s %s  %s left", (int)(part * 100), shown_count(done, counted),
          shown_count(progress->total, total), things, done ? shown_left(passed / part - passed, left) : "?");
  fflush(stderr);
  progress->drawn = true;
  say_over_line(true);
}

void progress_clear(Progress *progress)
{
  if (progress->drawn) fputs("\r\033[K", stderr);
  fflush(stderr);
  progress->drawn = false;
  say_over_line(false);
}
