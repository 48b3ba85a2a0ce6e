/*
 * scope.h - what load.c, scope.c and the files of declarations share.
 */
#ifndef MOT_COMPILER_SCOPE_H
#define MOT_COMPILER_SCOPE_H

#include "base/buf.h"
#include "compiler/check.h"

enum {
  EVENTS_MAX = 65535, /* kinds of events in one program, and owners, calendars … likewise */
  FIELDS_MAX = 4096,  /* of one event */
  KINDS_MAX = 4096,   /* that one event follows from */
  ALL_FIELDS_MAX = 1000000,
  VALUES_MAX = 65535, /* of one listed type */
  UNITS_MAX = 1000,   /* files of one program */
  PARAMS_MAX = 64,    /* of one def or pattern */
  CLAUSES_MAX = 64    /* kinds of AstItem */
};

/* Under which key a unit keeps a name of an entity of `kind` (AstDeclKind). */
uint64_t name_key(Sym name, unsigned kind);
/* The kind under which a declaration is looked up: teams are owners, derived events events. */
uint8_t entity_space_kind(const AstDecl *decl);

/* The clauses of one block seen so far. */
typedef struct Seen {
  const AstItem *first[CLAUSES_MAX];
} Seen;
/* False after a report when a clause of this kind was there before. */
bool clause_once(Checker *ck, Seen *seen, const AstItem *item);

/* What somebody is in the middle of when a declaration is needed, perhaps reading a clause in silence. */
typedef struct Aside {
  uint32_t budget, depth, muted;
} Aside;
Aside step_aside(Checker *ck);
void step_back(Checker *ck, Aside aside);

/* Reports a zone that the tz database does not have. */
void check_zone(Checker *ck, AstText zone);

/* A path into the data: its parts, apart by dots, are not empty. */
void check_data_path(Checker *ck, AstText path);
/* The directives of time("…"): see check_format.c. False after a report. */
bool check_time_pattern(Checker *ck, AstText pattern);

/* The FORMAT_ and pattern that a field's type asks for; reports formats that do not fit. */
uint8_t type_format(Checker *ck, const AstType *type, Sym *pattern);

StreamUse stream_default(const Checker *ck);
/* The stream that counts: of the file given, else of the files it uses. */
void choose_stream(Checker *ck);
/* The `allow`s of a declaration and of what stands in it; only lints can be allowed. */
void collect_allows(Checker *ck, const Unit *unit);
/* Whom everybody reports to; circles. */
void settle_owners(Checker *ck);
/* Two kinds of events with one raw type; kinds of used files that nothing uses go. */
void settle_events(Checker *ck);
/* A def of the file given, once on its own. */
void check_def(Checker *ck, Entity *entity);
/* Parameters of a pattern that could be taken for something else; false when there are too many to go on. */
bool check_pattern_names(Checker *ck, const Entity *entity);

#endif
