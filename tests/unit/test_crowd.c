/* A partition key with very many journeys: the same comes of each as if it were alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/running.h"

#define PEOPLE "manager ben producers desk target 90% over 1 d"

static const char rules_text[] =
  "stream { type from \"type\" time from \"time\" as unix_s }\n"
  "event Placed { shop: id order: id } event Asked { shop: id order: id } event Paid { shop: id order: id? }\n"
  "event Shut { shop: id }\n"
  "owner ana \"Ana\" { role experience_manager } owner ben \"Ben\" { role mot_manager }\n"
  "team desk \"Desk\" { lead ben role producer }\n"
  "experience Orders \"Orders\" { for shop, order manager ana starts on Placed expires after 9 h\n"
  "  sco \"It is paid\" Paid within 3 h  ends on Paid\n"
  "  mot Fast \"Fast\" { " PEOPLE " when Asked smoto Paid within 10 min }\n"
  "  mot Again \"Again\" { " PEOPLE " when missed Fast smoto Paid within 20 min } }\n"
  "experience Twice \"Twice\" { for shop, order manager ana starts on Asked then Asked within 1 h\n"
  "  sco \"Quiet\" no Asked within 20 min  expires after 2 h }\n"
  "experience Shops \"Shops\" { for shop manager ana starts on Shut expires after 3 h sco \"Sold\" Paid within 1 h\n"
  "  mot Told \"Told\" { " PEOPLE " when missed Orders.Fast smoto Paid within 2 min } }\n";

enum { EVENTS = 4000, ORDERS = 700 };

typedef struct Said {
  int second;
  const char *kind;
  int order;      /* -1: of the whole shop */
} Said;

/* Most are of one order; `apart`: none is of all. */
static void say(Said *events, unsigned seed, bool apart)
{
  static const char *const kinds[] = {"Placed", "Asked", "Asked", "Paid"};
  int second = 1772445600;
  for (int i = 0; i < EVENTS; i++) {
    second += (int)below(&seed, 5) * 2;
    bool all = !apart && below(&seed, 500) == 0;
    int newest = i * ORDERS / EVENTS + 1, oldest = newest > 300 ? newest - 300 : 0;
    int order = oldest + (int)below(&seed, (unsigned)(newest - oldest));
    const char *kind = all ? below(&seed, 3) ? "Shut" : "Paid" : kinds[below(&seed, 4)];
    events[i] = (Said){second, kind, all ? -1 : order};
  }
}

/* `apart`: each order is in a shop of its own. */
static void write_events(Buf *buf, const Said *events, bool apart)
{
  for (int i = 0; i < EVENTS; i++) {
    const Said *event = &events[i];
    buf_printf(buf, "{\"type\":\"%s\",\"time\":%d,\"shop\":\"%04d\"", event->kind, event->second,
               apart ? event->order : 0);
    if (event->order >= 0) buf_printf(buf, ",\"order\":\"o%d\"", event->order);
    buf_text(buf, "}\n");
  }
}

static char *run(Arena *arena, const mot_rules *rules, const Said *events, bool apart, bool saved)
{
  Feeding feeding = {.format = MOT_NDJSON, .threads_after = 1};
  Buf stream;
  buf_init(&stream, arena);
  write_events(&stream, events, apart);
  feeding.options.records = MOT_RECORD_MOMENT | MOT_RECORD_SCO | MOT_RECORD_JOURNEY | MOT_RECORD_OPEN;
  feeding.save_at = saved ? stream.len / 2 : 0;
  return running_all(rules, stream.data, stream.len, &feeding);
}

static int by_text(const void *a, const void *b)
{
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The lines without the number of the shop, sorted. */
static size_t lines_of(char *text, char **ret, size_t room)
{
  static const char before[] = "\"shop\":\"";
  size_t count = 0;
  for (char *line = strtok(text, "\n"); line && count < room; line = strtok(NULL, "\n")) {
    char *shop = strstr(line, before);
    if (shop) memset(shop + strlen(before), '-', 4);
    if (shop) ret[count++] = line;
  }
  qsort(ret, count, sizeof *ret, by_text);
  return count;
}

static void test_orders_of_one_shop_are_as_if_each_had_its_own(void **state)
{
  enum { ROOM = 8 * EVENTS };
  static Said events[EVENTS];
  static char *one[ROOM], *many[ROOM];
  mot_rules *rules = running_rules(rules_text);
  for (unsigned seed = 1; seed <= 4; seed++) {
    say(events, seed, true);
    char *crowded = run(*state, rules, events, false, false), *apart = run(*state, rules, events, true, false);
    size_t count = lines_of(crowded, one, ROOM);
    assert_true(count > EVENTS / 4);
    assert_int_equal(count, lines_of(apart, many, ROOM));
    for (size_t i = 0; i < count; i++) assert_string_equal(one[i], many[i]);
    free(crowded);
    free(apart);
  }
  mot_rules_free(rules);
}

static void test_a_crowd_that_was_saved_goes_on(void **state)
{
  static Said events[EVENTS];
  mot_rules *rules = running_rules(rules_text);
  for (unsigned seed = 1; seed <= 4; seed++) {
    say(events, seed, false);
    char *whole = run(*state, rules, events, false, false), *saved = run(*state, rules, events, false, true);
    assert_string_equal(whole, saved);
    free(whole);
    free(saved);
  }
  mot_rules_free(rules);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(test_orders_of_one_shop_are_as_if_each_had_its_own),
    ARENA_TEST(test_a_crowd_that_was_saved_goes_on),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
