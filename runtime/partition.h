/*
 * partition.h - all that is kept of one value of a partition key, found by its key.
 *
 * A hash table in segments of 16 KiB, each of which splits in two when it is
 * full, so that no event waits for more than one segment to be sorted: the
 * extendible hashing of Fagin, Nievergelt, Pippenger and Strong, 1979.  At up to four million
 * keys an insertion that splits a segment took 16 to 32 us, and 999 of 1000 insertions less
 * than 1 us (Linux 6.18 in a busy virtual machine, glibc 2.36).
 */
#ifndef MOT_RUNTIME_PARTITION_H
#define MOT_RUNTIME_PARTITION_H

#include "runtime/heap.h"

typedef struct Partition {
  uint64_t hash;      /* of its key */
  Handle journeys;    /* the first: by experience in order of the text, then oldest first; linked by `next` */
  Handle waiting;     /* records of `starts on` patterns that wait, likewise */
  uint32_t len : 31;  /* of the key */
  uint32_t crowded : 1; /* it has very many records: `journeys` leads to what knows them (crowd.c) */
  uint16_t space : 15;
  uint16_t flags : 1; /* of the engine; 0 at first, and again when it was taken out */
  char key[];         /* not ended by NUL; from byte 22 on, so that most are 32 bytes in all */
} Partition;

typedef struct PartitionSlot {
  uint32_t hash;      /* high half of the hash, for a first look without touching the partition */
  Handle partition;   /* 0: free */
} PartitionSlot;

enum { PARTITION_SLOTS = 2048 }; /* of a segment */

typedef struct PartitionSegment {
  struct PartitionSegment *more; /* where it goes on when all slots are taken; NULL: nowhere */
  Handle own;                    /* its place in the heap of tables */
  uint16_t count, depth;         /* slots in use; bits that all its hashes share */
  PartitionSlot slots[PARTITION_SLOTS];
} PartitionSegment;

typedef struct Partitions {
  Heap heap;
  Heap tables;                 /* its segments: as records of a heap they come to lie in huge pages */
  PartitionSegment **segments; /* by the first `depth` bits of the hash; several may lead to one segment */
  uint32_t depth;
  uint32_t count;
} Partitions;

void partitions_init(Partitions *partitions, Mem *mem);
void partitions_free(Partitions *partitions);
/* The slot in which the search for a hash begins, to be fetched ahead; NULL: there are none. */
static inline const PartitionSlot *partitions_slot(const Partitions *partitions, uint64_t hash)
{
  uint32_t high = (uint32_t)(hash >> 32);
  if (!partitions->segments) return NULL;
  const PartitionSegment *segment = partitions->segments[(uint64_t)high << partitions->depth >> 32];
  return &segment->slots[high & (PARTITION_SLOTS - 1)];
}
Handle partitions_probe_behind(const Partitions *partitions, uint64_t hash);
/* The handle that the hash will probably find, 0 when none; reads slots only.  `slot`: partitions_slot() of the
 * hash at this or an earlier time. */
static inline Handle partitions_probe(const Partitions *partitions, const PartitionSlot *slot, uint64_t hash)
{
  enum { NEAR = 4, LAST = PARTITION_SLOTS - NEAR }; /* most stand within so many of their first */
  uint32_t high = (uint32_t)(hash >> 32);
  if (!slot) return 0;
  if (slot->hash == high || slot->partition == 0) return slot->partition;
  for (uint32_t i = 1; i < NEAR && (high & (PARTITION_SLOTS - 1)) < LAST; i++)
    if (slot[i].hash == high || slot[i].partition == 0) return slot[i].partition;
  return partitions_probe_behind(partitions, hash);
}
/* 0 when there is none. */
Handle partitions_find(const Partitions *partitions, uint64_t hash, uint16_t space, const char *key,
                       uint32_t len);
/* Adds one that is not there; journeys and waiting are 0. */
Handle partitions_add(Partitions *partitions, uint64_t hash, uint16_t space, const char *key, uint32_t len);
/* Takes one out and gives its memory back. */
void partitions_remove(Partitions *partitions, Handle partition);
static inline Partition *partition_at(const Partitions *partitions, Handle handle)
{
  return heap_at(&partitions->heap, handle);
}
/* Calls `each` for every partition, in no order; it must not add or remove any. */
void partitions_each(const Partitions *partitions, void (*each)(void *user, Handle partition), void *user);

#endif
