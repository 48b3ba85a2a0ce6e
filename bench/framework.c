/*
 * framework.c - see framework.h.
 */
#include "bench/framework.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOTS_EACH = 20, KINDS = 24, OWNERS = 12 };

static void put(Framework *f, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void put(Framework *f, const char *format, ...)
{
  if (f->cap - f->size < 4096) {
    f->cap = f->cap ? 2 * f->cap : 1 << 16;
    f->text = realloc(f->text, f->cap);
    if (!f->text) abort();
  }
  va_list args;
  va_start(args, format);
  int n = vsnprintf(f->text + f->size, f->cap - f->size, format, args);
  va_end(args);
  for (int i = 0; i < n; i++) f->lines += f->text[f->size + (size_t)i] == '\n';
  f->size += (size_t)n;
}

static void put_head(Framework *f)
{
  put(f, "## A framework as large as a group of companies might have.\nmodule bench.framework\n\n");
  put(f, "stream {\n  type     from \"type\"\n  time     from \"time\"\n  zone     \"UTC\"\n  lateness 60 s\n}\n\n");
  put(f, "calendar Office {\n  open   mon..fri 08:00..18:00, sat 09:00..13:00\n  closed 2026-12-25..2026-12-26\n}\n\n");
  for (int i = 0; i < OWNERS; i++)
    put(f, "owner manager_%d \"Manager %d\" {\n  role    %s\n  contact \"mailto:m%d@bench.example\"\n%s}\n", i, i,
        i < 4 ? "experience_manager" : "mot_manager", i, i > 0 ? "  reports to manager_0\n" : "");
  for (int i = 0; i < OWNERS; i++)
    put(f, "team team_%d \"Team %d\" {\n  lead manager_%d\n  role producer\n}\n", i, i, i);
  put(f, "\n");
}

static void put_events(Framework *f)
{
  for (int i = 0; i < KINDS; i++) {
    put(f, "## Step %d of what happens to a customer.\nevent Step%d from \"step.%d\" {\n", i, i, i);
    put(f, "  customer: id\n  case_id:  id\n  wait:     duration(s) from \"metrics.wait_s\"\n");
    put(f, "  resolved: bool\n  channel:  one of phone, chat, email, letter = \"Post\"\n");
    put(f, "  score:    int in 0..10?\n  agent:    id\n  promised: time\n  price:    money(EUR)\n}\n\n");
  }
}

/* The conditions people write, in turn. */
static void put_smoto(Framework *f, unsigned m, unsigned other)
{
  switch (m % 6) {
  case 0: put(f, "    smoto     Step%u within %u h of Office\n", other, 2 + m % 7); break;
  case 1: put(f, "    smoto     Step%u where (resolved and wait < %u min) within %u d\n", other, 5 + m % 20, 1 + m % 5); break;
  case 2: put(f, "    smoto     at most %u Step%u where channel == phone within %u d\n", m % 3, other, 5 + m % 9); break;
  case 3: put(f, "    smoto     Step%u by seen.promised + %u min and no Step%u within 2 d\n", other, 15 + m % 30, (other + 5) % KINDS); break;
  case 4: put(f, "    smoto     Step%u within 4 h then Step%u within %u d\n", other, (other + 3) % KINDS, 1 + m % 3); break;
  default: put(f, "    smoto     wait <= %u s and resolved and (score else %u) >= %u\n", 60 + m % 60, m % 5, 5 + m % 3); break;
  }
}

static void put_mot(Framework *f, unsigned m)
{
  unsigned kind = m % KINDS, other = (m * 7 + 5) % KINDS;
  if (other == kind) other = (other + 1) % KINDS;
  put(f, "\n  ## Moment %u: why it matters to the customer, in a sentence or two,\n", m);
  put(f, "  ## and what the organisation does about it.\n");
  put(f, "  mot Moment%u \"Promise %u is kept\" {\n", m, m);
  put(f, "    manager   manager_%u\n    producers team_%u by opening.agent\n", 4 + m % 8, m % OWNERS);
  put(f, "    when      Step%u where channel != letter as seen\n", kind);
  put_smoto(f, m, other);
  put(f, "    weight    %u\n    impact    -%u.50 EUR when missed\n", 1 + m % 4, 10 + m % 90);
  put(f, "    target    %u%% over 7 d min 30 cases\n", 80 + m % 18);
  put(f, "    target    p95(wait) <= %u min over 1 d\n", 3 + m % 10);
  put(f, "\n    # what is done when it fails\n    on missed {\n");
  put(f, "      correct \"Call the customer back\" by team_%u within %u min until Step%u where resolved\n", m % OWNERS, 30 + m % 30, kind);
  put(f, "      alert   manager_%u severity high \"{customer}: promise %u was not kept\"\n    }\n", 4 + m % 8, m);
  put(f, "    on breached {\n      alert team_%u severity medium\n      alert manager_%u escalate after 2 d\n    }\n", m % OWNERS, 4 + m % 8);
  put(f, "    on met {\n      alert manager_%u severity low\n    }\n  }\n", 4 + m % 8);
}

static void put_experience(Framework *f, unsigned e, unsigned mots)
{
  put(f, "## Experience %u.\nexperience Experience%u \"Experience %u\" {\n", e, e, e);
  put(f, "  for      customer, case_id\n  manager  manager_%u\n  starts   on Step%u\n", e % 4, e % KINDS);
  put(f, "  sco      \"It is done and I did not have to chase\"\n           Step%u within 20 d and no Step%u within 10 d\n", (e + 9) % KINDS, (e + 11) % KINDS);
  put(f, "  expires  after 60 d\n");
  for (unsigned m = 0; m < mots; m++) put_mot(f, e * MOTS_EACH + m);
  put(f, "}\n\n");
}

static void put_goals(Framework *f, unsigned e, unsigned mots)
{
  put(f, "nsat Star%u \"North star %u\" for Experience%u {\n  goal Whole%u \"Everything kept\" {\n    owner manager_%u\n    measure sco\n    target 90%% over 30 d\n", e, e, e, e, e % 4);
  for (unsigned m = e * MOTS_EACH; m < e * MOTS_EACH + mots; m++)
    put(f, "    goal Keep%u \"Keep promise %u\" {\n      owner   team_%u\n      measure Moment%u\n      target  90%% over 30 d\n    }\n", m, m, m % OWNERS, m);
  put(f, "  }\n}\n\n");
}

Framework framework_make(unsigned mots)
{
  Framework f = {0};
  put_head(&f);
  put_events(&f);
  for (unsigned e = 0; e * MOTS_EACH < mots; e++) {
    unsigned each = mots - e * MOTS_EACH < MOTS_EACH ? mots - e * MOTS_EACH : MOTS_EACH;
    put_experience(&f, e, each);
    put_goals(&f, e, each);
  }
  return f;
}
