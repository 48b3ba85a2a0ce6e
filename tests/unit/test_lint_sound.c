/*
 * test_lint_sound.c - what the lints say can never or will always hold, tried
 * out on every event there can be.
 *
 * Random conditions over a few small fields are written into one file; each is
 * computed for all values of the fields.  A finding that one of them disproves
 * is a failure; missing one is not, but most must be found.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mot/mot.h"

/* ---- random conditions ---- */

enum { NODES = 64, CONDITIONS = 400, TEXT_MAX = 1 << 20 };

typedef enum Kind { NUMBER, DIFFERENCE, SUM, FIELDS, COLOUR, TRUTH, NOT, AND, OR } Kind;
typedef enum Compare { LT, LE, GT, GE, EQ, NE } Compare;
static const char *const compare_text[] = {"<", "<=", ">", ">=", "==", "!="};
static const char *const colours[] = {"red", "green", "blue"};

typedef struct Node {
  Kind kind;
  Compare compare;
  int field, constant, left, right;
} Node;

typedef struct Condition {
  Node nodes[NODES];
  int count, root;
} Condition;

typedef struct Values { /* of the fields of one event */
  int number[2], colour, truth[2];
} Values;

static uint64_t seed;

static int below(int limit)
{
  seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (int)((seed >> 33) % (uint64_t)limit);
}

static int grow(Condition *c, int depth)
{
  Node node = {.kind = (Kind)below(NOT), .compare = (Compare)below(6), .field = below(2)};
  node.constant = below(7) - 1;
  if (depth > 0) {
    node.kind = below(6) == 0 ? NOT : below(5) < 3 ? AND : OR;
    node.left = grow(c, depth - 1 - below(2));
    if (node.kind != NOT) node.right = grow(c, depth - 1 - below(2));
  }
  if (node.kind == COLOUR) node.constant = below(3);
  if (node.kind == COLOUR) node.compare = below(2) ? EQ : NE;
  c->nodes[c->count] = node;
  return c->count++;
}

static bool compared(int a, Compare compare, int b)
{
  switch (compare) {
  case LT: return a < b;
  case LE: return a <= b;
  case GT: return a > b;
  case GE: return a >= b;
  case EQ: return a == b;
  default: return a != b;
  }
}

static bool holds(const Condition *c, int at, const Values *v)
{
  const Node *n = &c->nodes[at];
  switch (n->kind) {
  case NUMBER: return compared(v->number[n->field], n->compare, n->constant);
  case DIFFERENCE: return compared(v->number[0] - v->number[1], n->compare, n->constant);
  case SUM: return compared(v->number[0] + v->number[1], n->compare, n->constant);
  case FIELDS: return compared(v->number[0], n->compare, v->number[1]);
  case COLOUR: return compared(v->colour, n->compare, n->constant);
  case TRUTH: return v->truth[n->field];
  case NOT: return !holds(c, n->left, v);
  case AND: return holds(c, n->left, v) && holds(c, n->right, v);
  default: return holds(c, n->left, v) || holds(c, n->right, v);
  }
}

/* ---- as text ---- */

typedef struct Out {
  char text[TEXT_MAX];
  size_t len;
} Out;

static void put(Out *out, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  out->len += (size_t)vsnprintf(out->text + out->len, TEXT_MAX - out->len, format, args);
  va_end(args);
  assert_true(out->len < TEXT_MAX);
}

static void put_node(Out *out, const Condition *c, int at)
{
  const Node *n = &c->nodes[at];
  const char *compare = compare_text[n->compare], *joint = n->kind == AND ? "and" : "or";
  switch (n->kind) {
  case NUMBER: put(out, "%c %s %d", "ab"[n->field], compare, n->constant); break;
  case DIFFERENCE: put(out, "a - b %s %d", compare, n->constant); break;
  case SUM: put(out, "a + b %s %d", compare, n->constant); break;
  case FIELDS: put(out, "a %s b", compare); break;
  case COLOUR: put(out, "colour %s %s", compare, colours[n->constant]); break;
  case TRUTH: put(out, "%s", n->field ? "new" : "old"); break;
  case NOT:
    put(out, "not (");
    put_node(out, c, n->left);
    put(out, ")");
    break;
  default:
    put(out, "(");
    put_node(out, c, n->left);
    put(out, ") %s (", joint);
    put_node(out, c, n->right);
    put(out, ")");
    break;
  }
}

/* ---- all events there can be ---- */

enum { EVENTS = 5 * 5 * 3 * 2 * 2 };

static Values values_of(int number)
{
  Values v;
  v.number[0] = number % 5;
  v.number[1] = number / 5 % 5;
  v.colour = number / 25 % 3;
  v.truth[0] = number / 75 % 2;
  v.truth[1] = number / 150;
  return v;
}

static int count_held(const Condition *c)
{
  int held = 0;
  for (int i = 0; i < EVENTS; i++) {
    Values v = values_of(i);
    held += holds(c, c->root, &v);
  }
  return held;
}

/* ---- the comparison ---- */

static Condition conditions[CONDITIONS];
static Out out;

static void write_all(void)
{
  out.len = 0;
  put(&out, "event E { customer: id  a: int in 0..4  b: int in 0..4  colour: one of red, green, blue"
            "  old: bool  new: bool }\n");
  for (int i = 0; i < CONDITIONS; i++) {
    conditions[i].count = 0;
    conditions[i].root = grow(&conditions[i], 1 + below(4));
    put(&out, "metric M%d = count(E where (", i);
    put_node(&out, &conditions[i], conditions[i].root);
    put(&out, ")) per 1 d\n");
  }
}

/* Whether the finding is about a whole condition, and what it says of it: 0 never, EVENTS always. */
static bool whole(const mot_finding *finding, int *ret_claim)
{
  bool never = strcmp(finding->code, "W0410") == 0;
  if ((!never && strcmp(finding->code, "W0411") != 0) || strstr(finding->message, "this part")) return false;
  *ret_claim = never ? 0 : EVENTS;
  return true;
}

static int judge(mot_compilation *c)
{
  int right = 0, claim;
  mot_finding finding;
  for (size_t i = 0; mot_finding_get(c, i, &finding); i++) {
    if (!whole(&finding, &claim)) continue;
    int held = count_held(&conditions[finding.place.line - 2]);
    if (held != claim) fail_msg("line %u, %d of %d: %s", finding.place.line, held, EVENTS, finding.message);
    right++;
  }
  return right;
}

static int count_decided(void)
{
  int decided = 0;
  for (int i = 0; i < CONDITIONS; i++) {
    int held = count_held(&conditions[i]);
    decided += held == 0 || held == EVENTS;
  }
  return decided;
}

static void no_event_disproves_a_finding(void **state)
{
  (void)state;
  for (uint64_t round = 1; round <= 5; round++) {
    seed = round;
    write_all();
    mot_compilation *c = NULL;
    mot_compile_options options = {.check_only = true};
    assert_int_equal(mot_compile_text("random.mot", out.text, out.len, &options, &c, NULL), MOT_OK);
    int right = judge(c), decided = count_decided();
    if (right < decided * 8 / 10) fail_msg("%d of %d found", right, decided);
    mot_compilation_free(c);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(no_event_disproves_a_finding),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
