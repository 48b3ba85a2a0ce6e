/*
 * html_style.c - the style sheet of the page.
 *
 * Every colour of text has a contrast of 4.5 or more with what it stands on, light and dark; shapes, dashes
 * and words say what colours say, so that paper in grey is enough.  Paper is always light.
 */
#include "report/html_part.h"

static const char colours[] =
  ":root{color-scheme:light dark;--back:#fff;--text:#1b1f24;--soft:#505a64;--line:#cfd6dd;--card:#f4f6f8;"
  "--good:#0a6638;--bad:#b3261e;--mark:#0b57a4;--fill:#5a93cf;--below:#b3261e;--pale:#9db7d3}\n"
  "@media screen and (prefers-color-scheme:dark){:root{--back:#14171a;--text:#e8eaed;--soft:#aeb6bf;"
  "--line:#3b434c;"
  "--card:#1e2327;--good:#62d394;--bad:#ff9385;--mark:#86bdff;--fill:#4a84c4;--below:#e0776b;"
  "--pale:#4c6a8a}}\n";

static const char page[] =
  "*{box-sizing:border-box}\n"
  "body{margin:0 auto;max-width:72rem;padding:1rem;background:var(--back);color:var(--text);"
  "font:1rem/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans',Arial,sans-serif;"
  "overflow-wrap:anywhere}\n"
  "@media screen and (max-width:22rem){body{padding:.5rem}}\n"
  "h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0}\n"
  "h2{font-size:1.4rem;line-height:1.25;margin:2.5rem 0 .5rem;padding-top:.5rem;"
  "border-top:3px solid var(--text)}\n"
  "h3{font-size:1.15rem;line-height:1.3;margin:2.2rem 0 .5rem}\n"
  "h4{font-size:1rem;margin:1.2rem 0 .3rem}\n"
  "p{margin:.4rem 0;max-width:46rem}\n"
  "small,.soft{color:var(--soft);font-size:.86rem}\n"
  "a{color:var(--mark)}\n"
  "blockquote{margin:.5rem 0;padding:.2rem 0 .2rem .9rem;border-left:4px solid var(--mark);"
  "font-size:1.1rem}\n"
  "nav ul{display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;padding:0;margin:.4rem 0;list-style:none}\n"
  "nav a{display:inline-block;padding:.25rem 0}\n"
  "footer{margin-top:2.5rem;border-top:1px solid var(--line);padding-top:.5rem}\n"
  ".mark{white-space:nowrap;font-weight:600}.good{color:var(--good)}.bad{color:var(--bad)}"
  ".none{color:var(--soft)}\n";

static const char cards[] =
  ".cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,15rem),1fr));gap:.7rem;"
  "margin:.6rem 0}\n"
  ".cards>div{background:var(--card);border:1px solid var(--line);border-radius:.4rem;padding:.6rem .8rem}\n"
  ".cards dt{font-weight:600}.cards dd{margin:0;font-size:.9rem}\n"
  ".cards .big{font-size:1.9rem;line-height:1.2;font-weight:650}\n"
  ".act{padding-left:1.5rem;margin:.5rem 0}.act li{margin:.55rem 0;max-width:50rem}\n"
  ".act b{font-size:1.05rem}\n"
  "@media screen and (max-width:44rem){.cards{grid-template-columns:repeat(auto-fill,minmax(9rem,1fr));"
  "gap:.5rem}"
  ".cards .big{font-size:1.45rem}.cards>div{padding:.5rem .6rem}}\n";

static const char tables[] =
  "table{border-collapse:collapse;width:100%;margin:.8rem 0;font-size:.92rem}\n"
  "caption{text-align:left;color:var(--soft);padding:.2rem 0 .4rem;font-size:.92rem}\n"
  "th,td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;"
  "border-bottom:1px solid var(--line)}\n"
  "thead th{border-bottom:2px solid var(--text);vertical-align:bottom;font-size:.86rem}\n"
  "table:not(.stack){width:auto;min-width:min(100%,36rem)}td:not(.n){min-width:5.2rem}td.n{min-width:3.6rem}\n"
  "tbody th{font-weight:600;min-width:8.5rem;max-width:24rem}.n{text-align:right;"
  "font-variant-numeric:tabular-nums}\n"
  "thead th{overflow-wrap:normal}td small{display:block}tbody th small{font-weight:400;display:block}"
  ".n small{white-space:nowrap}.wide{overflow-x:auto}.wide tbody th{min-width:0}"
  ".wide tbody th,.wide td{white-space:nowrap}\n"
  "@media screen and (max-width:64rem){td .mark,dd .mark,.n small{white-space:normal}}\n"
  "@media screen and (max-width:44rem){\n"
  ".wide table{font-size:.78rem}.wide th,.wide td{padding-right:.35rem}tbody th{min-width:6rem}td:not(.n){min-width:4.6rem}\n"
  ".wide tbody th,.wide td,.stack tbody th,.stack td,td.n{min-width:0}\n"
  ".stack thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}\n"
  ".stack,.stack tbody,.stack tr,.stack td,.stack tbody th,.stack caption{display:block}\n"
  ".stack tr{border:1px solid var(--line);border-radius:.4rem;padding:.45rem .7rem;margin:.5rem 0;"
  "background:var(--card)}\n"
  ".stack td,.stack tbody th{border:0;padding:.12rem 0;max-width:none}.stack tbody th{font-size:1rem}\n"
  ".stack td{display:flex;justify-content:space-between;gap:1rem;text-align:right}\n"
  ".stack td::before{content:attr(data-head);color:var(--soft);text-align:left;flex:none;max-width:55%}}\n";

