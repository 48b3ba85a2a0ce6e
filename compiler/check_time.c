/*
 * check_time.c - zones by name, and times as written, in the stream's zone.
 */
#include "compiler/scope.h"

#include "bytecode/zonetime.h"
#include "compiler/zone.h"

static const int64_t SECOND = 1000000; /* microseconds */

/* The row of a zone in the checker's own tables; false with the reason. */
static bool zone_known(Checker *ck, Sym name, uint32_t *row, char *reason, size_t reason_size)
{
  if (!ck->zones) {
    ck->zones = ARENA_NEW(ck->arena, ModuleBuilder);
    builder_init(ck->zones, ck->arena);
  }
  return zone_load(ck->zones, sym_text(ck->names, name), row, reason, reason_size);
}

void check_zone(Checker *ck, AstText zone)
{
  char reason[240];
  uint32_t row;
  if (!zone_known(ck, zone.sym, &row, reason, sizeof reason)) SAY(ck, E0218, zone.span, "%s", reason);
}

int64_t time_value(Checker *ck, const AstExpr *time)
{
  int64_t micros = time->u.time.micros;
  if (time->u.time.has_offset) return micros - time->u.time.offset_min * 60 * SECOND;
  char reason[240];
  uint32_t row;
  if (!zone_known(ck, ck->program->stream.zone, &row, reason, sizeof reason)) return micros;
  int64_t seconds = micros / SECOND - (micros % SECOND < 0);
  int64_t utc = zone_to_utc(builder_zone(ck->zones, row), seconds, ZONE_SKIP_COUNT, NULL);
  return utc * SECOND + (micros - seconds * SECOND);
}
