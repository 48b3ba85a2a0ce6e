/*
 * fuzz_state.c - bytes as the saved state of engines: refused, or taken up and gone on with.
 *
 * What guards the content (magic, version, rules, checksum) is set right first; of a file that
 * begins as a state does, what stands between is taken.
 */
#define XXH_STATIC_LINKING_ONLY
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "compiler/compile.h"
#include "runtime/decode.h"
#include "runtime/state.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define DAY INT64_C(86400000000)

static const char RULES[] =
  "module fuzz.state\n"
  "stream { type from \"type\" time from \"time\" as unix_s zone \"Europe/Amsterdam\" }\n"
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
  "    on at risk 10 min before deadline { alert ben }\n  }\n"
  "  mot Kept \"kept\" {\n    manager ben\n    producers care by last(Call).agent else \"nobody\"\n"
  "    when Call then Login within 1 d or no Call for 3 d\n    impact sum(Call.wait) / 1 s * 1 EUR when missed\n"
  "    smoto Call by (start.due else start.at) + 1 d and exactly 2 Call within 3 open days of Work or Login before Call\n"
  "    void on 2 Login within 1 min\n  }\n"
  "  mot Heard \"heard\" {\n    manager ben\n    producers care\n    when missed Quick\n    smoto Call within 4 h\n  }\n"
  "}\n"
  "experience Care \"Care\" {\n"
  "  for customer\n  manager ana\n  starts on 2 Login within 1 d or Login then Call within 2 h\n"
  "  sco \"well\" Call within 9 h\n  expires after 40 d\n"
  "}\n";

/* ---- the rules, once ---- */

typedef struct World {
  Mem mem;
  Arena arena;
  jmp_buf oom;
  Module module;
  const Plan *plan;
  const RecordForms *forms;
} World;

static void make_world(World *world)
{
  ModuleError error;
  mem_init(&world->mem, NULL, NULL);
  world->mem.oom = &world->oom;
  if (setjmp(world->oom) != 0) abort();
  arena_init(&world->arena, &world->mem);
  Compile *compile = ARENA_NEW(&world->arena, Compile);
  compile_init(compile, &world->arena, (Loader){0});
  uint32_t file = sources_add(&compile->sources, "fuzz.mot", RULES, sizeof RULES - 1);
  if (!compile_file(compile, file, false)) {
    for (const Diag *diag = compile->diags.first; diag; diag = diag->next) puts(diag_info[diag->code].code);
    abort();
  }
  char *bytes = arena_alloc(&world->arena, compile->module.len);
  memcpy(bytes, compile->module.data, compile->module.len);
  if (!module_read(&world->module, bytes, compile->module.len, &world->arena, &error)) abort();
  world->plan = plan_new(&world->module, &world->arena);
  world->forms = record_forms_new(world->plan, &world->arena);
}

/* ---- a state of the bytes ---- */

enum { HEAD = 24, SUM = 16 };

static uint8_t *framed(const World *world, const uint8_t *data, size_t size, size_t *ret_size)
{
  const MetaRow *meta = world->module.Meta;
  XXH128_canonical_t canonical;
  if (size >= HEAD + SUM && memcmp(data, "mots", 4) == 0) {
    data += HEAD;
    size -= HEAD + SUM;
  }
  uint8_t *state = malloc(HEAD + size + SUM);
  uint32_t version = STATE_VERSION;
  memcpy(state, "mots", 4);
  memcpy(state + 4, &version, 4);
  memcpy(state + 8, &meta->hash_low, 8);
  memcpy(state + 16, &meta->hash_high, 8);
  if (size) memcpy(state + HEAD, data, size);
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(state, HEAD + size));
  memcpy(state + HEAD + size, canonical.digest, SUM);
  *ret_size = HEAD + size + SUM;
  return state;
}

/* ---- going on ---- */

typedef struct Going {
  World *world;
  EngineOptions options;
  Engine *engine;
} Going;

