/*
 * words_sentence.c - what figures say, in sentences.
 */
#include "report/words.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

/* "41 %": enough for a sentence. */
static const char *round_share(const Words *words, double share)
{
  bool edge = share < 0.01 || share > 0.99;
  return edge ? words_share(words, share) : arena_printf(words->arena, "%.0f %%", 100 * share);
}

/* "28", "2.8": points without their sign. */
static const char *round_points(const Words *words, double difference)
{
  double points = 100 * fabs(difference);
  return arena_printf(words->arena, points < 10 ? "%.1f" : "%.0f", points);
}

static const char *with_capital(const Words *words, const char *text)
{
  return arena_printf(words->arena, "%c%s", toupper((unsigned char)text[0]), text + 1);
}

/* ---- two groups ---- */

typedef struct Groups {
  const char *first, *second;  /* "when it was missed", "when all were produced" */
  const char *hit;             /* "the outcome failed" */
  const char *one, *many;      /* what is counted */
  const char *none;            /* "no sign that this moment matters" */
} Groups;

static const char *both_shares(const Words *words, const Comparison *comparison, const Groups *groups)
{
  return arena_printf(words->arena, "%s, %s in %s of %s, against %s of %s %s", groups->first, groups->hit,
                      round_share(words, comparison->share[0].value),
                      words_many(words, comparison->cases[0], groups->one, groups->many),
                      round_share(words, comparison->share[1].value), words_count(words, comparison->cases[1]),
                      groups->second);
}

/* So few that a single one makes the difference. */
enum { FEW = 10 };

static const char *care(const Comparison *comparison)
{
  return comparison->cases[0] < FEW || comparison->cases[1] < FEW ? " Few cases: look at each of them." : "";
}

static const char *times_as_often(const Words *words, Estimate ratio)
{
  if (!ratio.known || ratio.value < 1.05) return "";
  return arena_printf(words->arena, ", %.1f times as often", ratio.value);
}

/* Empty without cases in both groups. */
static const char *compared(const Words *words, const Comparison *comparison, const Groups *groups)
{
  if (comparison->effect == EFFECT_UNKNOWN) return "";
  const char *shares = both_shares(words, comparison, groups);
  const char *interval = words_points_interval(words, comparison->difference);
  if (comparison->effect == EFFECT_NONE)
    return arena_printf(words->arena, "%s: %s (95 %% interval of the difference %s points).",
                        with_capital(words, groups->none), shares, interval);
  return arena_printf(words->arena, "%s: %s points %s (95 %% interval %s)%s.%s", with_capital(words, shares),
                      round_points(words, comparison->difference.value),
                      comparison->effect == EFFECT_MORE ? "more" : "less", interval,
                      times_as_often(words, comparison->ratio), care(comparison));
}

const char *words_contribution(const Words *words, const ReviewMot *mot)
{
  const Comparison *cases = &mot->contribution;
  if (cases->effect != EFFECT_UNKNOWN)
    return compared(words, cases, &(Groups){"when it was missed", "when all were produced", "the outcome failed",
                                            "journey", "journeys", "no sign that this moment matters"});
  if (cases->cases[0] + cases->cases[1] == 0) return "Cannot be judged: no journey with this moment was decided.";
  const char *journeys = words_many(words, cases->cases[0] + cases->cases[1], "journey", "journeys");
  if (cases->cases[0] == 0) return arena_printf(words->arena, "Cannot be judged: it was never missed in %s.", journeys);
  return arena_printf(words->arena, "Cannot be judged: it was missed in each of %s that had it.", journeys);
}

const char *words_flow(const Words *words, const ReviewFlow *flow)
{
  const char *from = words_mot(words, flow->from), *to = words_mot(words, flow->to);
  return compared(words, &flow->misses, &(Groups){
    .first = arena_printf(words->arena, "after “%s” was missed", from), .second = "after it was produced",
    .hit = arena_printf(words->arena, "“%s” was missed", to), .one = "case", .many = "cases",
    .none = "no sign of a connection"});
}

const char *words_flows_looked_at(const Words *words, const ReviewExperience *experience)
{
  uint32_t looked_at = experience->flows_looked_at, shown = experience->flow_count;
  if (looked_at == 0) return "No two moments of truth follow each other often enough to compare them.";
  return arena_printf(words->arena, "%s looked at, %s with a clear association; about %.0f would show one by chance alone.",
                      words_many(words, looked_at, "pair was", "pairs were"),
                      shown ? words_count(words, shown) : "none", ceil(0.05 * looked_at));
}

const char *words_circles(const Words *words, const ReviewCircles *circles)
{
  return compared(words, &circles->after, &(Groups){
    "after a missed moment", "after a produced one", "the same customer's next was missed", "case", "cases",
    "no sign that misses breed misses"});
}

