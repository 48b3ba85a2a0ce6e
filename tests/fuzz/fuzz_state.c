/*
 * fuzz_state.c - bytes as the saved state of a run: refused, or taken up and gone on with.
 *
 * What guards the content (magic, version, rules, checksum) is set right first; of a file that
 * begins as a state does, what stands between is taken.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "mot/mot.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define DAY INT64_C(86400000000)

static const char RULES[] =
  "module fuzz.state\n"
  "stream { type from \"type\" time from \"time\" as unix_s\n"
  "  id from \"id\" dedupe 1 d lateness 1 h zone \"Europe/Amsterdam\" }\n"
  "calendar Work { zone \"Europe/Amsterdam\" open mon..fri 08:00..18:00 }\n"
  "event Order { customer: id  order: id  plan: one of basic, max  price: money(EUR)  due: time? }\n"
  "event Call { customer: id  wait: duration(s)  score: number  ok: bool  agent: id? }\n"
  "event Login { customer: id }\n"
  "owner ana \"Ana\" { role experience_manager  contact \"mailto:ana@acme.example\" }\n"
  "owner ben \"Ben\" { role mot_manager  contact \"mailto:ben@acme.example\" }\n"
  "team care \"Care\" { role producer  lead ben  contact \"mailto:c@acme.example\" }\n"
  "experience Sale \"A sale\" {\n"
  "  for customer, order\n  manager ana\n  starts on Order\n"
  "  sco \"it works\" Call where ok within 20 d and at most 3 Login within 20 d\n"
  "  void on 3 Login within 1 h\n  ends on no Login for 20 d\n  expires after 30 d\n  value start.price * 2\n"
  "  mot Quick \"quick\" {\n    manager ben\n    producers care by opening.plan\n    when Order as o\n"
  "    smoto Call where (wait < 60 s and count(Call) in last 7 d < 20 and (avg(Call.score) in last 5 else 0) < 9)\n"
  "          within 2 h then Call within 1 h of Work then at most 2 Login within 1 d\n"
  "    pause on Login until Call\n"
  "    target 90% over 7 d min 1 cases\n    target p90(took) <= 1 h over 1 d min 1 cases\n"
  "    on breached { alert ana for 1 d escalate after 2 d } on met { alert ana }\n"
  "    on at risk 10 min before deadline { alert ben }\n"
  "    on at risk 90 min before deadline { alert care for 20 min hold 2 h escalate after 10 min repeat every 7 min }\n"
  "    on at risk last(Call).wait else 5 min before deadline { alert ana \"{customer}\" }\n"
  "    on missed {\n      alert care escalate after 1 d repeat every 2 d\n"
  "      correct \"call\" by care within 1 h of Work until Call where wait > (o.price / 1 EUR) * 1 s or at least 2 Login within 1 d\n"
  "      correct \"tell\" by ben within 3 h\n    }\n"
  "    on void { correct \"ask\" by ben within 1 open days of Work }\n  }\n"
  "  mot Kept \"kept\" {\n    manager ben\n    producers care by last(Call).agent else \"nobody\"\n"
  "    when Call then Login within 1 d or no Call for 3 d\n    impact sum(Call.wait) / 1 s * 1 EUR when missed\n"
  "    smoto Call by (start.due else start.at) + 1 d and exactly 2 Call within 3 open days of Work or Login before Call\n"
  "    void on 2 Login within 1 min\n  }\n"
  "  on missed { alert ana  correct \"mend\" by care within 2 d until Login }\n"
  "  mot Heard \"heard\" {\n    manager ben\n    producers care\n    when missed Quick\n    smoto Call within 4 h\n  }\n"
  "}\n"
  "experience Care \"Care\" {\n"
  "  for customer\n  manager ana\n  starts on 2 Login within 1 d or Login then Call within 2 h\n"
  "  sco \"well\" Call within 9 h\n  expires after 40 d\n"
  "}\n"
  "metric Waits = p95(Call.wait) by agent per 1 h groups 2\n"
  "metric Who = distinct(Call.agent) / count(Call) over 1 d step 1 h\n"
  "metric Mean = avg(Call.score) over 2 d\nmetric Most = max(Order.price) by plan per 1 w\n"
  "nsat Star \"Star\" for Sale {\n  goal Whole \"whole\" { owner ana measure sco target 90% over 30 d min 1 cases\n"
  "    goal Soon \"soon\" each plan { owner ben measure Quick target 80% over 3 d min 1 cases on breached { alert ben } }\n"
  "    goal Calm \"calm\" { owner ben measure disruption target <= 10% over 7 d min 1 cases }\n  }\n}\n";


static void need(bool holds)
{
  if (!holds) abort();
}

/* ---- the rules, once ---- */

enum { HEAD = 24, SUM = 16 };

typedef struct World {
  mot_rules *rules;
  uint8_t head[HEAD]; /* of every state of these rules */
  size_t seen;
} World;

static bool keep_head(void *user, const void *bytes, size_t size)
{
  World *world = user;
  const uint8_t *at = bytes;
  for (size_t i = 0; i < size && world->seen < HEAD; i++) world->head[world->seen++] = at[i];
  return true;
}

