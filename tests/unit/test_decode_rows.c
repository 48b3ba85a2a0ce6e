/* Values handed in typed: the same checks as for those of text; and memory that is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/arena_fixture.h"
#include "tests/support/decoding.h"
#include "tests/support/failing_alloc.h"

static const char kinds[] =
  "module t.decode\n"
  "stream { type from \"type\" time from \"time\" id from \"id\" dedupe 1 d zone \"UTC\" }\n"
  "event A from \"a\" { customer: id  n: int in 0..9?  b: bool?  s: text?  x: number?  "
  "l: one of red, blue = \"B\"? }\n"
  "owner ana \"Ana\" { role experience_manager contact \"mailto:a@b.example\" }\n"
  "owner ben \"Ben\" { role mot_manager contact \"mailto:a@b.example\" }\n"
  "team desk \"Desk\" { lead ben role producer }\n"
  "experience Exp \"Exp\" { for customer manager ana starts on A\n"
  "  sco \"x\" A within 1 d expires after 9 d\n"
  "  mot M \"m\" { manager ben producers desk target 90% over 1 d when A smoto A within 2 h } }\n";

enum { CUSTOMER, N, B, S, X, L };

static void values_make_a_row(void **state)
{
  Decoding *decoding = decoding_new(*state, kinds);
  Decoder *decoder = decoding->decoder;
  Reject reject;
  row_begin(decoder, &decoding->batch, 0, 5);
  row_int(decoder, CUSTOMER, 17);
  row_int(decoder, N, 9);
  row_int(decoder, B, 1);
  row_text(decoder, S, "a\0b", 3);
  row_number(decoder, X, 0.5);
  row_text(decoder, L, "B", 1);
  row_id(decoder, "e1", 2);
  assert_true(row_end(decoder, 3, &reject));
  row_begin(decoder, &decoding->batch, MOT_NONE, 6);
  row_int(decoder, N, 1);
  assert_true(row_end(decoder, 4, &reject));
  const EventData *row = batch_event(&decoding->batch, 0);
  assert_int_equal(row->arrival, 3);
  assert_true(row->hash == key_hash("17", 2));
  assert_memory_equal(event_text(row, row->values[S].s), "a\0b", 3);
  assert_int_equal(row->values[S].s.len, 3);
  assert_int_equal(row->values[L].i, 1);
  assert_int_equal(batch_event(&decoding->batch, 1)->event, MOT_NONE);
  assert_int_equal(decoder_counts(decoder).unmapped, 1);
  decoding_free(decoding);
}

typedef void (*Fill)(Decoder *decoder);

static void no_customer(Decoder *decoder) { row_int(decoder, N, 1); }
static void out_of_range(Decoder *decoder) { row_int(decoder, N, 10); }
static void not_listed(Decoder *decoder) { row_text(decoder, L, "blue", 4); }
static void no_such_number(Decoder *decoder) { row_int(decoder, L, 2); }
static void no_bool(Decoder *decoder) { row_int(decoder, B, 2); }
static void no_text(Decoder *decoder) { row_number(decoder, S, 2); }
static void text_for_int(Decoder *decoder) { row_text(decoder, N, "x", 1); }
static void not_finite(Decoder *decoder) { row_number(decoder, X, 1e308 * 10); }

static void twice(Decoder *decoder)
{
  row_int(decoder, N, 1);
  row_int(decoder, N, 1);
  row_int(decoder, B, 7);
}

static void the_first_mistake_is_told(void **state)
{
  static const struct {
    Fill fill;
    RejectReason reason;
    const char *field;
  } samples[] = {
    {no_customer, REJECT_MISSING, "customer"}, {out_of_range, REJECT_RANGE, "n"},
    {not_listed, REJECT_VALUE, "l"},           {no_such_number, REJECT_VALUE, "l"},
    {no_bool, REJECT_RANGE, "b"},              {no_text, REJECT_TYPE, "s"},
    {text_for_int, REJECT_TYPE, "n"},          {not_finite, REJECT_RANGE, "x"},
    {twice, REJECT_DUPLICATE, "n"},
  };
  Decoding *decoding = decoding_new(*state, kinds);
  for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
    Reject reject;
    row_begin(decoding->decoder, &decoding->batch, 0, 5);
    samples[i].fill(decoding->decoder);
    assert_false(row_end(decoding->decoder, 7, &reject));
    assert_int_equal(reject.reason, samples[i].reason);
    assert_string_equal(reject.field, samples[i].field);
    assert_int_equal(reject.line, 8);
  }
  assert_int_equal(decoding->batch.count, 0);
  decoding_free(decoding);
}

/* ---- memory ---- */

typedef struct Refused {
  const Plan *plan;
  const char *text;
} Refused;

static void decode_all(Mem *mem, const Refused *refused, Decoder **decoder, EventBatch *batch)
{
  Position at = {0};
  char copy[1000] = {0};
  size_t used, size = strlen(refused->text);
  Reject reject;
  memcpy(copy, refused->text, size);
  *decoder = decoder_new(refused->plan, mem);
  decode_json(*decoder, copy, size, &at, batch, NULL, NULL);
  memcpy(copy, "type,time,customer\na,2026-03-02,c\n", 34);
  assert_true(decode_csv_header(*decoder, copy, 34, &used, &reject));
  decode_csv(*decoder, copy + used, 34 - used, &at, batch, NULL, NULL);
}

/* Whatever request is refused, control leaves through mem->oom and everything can be given back. */
static void memory_may_be_refused_anywhere(void **state)
{
  Decoding *decoding = decoding_new(*state, kinds);
  Refused refused = {plan_new(&decoding->module, *state),
                     "{\"type\":\"a\",\"time\":\"2026-03-02\",\"customer\":\"c\\n1\","
                     "\"s\":\"some text\"}\n{}\n"};
  bool through = false;
  for (size_t fail_at = 1; !through; fail_at++) {
    FailingAlloc alloc;
    Mem mem;
    jmp_buf oom;
    Decoder *decoder = NULL;
    EventBatch batch;
    failing_alloc_init(&alloc, fail_at);
    mem_init(&mem, failing_resize, &alloc);
    mem.oom = &oom;
    batch_init(&batch, &mem);
    Decoder *volatile *kept = (Decoder *volatile *)&decoder;
    if (setjmp(oom) == 0) {
      decode_all(&mem, &refused, (Decoder **)kept, &batch);
      through = true;
      assert_int_equal(batch.count, 2);
    }
    decoder_free(*kept);
    batch_free(&batch);
    assert_int_equal(alloc.pieces, 0);
  }
  decoding_free(decoding);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(values_make_a_row),
    ARENA_TEST(the_first_mistake_is_told),
    ARENA_TEST(memory_may_be_refused_anywhere),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