static void tell(const World *world, Outcomes *outcomes)
{
  for (uint32_t i = 0; i < outcomes->count; i++) {
    const OutcomeRecord *record = outcomes_get(outcomes, i);
    size_t room = outcome_json_room(world->forms, record);
    char *line = malloc(room);
    if (outcome_json(world->forms, record, line) > room) abort();
    free(line);
  }
  outcomes_clear(outcomes);
}

static void drop(void *user, const Reject *reject)
{
  (void)user, (void)reject;
}

/* Events of every kind at and after `now`, in seconds. */
static void decode_some(World *world, EventBatch *batch, int64_t now)
{
  static const char *const kinds[] = {
    "{\"type\":\"Order\",\"time\":%lld,\"customer\":\"c%d\",\"order\":\"o2\",\"plan\":\"max\",\"price\":3}\n",
    "{\"type\":\"Call\",\"time\":%lld,\"customer\":\"c%d\",\"wait\":9,\"score\":1.5,\"ok\":true,\"agent\":\"x\"}\n",
    "{\"type\":\"Login\",\"time\":%lld,\"customer\":\"c%d\"}\n",
  };
  char text[4096 + DECODE_SPARE] = "";
  size_t len = 0;
  Position at = {0};
  for (int i = 0; i < 18; i++)
    len += (size_t)snprintf(text + len, 4096 - len, kinds[i % 3], (long long)(now + i * i * 40), i % 2 + 1);
  Decoder *decoder = decoder_new(world->plan, &world->mem);
  decode_json(decoder, text, len, &at, batch, drop, NULL);
  decoder_free(decoder);
}

static void go_on(Going *going, int64_t horizon)
{
  World *world = going->world;
  Outcomes outcomes;
  EventBatch batch;
  EventData *events[18];
  outcomes_init(&outcomes, &world->mem);
  batch_init(&batch, &world->mem);
  engine_open(going->engine, horizon, &outcomes);
  tell(world, &outcomes);
  decode_some(world, &batch, horizon / 1000000 + 1);
  for (uint32_t i = 0; i < batch.count; i++) events[i] = batch_event(&batch, i);
  engine_run(going->engine, events, batch.count, horizon + DAY, &outcomes);
  tell(world, &outcomes);
  engine_run(going->engine, events, 0, horizon + 100 * DAY, &outcomes);
  tell(world, &outcomes);
  batch_free(&batch);
  outcomes_free(&outcomes);
}

static bool forget(void *user, const void *bytes, size_t size)
{
  uint8_t *sum = user;
  for (size_t i = 0; i < size; i++) *sum ^= ((const uint8_t *)bytes)[i];
  return true;
}

static void save(const Going *going)
{
  uint8_t sum = 0;
  StateOut *out = state_out_new(going->world->plan, &going->world->mem, forget, &sum);
  state_put_engines(out, &going->engine, 1);
  if (!state_out_end(out)) abort();
  state_out_free(out);
}

static void take_up(World *world, const uint8_t *state, size_t size, unsigned shard)
{
  StateIn in;
  Going going = {.world = world, .options = {.shard = shard, .shards = 2, .kinds = (1u << OUTCOME_KINDS) - 1}};
  going.engine = engine_new(world->plan, &world->mem, &going.options);
  if (!state_in_begin(&in, world->plan, state, size)) abort();
  int64_t horizon = state_get_i64(&in);
  state_get_engine(&in, going.engine, horizon);
  bool sound = state_in_end(&in);
  if (sound == (in.error[0] != '\0')) abort(); /* a refusal has a reason */
  if (sound) {
    save(&going);
    if (horizon > -DAY && horizon < 50000 * DAY) go_on(&going, horizon);
    save(&going);
  }
  engine_free(going.engine);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static World world;
  size_t state_size;
  if (!world.plan) make_world(&world);
  if (setjmp(world.oom) != 0) abort();
  uint8_t *state = framed(&world, data, size, &state_size);
  take_up(&world, state, state_size, 0);
  take_up(&world, state, state_size, 1);
  free(state);
  return 0;
}
