/*
 * html_name.c - see html_name.h.
 */
#include "report/html_name.h"

#include <string.h>

const char *html_mot(Html *html, uint32_t mot)
{
  return mot == MOT_NOT_FOUND ? "The outcome" : HTML_SAY(html, mot, mot);
}

const char *html_owner(Html *html, uint32_t owner)
{
  return HTML_SAY(html, owner, owner);
}

const char *html_contact(Html *html, uint32_t owner)
{
  const char *name = html_owner(html, owner);
  if (owner >= html->rules->owner_count) return name;
  const char *contact = html->rules->owners[owner].contact;
  if (strncmp(contact, "mailto:", strlen("mailto:")) != 0) return name;
  return arena_printf(&html->arena, "<a href=\"%s\">%s</a>", html_safe(html, contact), name);
}

const char *html_producers(Html *html, uint32_t mot)
{
  const ReviewMotRules *rules = &html->rules->mots[mot];
  const char *all = "";
  for (size_t i = 0; i < rules->info.producers; i++)
    all = arena_printf(&html->arena, "%s%s%s", all, i > 0 ? ", " : "", html_owner(html, rules->producers[i]));
  return *all ? all : WORDS_NOTHING;
}

const char *html_amounts(Html *html, const ReviewAmounts *amounts)
{
  const char *all = "";
  for (uint32_t i = 0; i < amounts->count; i++)
    all = arena_printf(&html->arena, "%s%s%s", all, i > 0 ? "<br />" : "",
                       HTML_SAY(html, amount, &amounts->amounts[i]));
  return amounts->count > 0 ? all : WORDS_NOTHING;
}

const char *html_cases(Html *html, const ReviewRate *rate)
{
  if (!rate->rate.known) return "no cases";
  return arena_printf(&html->arena, "%s, %s of %s", HTML_SAY(html, interval, rate->rate),
                      HTML_SAY(html, count, rate->produced),
                      HTML_SAY(html, count, rate->produced + rate->missed));
}

const char *html_rate(Html *html, const ReviewRate *rate)
{
  if (!rate->rate.known) return WORDS_NOTHING;
  return arena_printf(&html->arena, "<b>%s</b> <small>%s</small>", HTML_SAY(html, estimate, rate->rate),
                      html_cases(html, rate));
}
