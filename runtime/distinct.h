/*
 * distinct.h - how many different values there were, by their hashes.
 *
 * Up to 256 hashes are kept as they are.  Beyond, 4,096 registers of HyperLogLog: P. Flajolet, É. Fusy,
 * O. Gandouet, F. Meunier, "HyperLogLog: the analysis of a near-optimal cardinality estimation algorithm", 2007.
 * Which of the two it is depends on the set alone.
 */
#ifndef MOT_RUNTIME_DISTINCT_H
#define MOT_RUNTIME_DISTINCT_H

#include <stdbool.h>

#include "base/mem.h"

enum { DISTINCT_EXACT = 256, DISTINCT_REGISTERS = 4096, DISTINCT_RANK_MOST = 53 };

typedef struct HashSet HashSet;

/* Hashes of values: XXH3, 64 bits. */
uint64_t distinct_hash_text(const char *text, uint32_t len);
uint64_t distinct_hash_bits(uint64_t bits);

/* All take NULL for an empty one, and may leave through mem->oom with it as it was. */
void distinct_add(HashSet **set, Mem *mem, uint64_t hash);
void distinct_merge(HashSet **into, const HashSet *from, Mem *mem);
void distinct_free(HashSet **set, Mem *mem);
/* Exact up to 256; beyond, the estimate rounded to a whole number. */
int64_t distinct_count(const HashSet *set);

/* What it keeps: hashes in ascending order, or NULL and then registers. */
const uint64_t *distinct_hashes(const HashSet *set, uint32_t *ret_count);
const uint8_t *distinct_registers(const HashSet *set);
/* One of these registers, each at most DISTINCT_RANK_MOST. */
void distinct_from_registers(HashSet **set, Mem *mem, const uint8_t *registers);

#endif