const char *words_longest(const Words *words, const ReviewExperience *experience, const ReviewStreaks *streaks)
{
  const ReviewExperienceRules *rules = &words->review->rules->experiences[experience->experience];
  if (streaks->longest == 0 || !streaks->longest_key) return "";
  return arena_printf(words->arena, "longest: %s in a row (%s %.*s)", words_count(words, streaks->longest),
                      rules->info.keys ? rules->keys[0] : "", (int)streaks->longest_key_size, streaks->longest_key);
}

const char *words_team_change(const Words *words, const ReviewHandovers *handovers)
{
  return compared(words, &handovers->team, &(Groups){
    "where the team changes", "where it does not", "the next moment was missed", "case", "cases",
    "no sign that handovers between teams matter"});
}

const char *words_individual_change(const Words *words, const ReviewHandovers *handovers)
{
  return compared(words, &handovers->individual, &(Groups){
    "where the person changes", "where it is the same", "the next moment was missed", "case", "cases",
    "no sign that handovers between persons matter"});
}

const char *words_corrected(const Words *words, const ReviewCorrections *corrections)
{
  return compared(words, &corrections->corrected, &(Groups){
    "where a miss was corrected", "where it was not", "the outcome failed", "journey", "journeys",
    "no sign that corrections save outcomes"});
}

const char *words_timely(const Words *words, const ReviewCorrections *corrections)
{
  return compared(words, &corrections->timely, &(Groups){
    "where all corrections were in time", "where one was not", "the outcome failed", "journey", "journeys",
    "no sign that it matters whether they are in time"});
}

/* ---- now and before ---- */

const char *words_change(const Words *words, const ReviewChange *change)
{
  if (words->review->previous.from == MOT_NO_TIME) return "";
  const char *before = words_span(words, words->review->previous);
  if (!change->previous.rate.known) return arena_printf(words->arena, "nothing to compare with in %s", before);
  const char *rate = words_estimate(words, change->previous.rate);
  if (!change->difference.known) return arena_printf(words->arena, "%s: %s", before, rate);
  const char *interval = words_points_interval(words, change->difference);
  if (change->effect != EFFECT_MORE && change->effect != EFFECT_LESS)
    return arena_printf(words->arena, "no clear change against %s (%s; 95 %% interval of the change %s points)", before,
                        rate, interval);
  return arena_printf(words->arena, "%s points %s than in %s (%s; 95 %% interval of the change %s points)",
                      round_points(words, change->difference.value),
                      change->effect == EFFECT_MORE ? "more" : "less", before, rate, interval);
}

const char *words_headline(const Words *words, const ReviewExperience *experience)
{
  const ReviewRate *sco = &experience->sco;
  uint64_t cases = sco->produced + sco->missed;
  if (cases == 0)
    return arena_printf(words->arena, "No outcome was decided; %s.",
                        words_many(words, experience->live, "journey is under way", "journeys are under way"));
  const char *change = words_change(words, &experience->sco_change);
  return arena_printf(words->arena, "%s of %s reached the outcome: %s (95 %% interval %s)%s%s.",
                      words_count(words, sco->produced), words_many(words, cases, "journey", "journeys"),
                      words_estimate(words, sco->rate), words_interval(words, sco->rate), *change ? ", " : "", change);
}

/* ---- the rest ---- */

const char *words_sentiment(const Words *words, const ReviewSentiment *sentiment)
{
  const Estimate *d = &sentiment->difference;
  if (sentiment->said == 0) return "";
  const char *mean = arena_printf(words->arena, "Mean of %s: %s.",
                                  words_many(words, sentiment->said, "answer", "answers"), words_mean(words, sentiment->mean));
  if (!d->known) return mean;
  const char *after = arena_printf(
    words->arena, "%s After produced moments customers said %s, after missed ones %s", mean,
    words_number(words, sentiment->after_produced.value), words_number(words, sentiment->after_missed.value));
  if (!d->bounded) return arena_printf(words->arena, "%s.", after);
  const char *low = words_number(words, d->low), *high = words_number(words, d->high);
  if (d->low <= 0 && d->high >= 0)
    return arena_printf(words->arena, "%s: no clear difference (95 %% interval %s to %s).", after, low, high);
  return arena_printf(words->arena, "%s: %s %s (95 %% interval %s to %s).", after,
                      words_number(words, fabs(d->value)), d->value < 0 ? "lower" : "higher", low, high);
}

const char *words_landscape(const Words *words, const ReviewLandscape *landscape)
{
  if (landscape->events == 0) return "";
  return arena_printf(words->arena, "%s of %s belong to a moment of truth; %s that no rule uses.",
                      words_estimate(words, landscape->share), words_many(words, landscape->events, "event", "events"),
                      words_many(words, landscape->unmapped, "is of a type", "are of types"));
}

