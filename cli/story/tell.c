/*
 * tell.c - an item in words: in those of the customer where the rules have them.
 */
#include "cli/story/story.h"

#include <ctype.h>
#include <string.h>

#define PRINTF(story, ...) arena_printf((story)->words.arena, __VA_ARGS__)

/* ---- names ---- */

static const char *title_of(const Story *story, const mot_trace *step)
{
  mot_mot_info mot;
  mot_experience_info experience;
  if (mot_rules_mot_info(story->rules, step->mot, &mot))
    return *mot.title ? PRINTF(story, "%s (%s)", mot.title, mot.name) : mot.name;
  if (!mot_rules_experience_info(story->rules, step->experience, &experience)) return "";
  return PRINTF(story, "the outcome of %s", *experience.title ? experience.title : experience.name);
}

static const char *experience_of(const Story *story, uint32_t experience)
{
  mot_experience_info info;
  if (!mot_rules_experience_info(story->rules, experience, &info)) return "";
  return *info.title ? info.title : info.name;
}

/* "16:31" of the same day, else with the day; "" for none. */
static const char *until(const Story *story, int64_t from, int64_t time)
{
  if (time == MOT_NO_TIME) return "";
  const char *at = story_same_day(story, from, time) ? story_clock(story, time) : story_time(story, time);
  return PRINTF(story, ", until %s", at);
}

/* ---- the source of a part ---- */

/* Without comments, and with one blank for any number of them. */
static const char *in_one_line(const Story *story, const char *text, size_t size)
{
  Buf buf;
  bool blank = false, comment = false, quoted = false;
  buf_init(&buf, story->words.arena);
  buf_text(&buf, "");
  for (size_t i = 0; i < size; i++) {
    comment = comment ? text[i] != '\n' : !quoted && text[i] == '#';
    if (comment || (!quoted && isspace((unsigned char)text[i]))) {
      blank = true;
      continue;
    }
    if (blank && buf.len > 0) buf_char(&buf, ' ');
    buf_char(&buf, text[i]);
    quoted = quoted != (text[i] == '"');
    blank = false;
  }
  return buf.data ? buf.data : "";
}

const char *story_part(const Story *story, uint32_t experience, uint32_t mot, uint32_t part)
{
  mot_part_info info;
  size_t size, column = 0;
  if (!mot_rules_part(story->rules, experience, mot, part, &info) || !info.place.file) return "";
  const char *line = mot_rules_source_line(story->rules, info.place.file, info.place.line, &size);
  if (!line) return "";
  for (uint32_t i = 1; i < info.place.column && column < size; i++)
    for (column++; column < size && (line[column] & 0xc0) == 0x80;) column++;
  return in_one_line(story, line + column, info.place.length); /* the text goes on behind the line */
}

/* ---- decisions ---- */

static const char *reason_word(mot_reason reason)
{
  switch (reason) {
  case MOT_VOIDED: return "called off";
  case MOT_SUPERSEDED: return "a newer one takes its place";
  case MOT_PAUSED: return "our clock still stood when the journey expired";
  case MOT_FAULT: return "a calculation failed";
  default: return "";
  }
}

/* An event produced it before a deadline of its own: not while the clock stood, nor since the journey ends. */
static bool has_spare(const Story *story, const StoryItem *item)
{
  const mot_trace *step = item->step;
  mot_experience_info info;
  bool early = step->outcome == MOT_PRODUCED && step->by_event && !item->standing && step->deadline != MOT_NO_TIME &&
    step->deadline > step->time && item->record && item->record->head.deadline != MOT_NO_TIME;
  return early && mot_rules_experience_info(story->rules, step->experience, &info) &&
    step->deadline - step->started < info.expires;
}

/* ", after 45 min, 3 h 15 min to spare" */
static const char *timing(const Story *story, const StoryItem *item)
{
  const mot_trace *step = item->step;
  const Words *words = &story->words;
  int64_t began = step->mot == MOT_NOT_FOUND ? step->started : step->opened;
  const char *took = item->at_once || began == MOT_NO_TIME ? ", at once"
    : PRINTF(story, ", after %s", words_length(words, step->time - began));
  return has_spare(story, item) ? PRINTF(story, "%s, %s to spare", took, words_length(words, step->deadline - step->time)) : took;
}

