/*
 * json_state.h - what a decoder keeps while it reads lines of JSON.
 */
#ifndef MOT_RUNTIME_JSON_STATE_H
#define MOT_RUNTIME_JSON_STATE_H

#include "runtime/forms.h"
#include "runtime/reading.h"
#include "runtime/shapes.h"

/* Reads the lines from `at` on, up to the first that has no form, of the `size` bytes whose marks were found,
 * which end with a line feed; where that one begins. */
typedef size_t (*FormedTaker)(const Reading *reading, const char *text, size_t at, size_t size);
/* The one that suits the processor best; not `wide`: the one that suits any. */
FormedTaker json_formed_taker(bool wide);
/* Where the value of a used name stands: the stamp of the line for which it was noted in the upper half, its
 * token in the lower, with TWICE when the name stood there before. */
typedef uint64_t Place;
#define TWICE (UINT32_C(1) << 31)

static inline Place place_of(uint32_t line, uint32_t token)
{
  return (uint64_t)line << 32 | token;
}
static inline uint32_t place_line(Place place)
{
  return (uint32_t)(place >> 32);
}
static inline uint32_t place_token(Place place)
{
  return (uint32_t)place & ~TWICE;
}

struct JsonState {
  JsonScan *scan;
  JsonText json;          /* the piece at hand */
  Place *places;          /* by slot, the unused one too */
  uint32_t line;          /* stamp of the line at hand */
  uint32_t unused;        /* a slot for all names that are not used */
  bool gaps;              /* there may be blanks between its tokens, so line feeds too */
  uint32_t type_slot;     /* SLOT_NONE: the type lies deeper */
  uint32_t kind_line, kind; /* the type was met on the walk of this line: the event's row or UINT32_MAX */
  Shapes shapes;
  Forms forms;
  const char *escape;     /* the next backslash at or behind the line; the end of the piece: none */
  size_t together;        /* bytes of lines without a form that are scanned together, about */
  bool learning;          /* the next line's form is learned, whatever its type */
  MarksFinder find_marks;
  FormedTaker take_formed;
  const char *text;       /* of the lines that are read by their forms */
  const FormRead *reads;  /* the next value to be read of such a line */
  bool escapes;           /* that line holds some */
  Marks marks;
};

/* Where the value of a path stands in the line that was walked; a null too. */
Found json_locate(Decoder *decoder, const Path *path, uint32_t *ret_token);

/* Learns the form of a line that was walked and begins with its object, when that is due;
 * its type is looked for here. */
void json_learn(Decoder *decoder, const FormLine *line);

#endif
