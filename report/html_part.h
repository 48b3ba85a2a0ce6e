/*
 * html_part.h - the parts of the page, in the order in which they stand.  Each writes its section, or nothing
 * when there is nothing to tell.
 */
#ifndef MOT_REPORT_HTML_PART_H
#define MOT_REPORT_HTML_PART_H

#include "report/html.h"

/* The style sheet: light and dark, telephone, desk and paper. */
void part_style(Html *html);

/* ---- of an experience ---- */

void part_short(Html *html, const ReviewExperience *experience); /* headline figures, where to act next */
void part_production(Html *html, const ReviewExperience *experience);  /* over time, with targets */
void part_mots(Html *html, const ReviewExperience *experience);
void part_matter(Html *html, const ReviewExperience *experience);      /* contribution */
void part_flow(Html *html, const ReviewExperience *experience);        /* causal flow */
void part_goals(Html *html, const ReviewExperience *experience);       /* NSAT, targets */
void part_crown(Html *html, const ReviewExperience *experience);
void part_sentiment(Html *html, const ReviewExperience *experience);
void part_circles(Html *html, const ReviewExperience *experience);
void part_handovers(Html *html, const ReviewExperience *experience);
void part_corrections(Html *html, const ReviewExperience *experience); /* and alerts */
void part_people(Html *html, const ReviewExperience *experience);
void part_stories(Html *html, const ReviewExperience *experience);

/* ---- of the whole ---- */

void part_landscape(Html *html);
void part_meaning(Html *html);

#endif