static const char pictures[] =
  "figure{margin:.6rem 0}figcaption{margin-bottom:.25rem;font-size:.92rem}figcaption b{display:block}\n"
  ".pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:.4rem 1.6rem;"
  "align-items:end}\n"
  ".pair figure{max-width:32rem}.alone{max-width:31rem}\n"
  ".many{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(46%,10.5rem),1fr));gap:1rem .9rem;"
  "align-items:end}\n"
  ".many figure{margin:0;max-width:18rem}.many figcaption{font-size:.86rem;line-height:1.3}\n"
  "@media screen and (min-width:72rem){.beside{display:grid;grid-template-columns:29rem 1fr;gap:2rem;"
  "align-items:start}}\n"
  "svg{display:block;width:100%;height:auto;overflow:visible}\n"
  "svg text{font-size:11px;fill:var(--soft)}svg text.end{text-anchor:end}"
  "svg text.middle{text-anchor:middle}\n"
  "svg text.name{font-size:12px;fill:var(--text)}\n"
  "svg text.name,svg text.label{stroke:var(--back);stroke-width:4px;paint-order:stroke;"
  "stroke-linejoin:round}\n"
  ".many svg text{font-size:10px}\n"
  "svg path{fill:none}.grid{stroke:var(--line);stroke-width:1}.zero{stroke:var(--text);stroke-width:1.3}\n"
  ".line{stroke:var(--mark);stroke-width:2;stroke-linejoin:round}.interval{stroke:var(--pale);"
  "stroke-width:1.4}\n"
  ".target{stroke:var(--text);stroke-width:1.4;stroke-dasharray:6 4}.dot{fill:var(--mark)}\n"
  "svg path.bar{fill:var(--fill)}svg path.below{fill:var(--below)}\n"
  ".whisker{stroke:var(--text);stroke-width:1.6}svg path.point{fill:var(--back);stroke:var(--text);"
  "stroke-width:1.4}\n"
  "svg path.sure{fill:var(--text)}\n"
  "svg .stop{fill:var(--text)}.way{stroke:var(--bad)}svg path.head{fill:var(--bad)}\n"
  ".less .way{stroke:var(--mark);stroke-dasharray:5 4}"
  ".less svg path.head,svg .less path.head{fill:var(--mark)}\n"
  "svg text.label{fill:var(--text);font-weight:600}\n";

static const char trees[] =
  ".goals,.goals ul{list-style:none;margin:0;padding:0}.goals ul{margin-left:.5rem;padding-left:.9rem;"
  "border-left:2px solid var(--line)}\n"
  ".goals li{margin:.5rem 0}\n"
  ".goal{border:1px solid var(--line);border-left-width:6px;border-radius:.3rem;padding:.45rem .7rem;"
  "background:var(--card);max-width:46rem;overflow-x:auto}\n"
  ".goal.met{border-left-color:var(--good)}.goal.breached{border-left:6px double var(--bad)}\n"
  "@media screen and (max-width:44rem){.goals ul{margin-left:.2rem;padding-left:.4rem}"
  ".goal tbody th,.goal td:not(.n){min-width:4.4rem}}\n"
  ".goal p{margin:.1rem 0;font-size:.9rem}\n"
  ".score{display:block;height:.5rem;max-width:20rem;border:1px solid var(--soft);border-radius:.25rem;"
  "margin:.3rem 0;"
  "background:var(--back);overflow:hidden}\n"
  ".score span{display:block;height:100%;background:var(--fill)}\n"
  ".stories{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:1rem 2rem}\n"
  ".story{list-style:none;margin:.5rem 0;padding:0 0 0 .4rem}\n"
  ".story li{position:relative;border-left:2px solid var(--line);padding:.1rem 0 .7rem 1.1rem}\n"
  ".story li::before{content:'';position:absolute;left:-.45rem;top:.5rem;width:.7rem;height:.7rem;"
  "border-radius:50%;background:var(--back);border:2px solid var(--soft)}\n"
  ".story .produced::before{background:var(--good);border-color:var(--good)}\n"
  ".story .missed::before{background:var(--bad);border-color:var(--bad);border-radius:0;"
  "transform:rotate(45deg)}\n"
  ".story time{display:block;color:var(--soft);font-size:.86rem}\n";

static const char paper[] =
  "@page{size:A4;margin:14mm}\n"
  "@media print{html{font-size:9.6pt}body{max-width:none;padding:0;line-height:1.4}nav{display:none}\n"
  "*{print-color-adjust:exact;-webkit-print-color-adjust:exact}\n"
  "article h2{break-before:page}article h2.first{break-before:auto}\n"
  "h1,h2,h3,h4,caption,thead{break-after:avoid}tbody tr:nth-child(-n+2){break-before:avoid}\n"
  ".story li:nth-child(-n+3){break-after:avoid}tbody th{min-width:7rem}"
  "td .mark,.n small{white-space:normal}\n"
  "figure,tr,.goal,.cards>div,.story li,.act li,blockquote{break-inside:avoid}\n"
  "thead{display:table-header-group}p{orphans:3;widows:3}a{color:inherit;text-decoration:none}\n"
  ".pair{grid-template-columns:1fr 1fr}.many{grid-template-columns:repeat(4,1fr)}"
  ".cards{grid-template-columns:repeat(3,1fr)}.alone{max-width:105mm}"
  ".stories{grid-template-columns:1fr 1fr}}\n";

void part_style(Html *html)
{
  static const char *const sheets[] = {colours, page, cards, tables, pictures, trees, paper};
  html_raw(html, "<style>\n");
  for (unsigned i = 0; i < sizeof sheets / sizeof *sheets; i++) html_raw(html, sheets[i]);
  html_raw(html, "</style>\n");
}
