/*
 * meter.h - one thread's measuring: events and decided moments go into the series of the measures.
 */
#ifndef MOT_RUNTIME_METER_H
#define MOT_RUNTIME_METER_H

#include "runtime/series.h"
#include "runtime/vm.h"

typedef struct Meter {
  Mem *mem;
  const Measures *measures;
  Series *series;            /* by measure */
  Scene scene;               /* for functions of events */
  uint64_t faults;
  uint32_t shard, shards;    /* it takes events with hash % shards == shard */
} Meter;

/* All memory is of `mem`; leaves through mem->oom.  `measures` must live as long. */
Meter *meter_new(const Measures *measures, Mem *mem, uint32_t shard, uint32_t shards);
void meter_free(Meter *meter);

/* Events that the run accepted and that are due; those of other threads are passed over. */
void meter_events(Meter *meter, EventData *const *events, uint32_t count);

/* A moment of a MOT whose measures are all plain was produced (missed: not) at `t`. */
void meter_plain(Meter *meter, const MeasureList *list, double weight, bool missed, int64_t t);
/* The moment of the scene, of any MOT, while its record is at hand. */
void meter_moment(Meter *meter, Scene *scene, uint32_t mot, bool missed, int64_t t);
/* The SCO of an experience. */
static inline void meter_sco(Meter *meter, uint32_t experience, bool missed, int64_t t)
{
  const MeasureList *list = &meter->measures->scos[experience];
  if (list->len > 0) meter_plain(meter, list, 1, missed, t);
}

#endif