const char *words_margin(const Words *words, const ReviewMargin *margin)
{
  uint64_t misses = margin->missed_at_deadline + margin->missed_before;
  if (misses == 0) return "";
  return arena_printf(words->arena, "%s of %s: nothing came in time; %s: settled sooner, by something that happened",
                      words_count(words, margin->missed_at_deadline), words_many(words, misses, "miss", "misses"),
                      words_count(words, margin->missed_before));
}

const char *words_act(const Words *words, const ReviewAct *act)
{
  const char *misses = words_many(words, act->misses, "miss", "misses");
  if (act->weight <= 0) return arena_printf(words->arena, "%s; no sign so far that they cost outcomes", misses);
  return arena_printf(words->arena, "%s × %s points: about %s", misses,
                      round_points(words, act->weight / (double)act->misses),
                      words_many(words, (uint64_t)ceil(act->weight), "outcome", "outcomes"));
}

/* The length of an instant in UTC at the beginning of a text, as reasons write it; 0: there is none. */
static size_t instant_at(const char *text)
{
  static const char pattern[] = "dddd-dd-ddTdd:dd:dd";
  size_t size = 0;
  for (; pattern[size]; size++)
    if (pattern[size] == 'd' ? !isdigit((unsigned char)text[size]) : text[size] != pattern[size]) return 0;
  if (text[size] == '.') size += 1 + strspn(text + size + 1, "0123456789");
  return text[size] == 'Z' ? size + 1 : 0;
}

const char *words_because(const Words *words, const char *because)
{
  Buf buf;
  buf_init(&buf, words->arena);
  buf_text(&buf, "");
  while (*because) {
    size_t size = instant_at(because);
    int64_t time;
    if (size && mot_rules_time(words->rules, arena_copy(words->arena, because, size), &time)) {
      buf_text(&buf, words_instant(words, time));
      because += size;
    } else {
      buf_char(&buf, *because++);
    }
  }
  return buf.data ? buf.data : "";
}

const char *words_keys(const Words *words, const ReviewExperience *experience, const ReviewStory *story)
{
  const ReviewExperienceRules *rules = &words->review->rules->experiences[experience->experience];
  const char *all = "";
  for (size_t i = 0; i < story->key_count; i++)
    all = arena_printf(words->arena, "%s%s%s %s", all, *all ? ", " : "", rules->keys[i], story->keys[i]);
  return all;
}

const char *words_data(const Words *words)
{
  const mot_run_stats *run = &words->review->run;
  const char *events = words_many(words, run->events - run->passed, "event", "events");
  const char *all = arena_printf(words->arena, "%s, up to %s", events, words_instant(words, run->clock));
  if (run->rejected) all = arena_printf(words->arena, "%s; %s rejected", all, words_count(words, run->rejected));
  if (run->late) all = arena_printf(words->arena, "%s; %s too late", all, words_count(words, run->late));
  return all;
}

const char *words_gap(const Words *words)
{
  const Review *review = words->review;
  uint64_t length = (uint64_t)review->period.to - (uint64_t)review->period.from;
  uint64_t gap = (uint64_t)review->period.to - (uint64_t)review->run.clock;
  if (review->run.clock >= review->period.to || gap <= length / 50) return "";
  return arena_printf(words->arena, "The data end at %s, before the period does: what was due later is undecided.",
                      words_instant(words, review->run.clock));
}

const char *words_early(const Words *words)
{
  const Review *review = words->review;
  bool compared = review->previous.from != MOT_NO_TIME;
  int64_t from = compared ? review->previous.from : review->period.from, begin = review->earliest;
  if (begin == MOT_NO_TIME || begin < from || begin >= review->period.to) return "";
  const char *effect = begin >= review->period.from ? "may seem to rise within it"
                                                    : "the change against the period before may seem greater than it is";
  return arena_printf(words->arena, "The data begin on %s%s. A miss is often decided sooner than a production: rates of "
                      "the first weeks are too low, and %s.", words_day(words, begin),
                      begin >= review->period.from ? ", within the period" : "", effect);
}

const char *words_note(size_t index)
{
  static const char *const notes[] = {
    "What stands side by side shows an association, not a cause: something else may bring about both. It says where "
    "to look.",
    "Ranges are 95 % intervals, each for its one figure; few cases make them wide. More, less, rising and falling "
    "are said only where chance alone is unlikely.",
    "A moment counts in the period in which it is decided. Void ones (called off, replaced by a newer one) are neither "
    "produced nor missed.",
    "Targets, goals and what is open stand as they did when the period ended.",
    "A low rate of a few moments is no verdict on a person.",
  };
  return index < sizeof notes / sizeof *notes ? notes[index] : NULL;
}
