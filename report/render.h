/*
 * render.h - a review laid out: for a terminal, as Markdown, as one page of HTML, as JSON.
 */
#ifndef MOT_REPORT_RENDER_H
#define MOT_REPORT_RENDER_H

#include <stdbool.h>

#include "report/review.h"

/* Where the bytes go, in order; false: it cannot take them, nothing more is given to it. */
typedef struct RenderSink {
  bool (*put)(void *user, const char *bytes, size_t size);
  void *user;
} RenderSink;

typedef struct RenderOptions {
  const mot_rules *rules;      /* those of the run: times are told in the zone of their stream */
  bool color;                  /* terminal: with escape sequences */
  unsigned width;              /* terminal: columns; 0: 100 */
  bool brief;                  /* terminal, Markdown: what is read first, on a screen or two */
} RenderOptions;

typedef enum RenderStatus { RENDER_DONE, RENDER_REFUSED, RENDER_NO_MEMORY } RenderStatus; /* REFUSED: by the sink */

RenderStatus render_terminal(const Review *review, const RenderOptions *options, RenderSink sink);
RenderStatus render_markdown(const Review *review, const RenderOptions *options, RenderSink sink);
RenderStatus render_html(const Review *review, const RenderOptions *options, RenderSink sink);
RenderStatus render_json(const Review *review, const RenderOptions *options, RenderSink sink);

#endif
