/*
 * format.h - the module: what the compiler writes and the run reads.
 *
 * A module is one position-independent block of little-endian bytes:
 *
 *   +--------+------------------+---------+---------+-- … --+---------+
 *   | Header | SectionEntry × n | strings | table 0 |       | code    |
 *   +--------+------------------+---------+---------+-- … --+---------+
 *
 * Every section begins at a multiple of 8.  It holds no pointers, can be
 * mapped, copied and sent, and is read in place once it has been verified.
 * Strings: u32 count, then count + 1 u32 offsets, then the bytes, each text
 * followed by NUL; text 0 is empty.
 */
#ifndef MOT_BYTECODE_FORMAT_H
#define MOT_BYTECODE_FORMAT_H

#include <stdint.h>

enum { MOT_FORMAT_VERSION = 4, MOT_NONE = 0xffffffff };

typedef struct ModuleHeader {
  char magic[4];        /* "motc" */
  uint32_t version;     /* MOT_FORMAT_VERSION */
  uint64_t size;        /* of the whole block */
  uint64_t checksum;    /* XXH3-64 of everything after this field */
  uint32_t sections;    /* SECTION_COUNT */
  uint32_t flags;       /* 0 */
} ModuleHeader;

typedef struct SectionEntry {
  uint64_t offset;      /* from the start of the block */
  uint32_t count;       /* rows (strings, instructions) */
  uint32_t row;         /* bytes of a row; 0 for strings */
} SectionEntry;

typedef struct Instr {
  uint8_t op, a;
  uint16_t b, c, d;
} Instr;

/* -- listed values -- */
#define LIST(N) typedef enum N##_enum {
#define ITEM(N, V, text) N##_##V,
#define DONE(N) N##_END } N##_enum;
#include "bytecode/enums.def"
#undef LIST
#undef ITEM
#undef DONE

typedef enum FunctionKind {
#define FUNC(N, text, contexts, results, synopsis) FUNCTION_##N,
#include "bytecode/functions.def"
#undef FUNC
  FUNCTION_END
} FunctionKind;

typedef enum Opcode {
#define OP(N, text, a, b, c, d, contexts, synopsis) OP_##N,
#include "bytecode/ops.def"
#undef OP
  OP_COUNT
} Opcode;

typedef enum Builtin {
#define BUILTIN(ID, name, result, parameters, needs, synopsis) BUILTIN_##ID,
#include "bytecode/builtins.def"
  BUILTIN_END
} Builtin;

/* -- rows -- */
#define TABLE(N, text) typedef struct N##Row {
#define STR(f) uint32_t f;
#define REF(f, T) uint32_t f;
#define OPT(f, T) uint32_t f;
#define RANGE(f, T) uint32_t f, f##_count;
#define FUN(f, K) uint32_t f;
#define OPTFUN(f, K) uint32_t f;
#define ENUM(f, E) uint32_t f;
#define FLAG(f) uint32_t f;
#define U32(f) uint32_t f;
#define I64(f) int64_t f;
#define F64(f) double f;
#define PAD(f) uint32_t f;
#define END(N) } N##Row;
#include "bytecode/tables.def"
#include "bytecode/tables_undef.h"

typedef enum SectionId {
  SECTION_STRINGS,
#define TABLE(N, text) SECTION_##N,
#include "bytecode/tables_only.h"
  SECTION_CODE,
  SECTION_COUNT
} SectionId;

