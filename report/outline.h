/*
 * outline.h - a review as headings, paragraphs, lists and tables in the order in which leaders look at them; the
 * terminal and Markdown lay them out.
 */
#ifndef MOT_REPORT_OUTLINE_H
#define MOT_REPORT_OUTLINE_H

#include "base/vec.h"
#include "report/render.h"
#include "report/words.h"

/* How a text is meant; it says the same in words. */
typedef enum Tone { TONE_PLAIN, TONE_GOOD, TONE_BAD, TONE_DIM } Tone;

typedef struct Cell {
  const char *text;
  unsigned indent;             /* steps to the right */
  Tone tone;
} Cell;

typedef struct Column {
  const char *head;
  bool right;                  /* aligned */
} Column;

enum { TABLE_COLUMNS = 10 };
typedef struct Table {
  Column columns[TABLE_COLUMNS];
  uint32_t column_count;
  VEC(Cell) cells;             /* row by row */
} Table;

typedef enum BlockKind {
  BLOCK_TITLE, BLOCK_SECTION, BLOCK_PART, /* headings, the greatest first */
  BLOCK_TEXT, BLOCK_ITEM, BLOCK_TABLE
} BlockKind;

typedef struct Block {
  BlockKind kind;
  Tone tone;
  const char *text;            /* all but tables */
  Table *table;
} Block;

typedef struct Outline {
  Arena *arena;
  Words words;
  const Review *review;
  bool brief;                  /* only what is read first */
  VEC(Block) blocks;
} Outline;

/* The whole of a review. */
void outline_make(Outline *outline, Arena *arena, const Review *review, const RenderOptions *options);

/* ---- how its parts are made ---- */

void outline_heading(Outline *outline, BlockKind kind, const char *text);
void outline_text(Outline *outline, const char *text);     /* "" adds nothing */
void outline_item(Outline *outline, Tone tone, const char *text);
/* Heads apart by '|', one that begins with '>' for a column aligned right: "Moment|>Produced". */
Table *outline_table(Outline *outline, const char *heads);
void table_cell(Outline *outline, Table *table, const char *text);
void table_toned(Outline *outline, Table *table, Tone tone, const char *text);
void table_count(Outline *outline, Table *table, uint64_t count);
/* printf into the arena. */
const char *outline_printf(Outline *outline, const char *format, ...) __attribute__((format(printf, 2, 3)));
Tone tone_of_state(mot_state state);

/* Each adds its parts of an experience, or nothing; of those below all but headline, production, acts, individuals
 * and stories are left out of a brief one. */
void outline_result(Outline *outline, const ReviewExperience *experience);    /* outcome, targets, goals */
void outline_headline(Outline *outline, const ReviewExperience *experience);
void outline_moments(Outline *outline, const ReviewExperience *experience);   /* MOTs: production, time */
void outline_production(Outline *outline, const ReviewExperience *experience);
void outline_acts(Outline *outline, const ReviewExperience *experience);      /* where to act */
void outline_reasons(Outline *outline, const ReviewExperience *experience);   /* where to act, what goes with what */
void outline_crown(Outline *outline, const ReviewExperience *experience);     /* triple crown, sentiment */
void outline_control(Outline *outline, const ReviewExperience *experience);   /* corrections, alerts */
void outline_people(Outline *outline, const ReviewExperience *experience);    /* teams, individuals */
void outline_individuals(Outline *outline, const ReviewExperience *experience);
void outline_stories(Outline *outline, const ReviewExperience *experience);
void outline_landscape(Outline *outline);                                     /* of all experiences */

#endif
