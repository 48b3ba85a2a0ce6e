/*
 * about.c - times, events and journeys in words.
 */
#include "cli/story/story.h"

#include <stdio.h>
#include <string.h>

#define PRINTF(story, ...) arena_printf((story)->words.arena, __VA_ARGS__)

/* ---- times ---- */

/* 0: Monday; a Gregorian date. */
static int weekday(int year, int month, int day)
{
  static const int shifts[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
  int y = month < 3 ? year - 1 : year;
  return (y + y / 4 - y / 100 + y / 400 + shifts[month - 1] + day + 6) % 7;
}

const char *story_day(const Story *story, int64_t time)
{
  static const char *const days[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
  static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July", "August",
                                       "September", "October", "November", "December"};
  const char *text = words_day(&story->words, time);
  int year, month, day;
  if (sscanf(text, "%d-%d-%d", &year, &month, &day) != 3 || year < 1 || month < 1 || month > 12) return text;
  return PRINTF(story, "%s %d %s %d", days[weekday(year, month, day)], day, months[month - 1], year);
}

/* Fractions of seconds are left out. */
const char *story_time(const Story *story, int64_t time)
{
  char text[64];
  if (time == MOT_NO_TIME) return WORDS_NOTHING;
  mot_rules_local_time(story->rules, time, text, sizeof text);
  return PRINTF(story, "%.*s", (int)strcspn(text, "."), text);
}

const char *story_clock(const Story *story, int64_t time)
{
  const char *text = story_time(story, time), *clock = strchr(text, ' ');
  return clock ? clock + 1 : "00:00";
}

const char *story_elapsed(const Story *story, const StoryHead *head)
{
  if (head->journey == MOT_NOT_FOUND) return "";
  int64_t since = head->time - story->journeys.data[head->journey].started;
  return since > 0 ? PRINTF(story, "+%s", words_length(&story->words, since)) : "";
}

/* ---- events ---- */

const char *story_head(const Story *story, const StoryHead *head)
{
  const char *name = mot_rules_event_name(story->rules, head->event);
  if (name) return name;
  for (uint32_t i = head->first; i < head->first + head->count; i++)
    if (story->items.data[i].kind != ITEM_SENTIMENT) return "by the clock";
  return "the customer says how it was";
}

const char *story_fields(const Story *story, const StoryHead *head)
{
  const char *all = "";
  for (uint32_t i = 0; i < head->field_count; i++) {
    const StoryField *field = &head->fields[i];
    const char *value = field->value.type == MOT_TYPE_TIME ? story_time(story, field->value.integer)
      : words_value(&story->words, &field->value);
    all = PRINTF(story, "%s%s%s %s", all, i > 0 ? ", " : "", field->name, value);
  }
  return all;
}

const char *story_unheard(const StoryHead *head)
{
  if (head->event == MOT_NOT_FOUND || head->count > 0) return "";
  return head->reached == 0 ? "no journey was there for it" : "nobody was waiting for it";
}

/* ---- journeys ---- */

const char *story_tag(const Story *story, uint32_t journey)
{
  return story->journeys.len < 2 || journey == MOT_NOT_FOUND ? "" : PRINTF(story, "[%u] ", journey + 1);
}

const char *story_journey(const Story *story, const StoryJourney *journey)
{
  mot_experience_info info;
  if (!mot_rules_experience_info(story->rules, journey->experience, &info)) return "";
  const char *all = *info.title ? info.title : info.name;
  for (size_t i = 1; i < journey->key_count; i++)
    all = PRINTF(story, "%s, %s %s", all, mot_rules_key_name(story->rules, journey->experience, i), journey->keys[i]);
  return all;
}

static const char *sco_sentence(const Story *story, const StoryJourney *journey)
{
  mot_experience_info info;
  if (!mot_rules_experience_info(story->rules, journey->experience, &info) || !*info.sco) return "";
  if (!journey->sco) {
    if (journey->over != MOT_NO_TIME) return PRINTF(story, "“%s”", info.sco);
    if (journey->sco_deadline == MOT_NO_TIME) return PRINTF(story, "“%s”: still open", info.sco);
    return PRINTF(story, "“%s”: still open, until %s", info.sco, story_time(story, journey->sco_deadline));
  }
  static const char *const outcomes[] = {[MOT_PRODUCED] = "produced", [MOT_MISSED] = "missed", [MOT_VOID] = "void"};
  const mot_trace *step = journey->sco->step;
  return PRINTF(story, "“%s”: %s after %s", info.sco, outcomes[step->outcome],
                words_length(&story->words, step->time - step->started));
}

static const char *life_sentence(const Story *story, const StoryJourney *journey)
{
  static const char *const ends[] = {[MOT_ENDED] = "ended", [MOT_END_VOID] = "was called off", [MOT_EXPIRED] = "expired"};
  const char *from = story_time(story, journey->started);
  if (journey->over == MOT_NO_TIME) return PRINTF(story, "From %s on; it goes on.", from);
  return PRINTF(story, "From %s to %s: it %s after %s.", from, story_time(story, journey->over), ends[journey->end],
                words_length(&story->words, journey->over - journey->started));
}

static const char *moments_sentence(const Story *story, const StoryJourney *journey)
{
  const StoryRecord *record = journey->record;
  if (!record) return "";
  const char *all = PRINTF(story, "Moments: %u produced, %u missed", record->produced, record->missed);
  if (record->voided > 0) all = PRINTF(story, "%s, %u void", all, record->voided);
  if (record->disruption >= 0)
    all = PRINTF(story, "%s; disruption %s", all, words_percentage(&story->words, record->disruption));
  if (record->impact.type != MOT_TYPE_NONE)
    all = PRINTF(story, "%s; value %s", all, words_value(&story->words, &record->impact));
  return PRINTF(story, "%s.", all);
}

const char *const *story_figures(const Story *story, const StoryJourney *journey)
{
  const char *all[] = {sco_sentence(story, journey), life_sentence(story, journey), moments_sentence(story, journey)};
  const char **ret = ARENA_ARRAY(story->words.arena, const char *, sizeof all / sizeof *all + 1);
  unsigned count = 0;
  for (unsigned i = 0; i < sizeof all / sizeof *all; i++)
    if (*all[i]) ret[count++] = all[i];
  return ret;
}

const char *story_title(const Story *story)
{
  const char *name = *story->key_name ? story->key_name : "key";
  return PRINTF(story, "The story of %s %s", name, *story->key ? story->key : "(empty)");
}

const char *story_summary(const Story *story)
{
  const Words *words = &story->words;
  uint32_t journeys = 0, events = 0;
  for (uint32_t i = 0; i < story->journeys.len; i++) journeys += !story->journeys.data[i].hidden;
  for (uint32_t i = 0; i < story->heads.len; i++) events += story->heads.data[i].event != MOT_NOT_FOUND;
  const char *all = PRINTF(story, "%s, %s", words_many(words, journeys, "journey", "journeys"),
                           words_many(words, events, "event", "events"));
  if (story->heads.len > 0)
    all = PRINTF(story, "%s, from %s to %s", all, story_time(story, story->heads.data[0].time),
                 story_time(story, story->heads.data[story->heads.len - 1].time));
  if (story->left_out > 0)
    all = PRINTF(story, "%s; %s before that left out", all, words_many(words, story->left_out, "step", "steps"));
  return all;
}

const char *story_owner(const Story *story, uint32_t owner)
{
  mot_owner_info info;
  if (!mot_rules_owner_info(story->rules, owner, &info)) return "nobody";
  return *info.title ? info.title : info.name;
}

static const char *open_act(const Story *story, const StoryRecord *record, const char *tag)
{
  const char *who = story_owner(story, record->owner), *text = record->text ? record->text : "";
  if (record->kind == MOT_RECORD_CORRECTION && record->due != MOT_NO_TIME)
    return PRINTF(story, "%sto put right, by %s: %s, %s %s", tag, who, text,
                  record->state == MOT_STATE_OVERDUE ? "overdue since" : "until", story_time(story, record->due));
  if (record->kind == MOT_RECORD_CORRECTION) return PRINTF(story, "%sto put right, by %s: %s", tag, who, text);
  return PRINTF(story, "%salert to %s (%s), %s%s%s", tag, who, record->severity ? record->severity : "",
                mot_state_name(record->state), *text ? ": " : "", text);
}

const char *story_open(const Story *story, const StoryRecord *record)
{
  mot_mot_info mot;
  const mot_record *head = &record->head;
  bool moment = mot_rules_mot_info(story->rules, head->mot, &mot);
  const char *tag = story_tag(story, story_find(story, head->experience, head->started, head->journey));
  if (record->kind != MOT_RECORD_OPEN) return open_act(story, record, tag);
  const char *title = !moment ? "the outcome" : *mot.title ? PRINTF(story, "%s (%s)", mot.title, mot.name) : mot.name;
  const char *since = story_time(story, head->opened);
  if (head->deadline == MOT_NO_TIME) return PRINTF(story, "%s%s, since %s", tag, title, since);
  return PRINTF(story, "%s%s, since %s, until %s", tag, title, since, story_time(story, head->deadline));
}
