/*
 * outline_control.c - what is done about misses: corrections and alerts.
 */
#include "report/outline.h"

static void correction_row(Outline *outline, Table *table, const ReviewCorrections *at)
{
  table_cell(outline, table, words_mot(&outline->words, at->mot));
  table_count(outline, table, at->opened);
  table_count(outline, table, at->in_time);
  table_count(outline, table, at->late);
  table_count(outline, table, at->withdrawn);
  table_count(outline, table, at->open);
  table_toned(outline, table, at->overdue ? TONE_BAD : TONE_PLAIN, words_count(&outline->words, at->overdue));
  table_cell(outline, table, words_estimate(&outline->words, at->in_time_share));
}

enum { OVERDUE_SHOWN = 10 };

static void overdue(Outline *outline, const ReviewExperience *experience)
{
  const Words *words = &outline->words;
  if (experience->overdue_total == 0) return;
  outline_text(outline, outline_printf(outline, "Overdue when the period ended: %s%s", words_count(words, experience->overdue_total),
                                       experience->overdue_total > OVERDUE_SHOWN ? ", the longest:" : ":"));
  for (uint32_t i = 0; i < experience->overdue_count && i < OVERDUE_SHOWN; i++) {
    const ReviewOpenCorrection *at = &experience->overdue[i];
    outline_item(outline, TONE_BAD, outline_printf(outline, "%s, by %s, due %s, for “%s” (%s)", at->text,
                                                   words_owner(words, at->by), words_instant(words, at->due),
                                                   words_mot(words, at->mot), at->id));
  }
}

static void effect_item(Outline *outline, const ReviewCorrections *at, const char *sentence)
{
  if (*sentence)
    outline_item(outline, TONE_PLAIN, outline_printf(outline, "%s: %s", words_mot(&outline->words, at->mot), sentence));
}

static void corrections(Outline *outline, const ReviewExperience *experience)
{
  if (experience->correction_count == 0 && experience->overdue_total == 0) return;
  outline_heading(outline, BLOCK_PART, "Corrections");
  Table *table = outline_table(outline, "For|>Opened|>In time|>Late|>Withdrawn|>Open|>Overdue|>Share in time");
  for (uint32_t i = 0; i < experience->correction_count; i++) correction_row(outline, table, &experience->corrections[i]);
  overdue(outline, experience);
  for (uint32_t i = 0; i < experience->correction_count; i++) {
    effect_item(outline, &experience->corrections[i], words_corrected(&outline->words, &experience->corrections[i]));
    effect_item(outline, &experience->corrections[i], words_timely(&outline->words, &experience->corrections[i]));
  }
}

static void alerts(Outline *outline, const ReviewExperience *experience)
{
  const Words *words = &outline->words;
  if (experience->alert_count == 0) return;
  outline_heading(outline, BLOCK_PART, "Alerts");
  outline_text(outline, outline_printf(outline, "%s active when the period ended.",
                                       words_many(words, experience->alerts_active, "alert was", "alerts were")));
  Table *table = outline_table(outline, "About|To|>Raised|>Escalated|>Repeated|>Acknowledged|>Cleared");
  for (uint32_t i = 0; i < experience->alert_count; i++) {
    const ReviewAlerts *at = &experience->alerts[i];
    table_cell(outline, table, at->mot == MOT_NOT_FOUND ? "the outcome or a goal" : words_mot(words, at->mot));
    table_cell(outline, table, words_owner(words, at->owner));
    table_count(outline, table, at->raised);
    table_count(outline, table, at->escalated);
    table_count(outline, table, at->repeated);
    table_count(outline, table, at->acknowledged);
    table_count(outline, table, at->cleared);
  }
}

void outline_control(Outline *outline, const ReviewExperience *experience)
{
  corrections(outline, experience);
  alerts(outline, experience);
}
