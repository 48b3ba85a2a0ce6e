/*
 * live.h - what is kept while records come: customers of an experience, and journeys that are not over.
 */
#ifndef MOT_REPORT_LIVE_H
#define MOT_REPORT_LIVE_H

#include "base/intern.h"
#include "base/map.h"
#include "base/vec.h"
#include "report/fact.h"
#include "report/story.h"

/* Of one experience. */
typedef struct Customer {
  uint32_t number, experience;
  Sym key;
  uint32_t run;                /* decided moments on end with the outcome `missed` says; 0: none yet */
  bool missed;
  int64_t last;                /* when the latest was decided */
  uint64_t waiting[2];         /* moments since the latest sentiment: produced, missed */
} Customer;

/* What a journey knows of one of its MOTs.  `*_now` are those decided at `last`. */
typedef struct Seen {
  uint32_t mot;                /* its number among those of the experience */
  uint32_t produced, missed, produced_now, missed_now;
  int64_t last;
  uint32_t corrections, in_time;
} Seen;

typedef struct OpenCorrection OpenCorrection;
struct OpenCorrection {
  OpenCorrection *next;
  size_t size;                 /* of it with its texts */
  uint32_t mot, by;
  int64_t opened, due;
  bool overdue;
  const char *text;            /* behind id */
  char id[];
};

typedef struct Journey Journey;
struct Journey {
  uint64_t name;               /* its customer's number and its own */
  uint32_t experience;
  mot_outcome sco;
  int64_t started, decided;    /* of the SCO; MOT_NO_TIME: it is not */
  ReviewText *keys;            /* since the SCO was decided; one piece with their bytes */
  size_t key_count, keys_size;
  bool follows;                /* a moment was decided, of: */
  uint32_t last_mot;
  uint64_t last_who;           /* hash of its individual; 0: not known */
  OpenCorrection *corrections;
  Scenes scenes;
  Seen *seen;                  /* of MOTs with a decided moment or a correction, in order of the first */
  uint32_t seen_count, seen_room;
};

typedef struct Live {
  Arena *arena;
  Interner *texts;
  Map customers;               /* experience and key → Customer */
  VEC(Customer *) list;
  Journey **journeys;          /* open addressing by name; a power of two */
  size_t journey_count, journey_room;
} Live;

void live_init(Live *live, Arena *arena);
/* Gives back journeys and what they hold. */
void live_free(Live *live);

/* Found or made. */
Customer *live_customer(Live *live, uint32_t experience, ReviewText key);
ReviewText live_key(const Live *live, const Customer *customer);
/* NULL: there is none. */
Journey *live_find(const Live *live, const Customer *customer, uint32_t serial);
/* Found or made. */
Journey *live_journey(Live *live, const Customer *customer, uint32_t serial);
/* What the journey knows of a MOT; made if it is new.  Good until the next one is made. */
Seen *live_seen(Live *live, Journey *journey, uint32_t mot);
/* Its SCO was decided. */
void live_decide(Live *live, Journey *journey, const ReviewFact *fact);
/* It is over. */
void live_end(Live *live, Journey *journey);

/* A correction of the journey that was opened; it stays until it is taken. */
OpenCorrection *live_correction(Live *live, Journey *journey, const char *id, const char *text);
OpenCorrection *live_correction_of(const Journey *journey, const char *id);
void live_correction_end(Live *live, Journey *journey, OpenCorrection *correction);

#endif
