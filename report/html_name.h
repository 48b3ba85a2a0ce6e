/*
 * html_name.h - names of what the rules say, safe to put into the page; texts of report/words.h are not.
 */
#ifndef MOT_REPORT_HTML_NAME_H
#define MOT_REPORT_HTML_NAME_H

#include "report/html.h"

/* Titles, or names where there are none. */
const char *html_mot(Html *html, uint32_t mot);
const char *html_owner(Html *html, uint32_t owner);
/* With a link to write to, if the rules have an address. */
const char *html_contact(Html *html, uint32_t owner);
/* Those of a MOT, apart by commas. */
const char *html_producers(Html *html, uint32_t mot);
/* Sums apart by line breaks. */
const char *html_amounts(Html *html, const ReviewAmounts *amounts);
/* A rate with its interval and cases: "92.3 %", and small "88–95 %, 230 of 249". */
const char *html_rate(Html *html, const ReviewRate *rate);
/* The interval and the cases alone, or "no cases". */
const char *html_cases(Html *html, const ReviewRate *rate);

#endif