/* The reason, then what else the record knows. */
static const char *evidence(const Story *story, const StoryItem *item)
{
  const StoryRecord *record = item->record;
  const Words *words = &story->words;
  if (!record) return "";
  const char *all = record->because ? words_because(words, record->because) : "";
  if (record->group.type != MOT_TYPE_NONE)
    all = PRINTF(story, "%s%sby %s", all, *all ? "; " : "", words_value(words, &record->group));
  if (record->head.paused > 0)
    all = PRINTF(story, "%s%sour clock stood %s", all, *all ? "; " : "", words_length(words, record->head.paused));
  if (record->impact.type != MOT_TYPE_NONE)
    all = PRINTF(story, "%s%s%s", all, *all ? "; " : "", words_value(words, &record->impact));
  return all;
}

static StoryLine decided_line(const Story *story, const StoryItem *item)
{
  const mot_trace *step = item->step;
  const char *title = title_of(story, step);
  switch (step->outcome) {
  case MOT_PRODUCED:
    return (StoryLine){"✓", PRINTF(story, "produced: %s%s", title, timing(story, item)), evidence(story, item),
                       TONE_GOOD};
  case MOT_MISSED:
    return (StoryLine){"✗", PRINTF(story, "missed: %s%s", title, timing(story, item)), evidence(story, item),
                       TONE_BAD};
  default:
    return (StoryLine){"–", PRINTF(story, "void: %s", title), reason_word(step->reason), TONE_DIM};
  }
}

/* ---- journeys ---- */

static StoryLine started_line(const Story *story, const StoryItem *item)
{
  const StoryJourney *journey = &story->journeys.data[item->journey];
  mot_experience_info info;
  bool promises = mot_rules_experience_info(story->rules, journey->experience, &info) && *info.sco;
  const char *note = promises ? PRINTF(story, "“%s”", info.sco) : "";
  if (promises && item->step->deadline != MOT_NO_TIME)
    note = PRINTF(story, "%s, as it stands until %s", note, story_time(story, item->step->deadline));
  return (StoryLine){"▶", PRINTF(story, "%s begins", story_journey(story, journey)), note, TONE_PLAIN};
}

static StoryLine over_line(const Story *story, const StoryItem *item)
{
  static const char *const ends[] = {[MOT_ENDED] = "has come to its end", [MOT_END_VOID] = "is called off",
                                     [MOT_EXPIRED] = "is over: its time has passed"};
  const char *name = experience_of(story, item->step->experience);
  return (StoryLine){"■", PRINTF(story, "%s %s", name, ends[item->step->end]), "", TONE_PLAIN};
}

/* ---- alerts, corrections, sentiments ---- */

/* What an alert or a correction is about, and why; "" when its text says it. */
static const char *about(const Story *story, const StoryItem *item)
{
  mot_mot_info mot;
  const char *cause = item->record->cause, *title = title_of(story, item->step), *text = item->record->text;
  bool told = text && mot_rules_mot_info(story->rules, item->step->mot, &mot) && *mot.title && strstr(text, mot.title);
  if (told) return "";
  return cause ? PRINTF(story, "%s: %s", cause, title) : title;
}

static const char *cleared_by(const char *cause)
{
  if (!cause) return "";
  if (strcmp(cause, "decided") == 0) return "since it is decided";
  return strcmp(cause, "over") == 0 ? "since the journey is over" : cause;
}

