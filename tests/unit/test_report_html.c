/*
 * test_report_html.c - what the HTML page is made of: texts made safe, scales, names in lines; and sinks that
 * take no more.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/svg.h"
#include "report/session.h"
#include "tests/support/running.h"

/* ---- what is written, kept ---- */

typedef struct Kept {
  char *bytes;
  size_t size, calls, refuse;  /* the call that is refused; 0: none */
} Kept;

static bool keep(void *user, const char *bytes, size_t size)
{
  Kept *kept = user;
  assert_true(kept->refuse == 0 || kept->calls < kept->refuse); /* nothing comes after a refusal */
  if (++kept->calls == kept->refuse) return false;
  kept->bytes = realloc(kept->bytes, kept->size + size + 1);
  memcpy(kept->bytes + kept->size, bytes, size);
  kept->size += size;
  kept->bytes[kept->size] = '\0';
  return true;
}

typedef struct Writing {
  Mem mem;
  jmp_buf oom;
  Kept kept;
  Html html;
} Writing;

static Writing *writing(void)
{
  Writing *at = calloc(1, sizeof *at);
  mem_init(&at->mem, NULL, NULL);
  at->mem.oom = &at->oom;
  arena_init(&at->html.arena, &at->mem);
  at->html.sink = (RenderSink){keep, &at->kept};
  at->html.words = (Words){.arena = &at->html.arena};
  return at;
}

static void written(Writing *at)
{
  arena_free(&at->html.arena);
  free(at->kept.bytes);
  free(at);
}

/* ---- texts ---- */

static void whatever_means_something_to_a_browser_is_replaced(void **state)
{
  static const struct { const char *text, *safe; } cases[] = {
    {"plain é ✓", "plain é ✓"},
    {"<script>", "&lt;script&gt;"},
    {"a & b", "a &amp; b"},
    {"\"it's\"", "&quot;it&#39;s&quot;"},
    {"&lt;", "&amp;lt;"},
    {"a\nb\tc", "a b c"},
    {"bell \a", "bell \xef\xbf\xbd"},
    {"\xef\xbf\xbf", "\xef\xbf\xbd"},
    {"97.4 %", "97.4\xc2\xa0%"},
    {"", ""},
  };
  (void)state;
  Writing *at = writing();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_string_equal(html_safe(&at->html, cases[i].text), cases[i].safe);
  written(at);
}

static void long_texts_are_cut_between_characters(void **state)
{
  (void)state;
  Writing *at = writing();
  assert_string_equal(html_cut(&at->html, "abcdef", 6, 3), "abc…");
  assert_string_equal(html_cut(&at->html, "abc", 3, 3), "abc");
  assert_string_equal(html_cut(&at->html, "ééé", 6, 2), "éé…");
  assert_string_equal(html_cut(&at->html, "<<<<", 4, 2), "&lt;&lt;…");
  assert_string_equal(html_cut(&at->html, "a\xe2\x9c", 3, 0), "a"); /* the rest of a character is missing */
  written(at);
}

static void names_stand_in_two_lines_at_most(void **state)
{
  (void)state;
  Writing *at = writing();
  svg_name(&at->html, 0, 0, "You come when you said", 30);
  html_raw(&at->html, "|");
  svg_name(&at->html, 0, 0, "You come when you said", 15);
  html_raw(&at->html, "|");
  svg_name(&at->html, 0, 0, "abcdefghijklmnopqrstuvwxyz", 8);
  html_flush(&at->html);
  assert_non_null(strstr(at->kept.bytes, ">You come when you said</text>|"));
  assert_non_null(strstr(at->kept.bytes, ">You come when</text>"));
  assert_non_null(strstr(at->kept.bytes, ">you said</text>|"));
  assert_non_null(strstr(at->kept.bytes, ">abcdefgh</text>"));
  assert_non_null(strstr(at->kept.bytes, ">ijklmno…</text>"));
  written(at);
}

/* ---- scales ---- */

static void scales_have_round_steps_and_hold_their_values(void **state)
{
  static const struct { double low, high, first, step, last; } cases[] = {
    {0, 100, 0, 25, 100}, {71, 97, 70, 10, 100}, {0, 9, 0, 2.5, 10}, {-120, 40, -150, 50, 50},
    {0.2, 0.9, 0.2, 0.2, 1}, {0, 0, 0, 0.25, 1}, {5000, 5000, 5000, 125, 5500}, {0, 3e9, 0, 1e9, 3e9},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    SvgScale scale = svg_scale(cases[i].low, cases[i].high, 4);
    assert_true(scale.first <= cases[i].low + 1e-9 && scale.last >= cases[i].high - 1e-9);
    assert_true(scale.count >= 2 && scale.count <= 8);
    if (i == 6) continue; /* how wide nothing is does not matter */
    assert_true(fabs(scale.first - cases[i].first) < 1e-9);
    assert_true(fabs(scale.step - cases[i].step) < 1e-9);
    assert_true(fabs(scale.last - cases[i].last) < 1e-9);
  }
}