static void make_world(World *world)
{
  mot_compilation *c = NULL;
  mot_run *run = NULL;
  size_t size;
  need(mot_compile_text("fuzz.mot", RULES, sizeof RULES - 1, NULL, &c, NULL) == MOT_OK);
  const void *module = mot_module(c, &size);
  need(mot_rules_load(module, size, NULL, &world->rules, NULL) == MOT_OK);
  mot_compilation_free(c);
  need(mot_run_open(world->rules, NULL, &run, NULL) == MOT_OK);
  need(mot_run_save(run, keep_head, world) == MOT_OK);
  mot_run_free(run);
}

/* ---- a state of the bytes ---- */

static uint8_t *framed(const World *world, const uint8_t *data, size_t size, size_t *ret_size)
{
  XXH128_canonical_t canonical;
  if (size >= HEAD + SUM && memcmp(data, "mots", 4) == 0) {
    data += HEAD;
    size -= HEAD + SUM;
  }
  uint8_t *state = malloc(HEAD + size + SUM);
  memcpy(state, world->head, HEAD);
  if (size) memcpy(state + HEAD, data, size);
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(state, HEAD + size));
  memcpy(state + HEAD + size, canonical.digest, SUM);
  *ret_size = HEAD + size + SUM;
  return state;
}

/* ---- going on ---- */

static void take(mot_run *run)
{
  const char *lines;
  size_t size;
  do need(mot_run_take_json(run, &lines, &size) == MOT_OK);
  while (size > 0);
}

/* Events of every kind at and after `now`, in seconds. */
static void feed(mot_run *run, int64_t now)
{
  static const char *const kinds[] = {
    "{\"type\":\"Order\",\"time\":%lld,\"customer\":\"c%d\",\"order\":\"o2\",\"plan\":\"max\",\"price\":3}\n",
    "{\"type\":\"Call\",\"time\":%lld,\"customer\":\"c%d\",\"wait\":9,\"score\":1.5,\"ok\":true,\"id\":\"x\"}\n",
    "{\"type\":\"Login\",\"time\":%lld,\"customer\":\"c%d\"}\n",
    "{\"type\":\"Other\",\"time\":%lld,\"id\":\"y%d\"}\n",
    "{\"type\":\"std.alert.Acknowledged\",\"time\":%lld,\"alert\":\"Sale.Quick:missed/c%d/o2/2026-03-02T10:00:00.000Z\"}\n",
    "{\"type\":\"std.correction.Done\",\"time\":%lld,\"correction\":\"Sale.Quick:missed-3/c%d/o2/2026-03-02T10:00:00.000Z\"}\n",
  };
  char line[256];
  mot_run_source(run, "more", MOT_NDJSON);
  for (int i = 0; i < 18; i++) {
    int len = snprintf(line, sizeof line, kinds[i % (int)(sizeof kinds / sizeof *kinds)], (long long)(now + i * i * 400), i % 2 + 1);
    need(mot_run_feed(run, line, (size_t)len) == MOT_OK);
  }
}

static bool forget(void *user, const void *bytes, size_t size)
{
  uint8_t *sum = user;
  for (size_t i = 0; i < size; i++) *sum ^= ((const uint8_t *)bytes)[i];
  return true;
}

static void save(mot_run *run)
{
  uint8_t sum = 0;
  take(run);
  need(mot_run_save(run, forget, &sum) == MOT_OK);
}

static void look(mot_run *run)
{
  mot_target_standing target;
  mot_goal_standing goal;
  mot_event_stats event;
  mot_value who;
  const char *type;
  size_t size;
  uint64_t events;
  for (uint32_t i = 0; mot_run_target(run, i, &target); i++) need(target.state <= MOT_STATE_BREACHED);
  for (uint32_t i = 0; mot_run_goal(run, i, &goal); i++)
    for (size_t k = 0; mot_run_individual(run, i, k, &who, &goal); k++) need(goal.state <= MOT_STATE_BREACHED);
  for (uint32_t i = 0; mot_run_event_stats(run, i, &event);) i++;
  for (size_t i = 0; mot_run_unmapped(run, i, &type, &size, &events); i++) need(size <= 256 && events > 0);
}

static void go_on(mot_run *run)
{
  mot_run_stats stats;
  look(run);
  mot_run_get_stats(run, &stats);
  save(run);
  feed(run, stats.clock / 1000000 + 1);
  need(mot_run_flush(run) == MOT_OK);
  look(run);
  save(run);
  mot_run_get_stats(run, &stats);
  bool ordinary = stats.clock > -20000 * DAY && stats.clock < 50000 * DAY;
  need(mot_run_end(run, ordinary ? stats.clock + 100 * DAY : MOT_NO_TIME) == MOT_OK);
  take(run);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static World world;
  const mot_run_options options = {
    .records = MOT_RECORDS_DEFAULT | MOT_RECORD_OPEN | MOT_RECORD_MEASURE | MOT_RECORD_SENTIMENT,
  };
  mot_run *run = NULL;
  mot_error error;
  size_t state_size;
  if (!world.rules) make_world(&world);
  uint8_t *state = framed(&world, data, size, &state_size);
  mot_status status = mot_run_load(world.rules, &options, state, state_size, &run, &error);
  need(status == MOT_OK || (status == MOT_INVALID && error.text[0] != '\0')); /* a refusal has a reason */
  if (status == MOT_OK) {
    go_on(run);
    mot_run_free(run);
  }
  free(state);
  return 0;
}
