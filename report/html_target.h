/*
 * html_target.h - which targets belong to a figure: those of the MOT, and of goals that measure it.
 */
#ifndef MOT_REPORT_HTML_TARGET_H
#define MOT_REPORT_HTML_TARGET_H

#include "report/html.h"

typedef struct HtmlSubject {
  enum { HTML_SCO, HTML_DISRUPTION, HTML_MOT } kind;
  uint32_t experience, mot;
} HtmlSubject;

/* With their states, apart by line breaks; "" when there are none.  Of a MOT its own alone. */
const char *html_targets(Html *html, HtmlSubject subject);
/* The percentages wanted of the rate (of disruption), 0 … 100, each once, at most `room`; returns how many.
 */
unsigned html_target_lines(Html *html, HtmlSubject subject, double *ret_lines, unsigned room);

#endif
