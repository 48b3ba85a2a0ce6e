/*
 * json_put.h - values as they stand in a record, written where there is room.
 *
 * Each function writes at `to` and returns the place behind; nothing is ended by NUL.
 */
#ifndef MOT_RUNTIME_JSON_PUT_H
#define MOT_RUNTIME_JSON_PUT_H

#include <stdint.h>
#include <string.h>

#include "bytecode/module.h"

/* Bytes that a byte of text can become, and that a number, money or an instant takes at most. */
enum { JSON_GROWTH = 6, JSON_NUMBER_MAX = 40, JSON_MONEY_MAX = 96 };

/* Text made beforehand. */
typedef struct JsonPiece {
  const char *text;
  uint32_t len;
} JsonPiece;

static inline char *put_bytes(char *to, const char *bytes, size_t len)
{
  memcpy(to, bytes, len);
  return to + len;
}
static inline char *put_piece(char *to, JsonPiece piece)
{
  return put_bytes(to, piece.text, piece.len);
}
/* A piece with room for PIECE_SPARE bytes behind it, as there is where it is put: no call for most of them. */
enum { PIECE_SPARE = 64 };
static inline char *put_short(char *to, JsonPiece piece)
{
  memcpy(to, piece.text, PIECE_SPARE);
  if (piece.len > PIECE_SPARE) memcpy(to + PIECE_SPARE, piece.text + PIECE_SPARE, piece.len - PIECE_SPARE);
  return to + piece.len;
}
#define PUT_LITERAL(to, literal) put_bytes((to), "" literal, sizeof(literal) - 1)

char *put_int(char *to, int64_t value);
/* Without a fraction when it has none, else the fewest digits that read back the same, in the form of C's %g. */
char *put_number(char *to, double value);
/* {"amount":"-45.00","currency":"EUR"}; `minor`: in minor units. */
char *put_money(char *to, const Module *module, uint32_t currency, int64_t minor);
/* An instant between quotes. */
char *put_instant(char *to, int64_t instant);
/* What stands between the quotes of a text. */
char *put_escaped(char *to, const char *text, size_t len);

#endif