static void numbers_at_scales_are_short(void **state)
{
  static const struct { double number; const char *text; } cases[] = {
    {0, "0"}, {-0.0, "0"}, {2.5, "2.5"}, {9999, "9999"}, {12000, "12k"}, {-1.5e6, "−1.5M"}, {4e9, "4G"}};
  (void)state;
  Writing *at = writing();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_string_equal(svg_number(&at->html, cases[i].number), cases[i].text);
  written(at);
}

/* ---- pages ---- */

static const char rules_text[] =
  "event Asked { customer: id } event Answered { customer: id }\n"
  "owner ana \"Ana\" { role experience_manager } team desk \"Desk\" { lead ana role producer }\n"
  "experience Help \"Help\" { for customer manager ana starts on Asked expires after 10 d\n"
  "  sco \"I am helped\" Answered within 3 d\n"
  "  mot Fast \"You answer fast\" { manager ana producers desk when Asked smoto Answered within 2 h } }\n";
static const char events_text[] =
  "{\"type\":\"Asked\",\"time\":\"2026-03-02T09:00:00Z\",\"customer\":\"c1\"}\n"
  "{\"type\":\"Answered\",\"time\":\"2026-03-02T10:00:00Z\",\"customer\":\"c1\"}\n"
  "{\"type\":\"Asked\",\"time\":\"2026-03-05T09:00:00Z\",\"customer\":\"c2\"}\n";

/* The page of these events, to a sink that refuses a call. */
static RenderStatus page(const mot_rules *rules, size_t events_size, Kept *kept)
{
  mot_run_options options = {.records = REVIEW_RECORDS};
  ReviewAsk ask = {{MOT_NO_TIME, MOT_NO_TIME}, {MOT_NO_TIME, MOT_NO_TIME}, MOT_NOT_FOUND, NULL};
  mot_run *run;
  assert_int_equal(mot_run_open(rules, &options, &run, NULL), MOT_OK);
  ReviewSession *session = review_open(rules, &ask);
  mot_run_source(run, "events", MOT_NDJSON);
  mot_run_feed(run, events_text, events_size);
  mot_run_end(run, MOT_NO_TIME);
  assert_true(review_take(session, run));
  RenderOptions how = {.rules = rules};
  RenderStatus status = render_html(review_close(session, run), &how, (RenderSink){keep, kept});
  review_free(session);
  mot_run_free(run);
  return status;
}

static void a_page_is_whole_and_the_same_each_time(void **state)
{
  (void)state;
  Kept first = {0}, again = {0};
  mot_rules *rules = running_rules(rules_text);
  assert_int_equal(page(rules, strlen(events_text), &first), RENDER_DONE);
  assert_int_equal(page(rules, strlen(events_text), &again), RENDER_DONE);
  assert_string_equal(first.bytes, again.bytes);
  assert_memory_equal(first.bytes, "<!DOCTYPE html>", 15);
  assert_string_equal(first.bytes + first.size - 8, "</html>\n");
  free(first.bytes);
  free(again.bytes);
  mot_rules_free(rules);
}

static void a_review_of_nothing_has_a_page_too(void **state)
{
  (void)state;
  Kept kept = {0};
  mot_rules *rules = running_rules(rules_text);
  assert_int_equal(page(rules, 0, &kept), RENDER_DONE);
  assert_non_null(strstr(kept.bytes, "</html>"));
  free(kept.bytes);
  mot_rules_free(rules);
}

static void a_sink_that_takes_no_more_is_left_alone(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(rules_text);
  RenderStatus status = RENDER_REFUSED;
  for (size_t refuse = 1; status == RENDER_REFUSED; refuse++) {
    Kept kept = {.refuse = refuse};
    status = page(rules, strlen(events_text), &kept);
    assert_true(status == RENDER_REFUSED || kept.calls < refuse);
    free(kept.bytes);
  }
  assert_int_equal(status, RENDER_DONE);
  mot_rules_free(rules);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(whatever_means_something_to_a_browser_is_replaced),
    cmocka_unit_test(long_texts_are_cut_between_characters),
    cmocka_unit_test(names_stand_in_two_lines_at_most),
    cmocka_unit_test(scales_have_round_steps_and_hold_their_values),
    cmocka_unit_test(numbers_at_scales_are_short),
    cmocka_unit_test(a_page_is_whole_and_the_same_each_time),
    cmocka_unit_test(a_review_of_nothing_has_a_page_too),
    cmocka_unit_test(a_sink_that_takes_no_more_is_left_alone),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
