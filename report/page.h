/*
 * page.h - a layout written into one piece of memory and handed over; refused memory ends it.
 */
#ifndef MOT_REPORT_PAGE_H
#define MOT_REPORT_PAGE_H

#include "base/buf.h"
#include "report/render.h"

typedef void (*PageFill)(Buf *page, const Review *review, const RenderOptions *options);

/* Calls `fill` with an empty page, whose arena goes with the page, and gives the page to the sink. */
RenderStatus page_render(const Review *review, const RenderOptions *options, RenderSink sink, PageFill fill);

#endif