/*
 * Records.  The engine's own part stands first in a record and is opaque to
 * code; slots begin behind it, in moments of a pausable MOT MOT_PAUSE_HEADER bytes
 * further.  Records are at most MOT_RECORD_MAX bytes.
 *
 * A record begins as zeroes, but for `deadline` and `matched` slots of steps
 * (INT64_MAX: not armed, no match yet).  T48 slots hold microseconds since the
 * start of the journey.
 *
 * Instants and lengths of time are microseconds.  A length in a row may be of any
 * size: an instant plus a length saturates at INT64_MAX, which is never.
 *
 * Arming.  An OPENING (for the SCO: START) function settles the predicates and
 * arms the bounds of first steps; a first step without a bound needs no arming,
 * the journey's end and expiry bound it.  The clock of a later step starts when
 * LEAF_HIT takes the step before it: the engine does that for constant bounds,
 * the code behind LEAF_HIT (LEAF_ARM_I) for dynamic ones.  Patterns alike, with
 * P_STEP and P_ARM_I; a dynamic window of a count is armed before each P_COUNT.
 *
 * Deciding.  An open leaf that is settled keeps the instant of its sentence in the first of its steps'
 * `deadline` slots, which are no longer needed, or in `settled`.  While the clock of a moment stands, the
 * deadline of a `within` step is what is left of it.  The ring of a COUNT pattern and the `store` of a QUIET one
 * are the engine's.
 *
 * A journey that begins: X_STARTS runs its test without a journey, then its START
 * function with the new one, which also does what X_HIST does in others; then the
 * engine runs the X_OPEN steps of the same handler for the new journey alone.
 * An experience whose first pattern has the purpose STARTS waits for more than one
 * event: its tests run over a waiting record of the key, made when there is none,
 * which becomes the record of the journey that begins.
 *
 * A correction: the engine opens it for a moment (or SCO) at hand as the source
 * (OSx slots are those of the moment's record) with its `opening` function; its
 * length is in its row, or `due` tells it from the correction's own record.
 * Without a condition it is done by an event of kind "std.correction.Done" whose
 * `correction` is its id; a module in which that can happen has that kind, and
 * one with alerts has "std.alert.Acknowledged" (`alert`).
 *
 * Patterns that void, pause or resume moments of a MOT are fed once an event, in
 * an X_VOID function of their own (its result is false), which keeps the answer in
 * a journey slot; functions of each moment read that slot.  Those of `starts on`
 * are fed in its test, START reads the slot.
 *
 * A RING slot of a history with k = history_entries() holds u16 head, u16 length,
 * then k instants (i64; of a RING48 slot as in a T48 slot), then, if it has values, k values of 8 bytes.  Of a
 * COUNT pattern: the same with k = n - 1 and no values; of `starts on` a RING, since what it counts comes before
 * the journey.  Nothing in a ring is aligned.
 */
enum { MOT_JOURNEY_HEADER = 64, MOT_MOMENT_HEADER = 32, MOT_PAUSE_HEADER = 16, MOT_RECORD_MAX = 1 << 20 };
enum { MOT_REGISTERS = 256 };
enum { MOT_STORE_HEADER = 4 };
/* What a run keeps for a measure: a pane of a group, each aggregate in it, and beside that: digits of a sum of
 * doubles, the two sums of a disruption, buckets of a percentile (BUCKET_BYTES: at most, each), hashes of
 * different values.  LEAST: with one value. */
enum {
  MOT_PANE_BYTES = 16, MOT_TALLY_BYTES = 32, MOT_EXACT_LEAST = 24, MOT_EXACT_BYTES = 560, MOT_WEIGHTS_BYTES = 32,
  MOT_BUCKETS_LEAST = 56, MOT_BUCKET_BYTES = 24, MOT_DISTINCT_LEAST = 40, MOT_DISTINCT_BYTES = 4104
};

/* Bytes of an instant in a ring. */
static inline uint32_t ring_width(uint32_t storage)
{
  return storage == STORAGE_RING48 ? 6 : 8;
}

/* Whether a total is an integer of 128 bits, so that sums are exact: its upper half stands in `store`. */
static inline int total_is_wide(const HistoryRow *row)
{
  int sums = row->aggregate == AGGREGATE_SUM || row->aggregate == AGGREGATE_AVG;
  return row->kind == HISTORY_TOTAL && sums && row->type != VALUE_NUMBER && row->type != VALUE_PERCENT;
}

/* How many entries the ring of a history holds: where reading more than are kept is a fault, one more, by
 * which it shows. */
static inline uint32_t history_entries(const HistoryRow *row)
{
  return row->keep + (row->kind == HISTORY_TIME && !row->exact);
}

#endif