static StoryLine alert_line(const Story *story, const StoryItem *item)
{
  const StoryRecord *record = item->record;
  const char *to = story_owner(story, record->owner), *text = record->text ? record->text : "";
  const char *severity = record->severity ? PRINTF(story, " (%s)", record->severity) : "";
  const char *colon = *text ? ": " : "";
  switch (record->state) {
  case MOT_STATE_RAISED:
    return (StoryLine){"!", PRINTF(story, "alert to %s%s%s%s", to, severity, colon, text),
                       about(story, item), TONE_BAD};
  case MOT_STATE_ESCALATED:
    return (StoryLine){"!", PRINTF(story, "alert goes up to %s%s%s%s", to, severity, colon, text), "", TONE_BAD};
  case MOT_STATE_REPEATED:
    return (StoryLine){"!", PRINTF(story, "alert again to %s%s%s%s", to, severity, colon, text), "", TONE_BAD};
  case MOT_STATE_ACKNOWLEDGED:
    return (StoryLine){"✓", PRINTF(story, "alert acknowledged%s%s", colon, text), "", TONE_PLAIN};
  default:
    return (StoryLine){"✓", PRINTF(story, "alert to %s cleared%s%s", to, colon, text), cleared_by(record->cause),
                       TONE_DIM};
  }
}

static StoryLine correction_line(const Story *story, const StoryItem *item)
{
  const StoryRecord *record = item->record;
  const char *by = story_owner(story, record->owner), *text = record->text ? record->text : "";
  switch (record->state) {
  case MOT_STATE_OPENED:
    return (StoryLine){"→", PRINTF(story, "to put right, by %s: %s%s", by, text, until(story, item->step->time, record->due)),
                       about(story, item), TONE_PLAIN};
  case MOT_STATE_DONE:
    return (StoryLine){"✓", PRINTF(story, "put right by %s: %s", by, text), "", TONE_GOOD};
  case MOT_STATE_OVERDUE:
    return (StoryLine){"✗", PRINTF(story, "not put right in time by %s: %s", by, text), "", TONE_BAD};
  default:
    return (StoryLine){"–", PRINTF(story, "nothing to put right any more: %s", text), "", TONE_DIM};
  }
}

static StoryLine sentiment_line(const Story *story, const StoryItem *item)
{
  const char *value = words_value(&story->words, &item->record->value);
  const char *name = experience_of(story, item->step->experience);
  return (StoryLine){"♥", PRINTF(story, "%s, for %s", value, name), "", TONE_PLAIN};
}

/* ---- all kinds ---- */

static StoryLine moment_line(const Story *story, const StoryItem *item)
{
  const mot_trace *step = item->step;
  const char *title = title_of(story, step), *till = until(story, step->time, step->deadline);
  switch (item->kind) {
  case ITEM_OPENED: return (StoryLine){"○", PRINTF(story, "opens: %s%s", title, till), "", TONE_PLAIN};
  case ITEM_TAKEN:
    return (StoryLine){"·", PRINTF(story, "counts for: %s", title),
                       story_part(story, step->experience, step->mot, step->part), TONE_PLAIN};
  case ITEM_DEADLINE: return (StoryLine){"↷", PRINTF(story, "new deadline: %s%s", title, till), "", TONE_PLAIN};
  case ITEM_PAUSED: return (StoryLine){"‖", PRINTF(story, "our clock stops: %s", title), "", TONE_PLAIN};
  case ITEM_RESUMED:
    return (StoryLine){"▷", PRINTF(story, "our clock runs again: %s%s", title, till),
                       PRINTF(story, "it stood %s", words_length(&story->words, item->stood)), TONE_PLAIN};
  case ITEM_RISK: return (StoryLine){"△", PRINTF(story, "at risk: %s%s", title, till), "", TONE_BAD};
  case ITEM_RISK_OVER: return (StoryLine){"▽", PRINTF(story, "no longer at risk: %s", title), "", TONE_PLAIN};
  default:
    return (StoryLine){"·", PRINTF(story, "%s: %s", title, step->holds ? "holds" : "fails"),
                       story_part(story, step->experience, step->mot, step->part), TONE_DIM};
  }
}

StoryLine story_line(const Story *story, const StoryItem *item)
{
  switch (item->kind) {
  case ITEM_STARTED: return started_line(story, item);
  case ITEM_DECIDED: return decided_line(story, item);
  case ITEM_OVER: return over_line(story, item);
  case ITEM_ALERT: return alert_line(story, item);
  case ITEM_CORRECTION: return correction_line(story, item);
  case ITEM_SENTIMENT: return sentiment_line(story, item);
  default: return moment_line(story, item);
  }
}
