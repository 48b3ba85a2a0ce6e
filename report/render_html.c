/*
 * render_html.c - see render.h.
 */
#include "report/render.h"

RenderStatus render_html(const Review *review, const RenderOptions *options, RenderSink sink)
{
  (void)review, (void)options;
  return sink.put(sink.user, "\n", 1) ? RENDER_DONE : RENDER_REFUSED;
}
