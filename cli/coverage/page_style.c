/*
 * page_style.c - the style sheet of the page, in the manner of the review's.
 *
 * Text has a contrast of 4.5 or more with what it stands on, light and dark; signs and lines say what colours say.  Paper is
 * always light.
 */
#include "cli/coverage/page.h"

static const char colours[] =
  ":root{color-scheme:light dark;--back:#fff;--text:#1b1f24;--soft:#505a64;--line:#cfd6dd;--card:#f4f6f8;"
  "--good:#0a6638;--bad:#b3261e;--mark:#0b57a4;--fill:#2e7d4f;--below:#b3261e;--some:#8a5a00;--goodback:#e3f3e8;"
  "--someback:#fdf0d2;--badback:#fbe4e1;--word:#6b2fa0;--quoted:#0b57a4}\n"
  "@media screen and (prefers-color-scheme:dark){:root{--back:#14171a;--text:#e8eaed;--soft:#aeb6bf;--line:#3b434c;"
  "--card:#1e2327;--good:#62d394;--bad:#ff9385;--mark:#86bdff;--fill:#62d394;--below:#ff9385;--some:#ffc35c;"
  "--goodback:#17301f;--someback:#372a0e;--badback:#3d1b18;--word:#cfa6ff;--quoted:#86bdff}}\n";

static const char page[] =
  "*{box-sizing:border-box}\n"
  "body{margin:0 auto;max-width:76rem;padding:1rem;background:var(--back);color:var(--text);"
  "font:1rem/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans',Arial,sans-serif;overflow-wrap:anywhere}\n"
  "h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0}\n"
  "h2{font-size:1.25rem;line-height:1.3;margin:2.2rem 0 .5rem;padding-top:.5rem;border-top:3px solid var(--text)}\n"
  "p{margin:.4rem 0;max-width:46rem}.soft{color:var(--soft);font-size:.86rem}a{color:var(--mark)}\n"
  ".big{font-size:1.9rem;font-weight:650;line-height:1.2}\n"
  ".good{color:var(--good)}.bad{color:var(--bad)}.some{color:var(--some)}\n"
  "footer{margin-top:2.5rem;border-top:1px solid var(--line);padding-top:.5rem}\n";

static const char table[] =
  "table{border-collapse:collapse;width:100%;margin:.8rem 0;font-size:.92rem}\n"
  "caption{text-align:left;color:var(--soft);padding:.2rem 0 .4rem}\n"
  "th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line)}\n"
  "thead th{border-bottom:2px solid var(--text);vertical-align:bottom;font-size:.86rem}\n"
  "tbody th{font-weight:400;max-width:24rem}tbody .head th{font-weight:650}tbody .part th{padding-left:1.2rem}\n"
  "th small,td small{display:block;color:var(--soft);font-size:.86rem;font-weight:400}\n"
  ".n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}\n"
  "td ul{margin:0;padding-left:1.1rem}\n"
  ".bar span{display:block;width:6rem;height:.8rem;margin-top:.3rem;border:1px solid var(--soft)}"
  ".bar b{display:block;height:100%;background:var(--fill)}\n"
  "summary{cursor:pointer}\n"
  "@media screen and (max-width:44rem){thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}"
  "tr{display:grid;grid-template-columns:1fr auto;border-bottom:1px solid var(--line);padding:.3rem 0}"
  "th,td{border:0;padding:.1rem 0}td:last-child{grid-column:1/3}.bar{display:none}tbody .part th{padding-left:0}}\n";

static const char code[] =
  ".code{border:1px solid var(--line);border-radius:.4rem;padding:.4rem 0;background:var(--back);overflow:hidden}\n"
  ".l{display:grid;grid-template-columns:3.4rem 1.6rem 1fr;font:.84rem/1.5 ui-monospace,'SF Mono',Consolas,"
  "'DejaVu Sans Mono',monospace}\n"
  ".l:target{outline:2px solid var(--mark)}\n"
  ".l>a{color:var(--soft);text-decoration:none;text-align:right;padding-right:.5rem;user-select:none}\n"
  ".l>i{font-style:normal;font-weight:700;user-select:none}\n"
  ".l>code{font:inherit;white-space:pre-wrap;padding-right:.5rem}\n"
  ".l>ul{grid-column:3;margin:.1rem .5rem .3rem 0;padding:.15rem .6rem .15rem 1.6rem;border-left:4px solid var(--below);"
  "background:var(--card);font:.84rem/1.45 system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans',Arial,sans-serif}\n"
  "u{text-decoration:none}.h{background:var(--goodback)}"
  ".s{background:var(--someback);box-shadow:inset 0 -2px var(--some)}"
  ".m{background:var(--badback);box-shadow:inset 0 -2px var(--below)}\n"
  ".c{color:var(--soft)}.q{color:var(--quoted)}.k{color:var(--word)}\n"
  "@media screen and (max-width:44rem){.l{grid-template-columns:2.4rem 1.2rem 1fr;font-size:.74rem}.l>ul{grid-column:1/4;"
  "margin-left:.5rem}}\n";

static const char paper[] =
  "@media print{body{max-width:none;padding:0;font-size:10pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}"
  ".l,tr{break-inside:avoid}h2{break-after:avoid}.code{border:0}}\n";

void page_style(FILE *out)
{
  fprintf(out, "<style>\n%s%s%s%s%s</style>\n", colours, page, table, code, paper);
}
