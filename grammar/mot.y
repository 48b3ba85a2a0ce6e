/*
 * mot.y - the grammar of the language: LALR(1), no conflicts, and only `or`,
 * `and`, `not` as precedence.
 *
 * Actions build nodes (build.h) and do nothing else.  A rule whose last choice
 * is `error` is a place where reading goes on after a mistake; RECOVER says in
 * which kind of block and how deep it stands (recover.c).
 */
%define api.pure full
%define parse.error custom
%define api.prefix {mot_}
%locations
%param {Parser *p}
%expect 0
%initial-action { @$ = (Span){p->out->file, 0, 0}; }

%code requires {
#include "grammar/build.h"
#define MOT_LTYPE Span
#define MOT_LTYPE_IS_DECLARED 1
}

%code {
#include "grammar/recover.h"
#include "grammar/syntax.h"
#include "grammar/tokens.h"

/* Empty rules stand where the symbol before them ends. */
#define YYLLOC_DEFAULT(out, rhs, n)                                                \
  ((out) = (n) ? span_join(YYRHSLOC(rhs, 1), YYRHSLOC(rhs, n))                     \
               : (Span){YYRHSLOC(rhs, 0).file, YYRHSLOC(rhs, 0).end, YYRHSLOC(rhs, 0).end})
#define YYMALLOC(size) arena_alloc(p->in->arena, (size))
#define YYFREE(ptr) ((void)(ptr))
#define YYINITDEPTH 400
#define YYMAXDEPTH 20000
#define RECOVER(block, depth)                 \
  do {                                        \
    yyerrok;                                  \
    if (recover(p, (block), (uint32_t)(depth))) yyclearin; \
  } while (0)

static void mot_error(Span *span, Parser *p, const char *message);

#undef yylex
#define yylex next_token
}

%union {
  int num;
  int64_t i64;
  AstName name;
  AstText text;
  AstPath path;
  AstList list;
  AstSpanOf span;
  AstExpr *expr;
  AstMatched *matched;
  AstBound *bound;
  AstPattern *pattern;
  AstChoice *choice;
  AstStep *step;
  AstTarget *target;
  AstType *type;
  AstItem *item;
  AstDecl *decl;
  AstMot *mot;
  AstExpect *expect;
  AstOption *option;
  AstNode *node;
}

%token <text> STRING
%token <expr> INT DECIMAL PERCENT DURATION CALSPAN TIME
%token <i64> TOD
%token <name> LNAME UNAME LABEL ULABEL
%token <num> '{'
%token DOTDOT ".." LE "<=" GE ">=" EQ "==" NE "!="
%token <name>
  KW_MODULE "module" KW_USE "use" KW_STREAM "stream" KW_CALENDAR "calendar" KW_EVENT "event"
  KW_OWNER "owner" KW_TEAM "team" KW_EXPERIENCE "experience" KW_PATTERN "pattern" KW_DEF "def"
  KW_METRIC "metric" KW_NSAT "nsat" KW_REVIEW "review" KW_TEST "test" KW_ALLOW "allow" KW_ZONE "zone"
  KW_LATENESS "lateness" KW_IDLE "idle" KW_AHEAD "ahead" KW_DEDUPE "dedupe" KW_OPEN "open"
  KW_CLOSED "closed" KW_FROM "from" KW_AS "as" KW_IS "is" KW_LIKE "like" KW_ONE "one" KW_OF "of"
  KW_IN "in" KW_ROLE "role" KW_CONTACT "contact" KW_REPORTS "reports" KW_TO "to" KW_LEAD "lead"
  KW_FOR "for" KW_MANAGER "manager" KW_STARTS "starts" KW_SCO "sco" KW_VOID "void" KW_ENDS "ends"
  KW_EXPIRES "expires" KW_SENTIMENT "sentiment" KW_VALUE "value" KW_MOT "mot" KW_ON "on"
  KW_AFTER "after" KW_PRODUCERS "producers" KW_CRITICAL "critical" KW_WHEN "when" KW_SMOTO "smoto"
  KW_WEIGHT "weight" KW_IMPACT "impact" KW_TARGET "target" KW_PAUSE "pause" KW_UNTIL "until"
  KW_BY "by" KW_OVER "over" KW_STEP "step" KW_PER "per" KW_MIN "min" KW_CASES "cases"
  KW_GROUPS "groups" KW_AT "at" KW_RISK "risk" KW_BEFORE "before" KW_DEADLINE "deadline"
  KW_MISSED "missed" KW_PRODUCED "produced" KW_BREACHED "breached" KW_MET "met" KW_ALERT "alert"
  KW_CORRECT "correct" KW_SEVERITY "severity" KW_HOLD "hold" KW_ESCALATE "escalate" KW_REPEAT "repeat"
  KW_EACH "each" KW_FIRST "first" KW_LATEST "latest" KW_LAST "last" KW_KEEP "keep" KW_WHERE "where"
  KW_THEN "then" KW_WITHIN "within" KW_DAYS "days" KW_NO "no" KW_MOST "most" KW_LEAST "least"
  KW_EXACTLY "exactly" KW_AND "and" KW_OR "or" KW_NOT "not" KW_KNOWN "known" KW_ELSE "else"
  KW_CASE "case" KW_TRUE "true" KW_FALSE "false" KW_GOAL "goal" KW_MEASURE "measure" KW_EVERY "every"
  KW_CHAIR "chair" KW_EXPECT "expect" KW_END "end" KW_JOURNEY "journey" KW_OVERDUE "overdue"
  KW_DONE "done"

%left "or"
%left "and"
%precedence "not"

%type <num> lbrace relop optional mode decided trigger breach outcome correct_state maybe_no
%type <i64> bound_num
%type <name> word keyword as_format as_name severity expect_severity word_lname each
%type <text> text from_text expect_for
%type <path> module path qname like_event measure_name of_calendar param_like
%type <list> decls words names values named_values params param_list arms args arg_list like_args
%type <list> hours_list date_list derived stream_items cal_items owner_items exp_items mot_items
%type <list> goal_items review_items actions alert_opts pairs event_values either metric_by
%type <mot> like_mot
%type <span> span step every_span metric_per
%type <expr> expr rel guard guard0 sequence seq_step counted number_of sum term factor value else_value
%type <expr> prim call literal span_or_n at_most opt_expr dedupe producers_by correct_until min_cases
%type <expr> metric_where metric_groups pair_value expect_at
%type <matched> matched
%type <bound> bound bounding within
%type <pattern> pattern
%type <choice> choice shape chain
%type <step> happen
%type <target> target target_test
%type <type> type base_type small_type param_type type_arg
%type <item> stream_item cal_item owner_item exp_item mot_item goal_item review_item allow measure goal on
%type <decl> decl event_body fields goals test_lines steps expects metric_window
%type <expect> expected
%type <option> alert_opt
%type <node> named_value hours dates days param field action test_step late_step expect

%%

file: module decls { file_done(p, $module, $decls, @$); } ;
module: "module" path { $$ = $path; } | %empty { $$ = no_path(); } ;
decls: %empty { $$ = no_list(); } | decls decl { $$ = list_add($1, &$2->n); } ;

decl:
    "use" path                                   { $$ = decl_use(p, $path, @$); }
  | "stream" lbrace stream_items '}'             { $$ = decl_block(p, AD_STREAM, no_name(), $3, @$); }
  | "calendar" UNAME lbrace cal_items '}'        { $$ = decl_block(p, AD_CALENDAR, $2, $4, @$); }
  | "event" UNAME like_event from_text event_body { $$ = decl_event(p, $5, $2, $3, $4, @$); }
  | "event" UNAME "is" derived                   { $$ = decl_derived(p, $2, $4, @$); }
  | "owner" LNAME STRING lbrace owner_items '}'  { $$ = decl_titled(p, AD_OWNER, $2, $3, $5, @$); }
  | "team" LNAME STRING lbrace owner_items '}'   { $$ = decl_titled(p, AD_TEAM, $2, $3, $5, @$); }
  | "experience" UNAME text lbrace exp_items '}' { $$ = decl_titled(p, AD_EXPERIENCE, $2, $3, $5, @$); }
  | "pattern" UNAME '(' params ')' lbrace mot_items '}' { $$ = decl_pattern(p, $2, $4, $7, @$); }
  | "def" LNAME '(' params ')' '=' expr          { $$ = decl_def(p, $2, $4, $7, @$); }
  | "metric" UNAME '=' sum metric_where metric_by metric_window metric_groups
                                                 { $$ = decl_metric(p, $7, $2, $4, @$);
                                                   metric_options($$, $5, $6, $8); }
  | "nsat" UNAME text "for" qname lbrace goals '}' { $$ = decl_nsat(p, $7, $2, $3, $5, @$); }
  | "review" UNAME lbrace review_items '}'       { $$ = decl_block(p, AD_REVIEW, $2, $4, @$); }
  | "test" STRING lbrace test_lines '}'          { $$ = decl_test(p, $4, $2, @$); }
  | "allow" UNAME STRING                         { $$ = decl_allow(p, $2, $3, @$); }
  | error                                        { $$ = decl_error(p, @$); RECOVER(IN_FILE, 0); }
  ;

/* The value is how deep the block is nested; a missing brace is made up for. */
lbrace: '{' | error { yyerrok; if (missing_brace(p, &$$)) yyclearin; } ;
text: %empty { $$ = no_text(); } | STRING ;

/* names: the name of a kind ends in a capital, a path of small names does not */
path: LNAME { $$ = path_start(p, $1); } | path '.' LNAME { $$ = path_add(p, $1, $3); } ;
qname: UNAME { $$ = path_start(p, $1); }
  | path '.' UNAME { $$ = path_add(p, $1, $3); }
  | qname '.' UNAME { $$ = path_add(p, $1, $3); }
  ;
word: LNAME | keyword ;
words: word { $$ = list_one(word_node(p, $1)); } | words ',' word { $$ = list_add($1, word_node(p, $3)); } ;
keyword:
  "module" | "use" | "stream" | "calendar" | "event" | "owner" | "team" | "experience" | "pattern" |
  "def" | "metric" | "nsat" | "review" | "test" | "allow" | "zone" | "lateness" | "idle" | "ahead" |
  "dedupe" | "open" | "closed" | "from" | "as" | "is" | "like" | "one" | "of" | "in" | "role" |
  "contact" | "reports" | "to" | "lead" | "for" | "manager" | "starts" | "sco" | "void" | "ends" |
  "expires" | "sentiment" | "value" | "mot" | "on" | "after" | "producers" | "critical" | "when" |
  "smoto" | "weight" | "impact" | "target" | "pause" | "until" | "by" | "over" | "step" | "per" |
  "min" | "cases" | "groups" | "at" | "risk" | "before" | "deadline" | "missed" | "produced" |
  "breached" | "met" | "alert" | "correct" | "severity" | "hold" | "escalate" | "repeat" | "each" |
  "first" | "latest" | "last" | "keep" | "where" | "then" | "within" | "days" | "no" | "most" |
  "least" | "exactly" | "and" | "or" | "not" | "known" | "else" | "case" | "true" | "false" | "goal" |
  "measure" | "every" | "chair" | "expect" | "end" | "journey" | "overdue" | "done"
  ;

stream_items: %empty { $$ = no_list(); } | stream_items stream_item { $$ = list_add($1, &$2->n); } ;
stream_item:
    LNAME "from" STRING as_format dedupe { $$ = item_stream(p, $1, $3, $4, $5, @$); }
  | LNAME "from" STRING "as" STRING dedupe
                                         { $$ = item_stream(p, $1, $3, no_name(), $6, @$);
                                           $$->u.stream.pattern = $5; }
  | "zone" STRING                        { $$ = item_text(p, AI_ZONE, $2, @$, @1); }
  | "lateness" DURATION                  { $$ = item_expr(p, AI_LATENESS, $2, @$, @1); }
  | "idle" DURATION                      { $$ = item_expr(p, AI_IDLE, $2, @$, @1); }
  | "ahead" DURATION                     { $$ = item_expr(p, AI_AHEAD, $2, @$, @1); }
  | allow
  | error                                { $$ = item_error(p, @$); RECOVER(IN_STREAM, $<num>-1); }
  ;
as_format: %empty { $$ = no_name(); } | "as" LNAME { $$ = $2; } ;
dedupe: %empty { $$ = NULL; } | "dedupe" DURATION { $$ = $2; } ;

cal_items: %empty { $$ = no_list(); } | cal_items cal_item { $$ = list_add($1, &$2->n); } ;
cal_item:
    "zone" STRING      { $$ = item_text(p, AI_ZONE, $2, @$, @1); }
  | "open" hours_list  { $$ = item_list(p, AI_OPEN, $2, @$, @1); }
  | "closed" date_list { $$ = item_list(p, AI_CLOSED, $2, @$, @1); }
  | allow
  | error              { $$ = item_error(p, @$); RECOVER(IN_CALENDAR, $<num>-1); }
  ;
hours_list: hours { $$ = list_one($1); } | hours_list ',' hours { $$ = list_add($1, $3); } ;
hours: days TOD ".." TOD { $$ = hours_of($1, $2, $4, @$); } ;
days: LNAME { $$ = days_node(p, $1, no_name()); } | LNAME ".." LNAME { $$ = days_node(p, $1, $3); } ;
date_list: dates { $$ = list_one($1); } | date_list ',' dates { $$ = list_add($1, $3); } ;
dates: TIME { $$ = dates_node(p, $1, NULL, @$); } | TIME ".." TIME { $$ = dates_node(p, $1, $3, @$); }
  | qname { $$ = dates_of(p, $1, @$); } ;

derived: matched { $$ = list_one(&$1->n); } | derived "or" matched { $$ = list_add($1, &$3->n); } ;
like_event: %empty { $$ = no_path(); } | "like" qname { $$ = $2; } ;
from_text: %empty { $$ = no_text(); } | "from" STRING { $$ = $2; } ;
event_body: %empty { $$ = NULL; } | '{' fields '}' { $$ = $2; } ;
fields: %empty { $$ = event_start(p); }
  | fields field { $$ = event_add_field($1, $2); }
  | fields allow { $$ = decl_item($1, $2); }
  | fields error { $$ = decl_item($1, item_error(p, @2)); RECOVER(IN_EVENT, $<num>0); }
  ;
field: LABEL type from_text { $$ = field_node(p, $1, $2, $3, @$); } ;
type: base_type optional { $$ = type_optional($1, $2, @$); } ;
optional: %empty { $$ = 0; } | '?' { $$ = 1; } ;
base_type: small_type | "one" "of" values { $$ = type_listed(p, @1, $3, @$); } ;
values: named_values ;
named_values: named_value { $$ = list_one($1); } | named_values ',' named_value { $$ = list_add($1, $3); } ;
named_value: word { $$ = word_node(p, $1); } | word '=' STRING { $$ = raw_word(p, $1, $3, @$); } ;
small_type: LNAME { $$ = type_named(p, $1, @$); }
  | LNAME '(' type_arg ')' { $$ = type_with($3, $1, @$); }
  | LNAME "in" bound_num ".." bound_num { $$ = type_range(p, $1, $3, $5, @$); }
  ;
type_arg: LNAME { $$ = type_arg_name(p, $1); } | UNAME { $$ = type_arg_name(p, $1); }
  | STRING { $$ = type_arg_text(p, $1); } ;
bound_num: INT { $$ = $1->u.i; } | '-' INT { $$ = -$2->u.i; } ;
params: %empty { $$ = no_list(); } | param_list ;
param_list: param { $$ = list_one($1); } | param_list ',' param { $$ = list_add($1, $3); } ;
param: LABEL param_type optional { $$ = param_node(p, $1, type_optional($2, $3, @$), @$); }
  | ULABEL "event" param_like { $$ = param_kind(p, AST_PARAM_EVENT, $1, $3, @$); }
  | ULABEL "calendar" { $$ = param_kind(p, AST_PARAM_CALENDAR, $1, no_path(), @$); }
  | ULABEL "mot" { $$ = param_kind(p, AST_PARAM_MOT, $1, no_path(), @$); }
  ;
param_type: small_type | "one" "of" '(' values ')' { $$ = type_listed(p, @1, $4, @$); } ;
param_like: %empty { $$ = no_path(); } | "like" qname { $$ = $2; } ;

owner_items: %empty { $$ = no_list(); } | owner_items owner_item { $$ = list_add($1, &$2->n); } ;
owner_item:
    "role" LNAME         { $$ = item_name(p, AI_ROLE, $2, @$, @1); }
  | "contact" STRING     { $$ = item_text(p, AI_CONTACT, $2, @$, @1); }
  | "reports" "to" LNAME { $$ = item_name(p, AI_REPORTS_TO, $3, @$, @1); }
  | "lead" LNAME         { $$ = item_name(p, AI_LEAD, $2, @$, @1); }
  | allow
  | error                { $$ = item_error(p, @$); RECOVER(IN_OWNER, $<num>-1); }
  ;

exp_items: %empty { $$ = no_list(); } | exp_items exp_item { $$ = list_add($1, &$2->n); } ;
exp_item:
    "for" words                { $$ = item_list(p, AI_FOR, $2, @$, @1); }
  | "manager" LNAME            { $$ = item_name(p, AI_MANAGER, $2, @$, @1); }
  | "starts" "on" pattern      { $$ = item_pattern(p, AI_STARTS, $3, @$, @1); }
  | "sco" STRING opt_expr      { $$ = item_sco(p, $2, $3, @$, @1); }
  | "void" "on" pattern        { $$ = item_pattern(p, AI_VOID_ON, $3, @$, @1); }
  | "ends" "on" pattern        { $$ = item_pattern(p, AI_ENDS, $3, @$, @1); }
  | "expires" "after" DURATION { $$ = item_expr(p, AI_EXPIRES, $3, @$, @1); }
  | "sentiment" sum            { $$ = item_expr(p, AI_SENTIMENT, $2, @$, @1); }
  | "value" sum                { $$ = item_expr(p, AI_VALUE, $2, @$, @1); }
  | "mot" UNAME text like_mot lbrace mot_items '}'
                               { $$ = item_mot(p, $4, $2, $3, $6, @$, @1); }
  | on
  | allow
  | error                      { $$ = item_error(p, @$); RECOVER(IN_EXPERIENCE, $<num>-1); }
  ;
allow: "allow" UNAME STRING { $$ = item_allow(p, $2, $3, @$, @1); } ;
on: "on" trigger lbrace actions '}' { $$ = item_on(p, $2, $4, @$, @1); }
  | "on" "at" "risk" sum "before" "deadline" lbrace actions '}'
                                    { $$ = item_on(p, AST_ON_AT_RISK, $8, @$, @1); $$->u.on.risk = $4; } ;
opt_expr: %empty { $$ = NULL; } | expr ;
like_mot: %empty { $$ = mot_start(p, no_path(), no_list()); }
  | "like" qname like_args { $$ = mot_start(p, $2, $3); } ;
like_args: %empty { $$ = no_list(); } | '(' args ')' { $$ = $2; } ;

mot_items: %empty { $$ = no_list(); } | mot_items mot_item { $$ = list_add($1, &$2->n); } ;
mot_item:
    "manager" LNAME                { $$ = item_name(p, AI_MANAGER, $2, @$, @1); }
  | "producers" names producers_by { $$ = item_producers(p, $2, $3, @$, @1); }
  | "critical"                     { $$ = item_new(p, AI_CRITICAL, @$, @1); }
  | "when" pattern                 { $$ = item_pattern(p, AI_WHEN, $2, @$, @1); }
  | "smoto" expr                   { $$ = item_expr(p, AI_SMOTO, $2, @$, @1); }
  | "weight" sum                   { $$ = item_expr(p, AI_WEIGHT, $2, @$, @1); }
  | "impact" sum "when" decided    { $$ = item_impact(p, $2, $4, @$, @1); }
  | "target" target                { $$ = item_target(p, $2, @$, @1); }
  | "void" "on" pattern            { $$ = item_pattern(p, AI_VOID_ON, $3, @$, @1); }
  | "pause" "on" pattern "until" pattern { $$ = item_pause(p, $3, $5, @$, @1); }
  | on
  | allow
  | error                          { $$ = item_error(p, @$); RECOVER(IN_MOT, $<num>-1); }
  ;
names: LNAME { $$ = list_one(word_node(p, $1)); } | names ',' LNAME { $$ = list_add($1, word_node(p, $3)); } ;
producers_by: %empty { $$ = NULL; } | "by" sum { $$ = $2; } ;
decided: "missed" { $$ = AST_MISSED; } | "produced" { $$ = AST_PRODUCED; } ;

target: target_test "over" span step min_cases { $$ = target_window($1, $3, $4, $5, @$); } ;
target_test: guard0 { $$ = target_of(p, $1); } | relop sum { $$ = target_right(p, $1, $2); } ;
step: %empty { $$ = no_span(); } | "step" span { $$ = $2; } ;
min_cases: %empty { $$ = NULL; } | "min" INT cases { $$ = $2; } ;
cases: %empty | "cases" ;
span: DURATION { $$ = span_of($1); } | CALSPAN { $$ = span_of($1); }
  | LNAME { $$ = span_of(expr_name(p, $1)); } ;

trigger: "missed" { $$ = AST_ON_MISSED; } | "produced" { $$ = AST_ON_PRODUCED; }
  | "void" { $$ = AST_ON_VOID; }
  | "breached" { $$ = AST_ON_BREACHED; } | "met" { $$ = AST_ON_MET; } ;
actions: %empty { $$ = no_list(); } | actions action { $$ = list_add($1, $2); }
  | actions error { $$ = $1; RECOVER(IN_ACTIONS, $<num>0); } ;
action: "alert" LNAME alert_opts { $$ = action_alert(p, $2, $3, @$); }
  | "correct" STRING "by" LNAME within correct_until { $$ = action_correct(p, $2, $4, $5, $6, @$); }
  ;
alert_opts: %empty { $$ = no_list(); } | alert_opts alert_opt { $$ = list_add($1, &$2->n); } ;
alert_opt: "severity" severity  { $$ = option_name(p, $2, @$); }
  | STRING                      { $$ = option_text(p, $1, @$); }
  | "for" DURATION              { $$ = option_time(p, AST_OPT_FOR, $2, @$); }
  | "hold" DURATION             { $$ = option_time(p, AST_OPT_HOLD, $2, @$); }
  | "escalate" "after" DURATION { $$ = option_time(p, AST_OPT_ESCALATE, $3, @$); }
  | "repeat" "every" DURATION   { $$ = option_time(p, AST_OPT_REPEAT, $3, @$); }
  ;
severity: LNAME | "critical" ;
correct_until: %empty { $$ = NULL; } | "until" expr { $$ = $2; } ;

/* patterns of events */
pattern: choice { $$ = pattern_start(p, $1); } | pattern "or" choice { $$ = pattern_add($1, $3); } ;
choice: shape | mode shape { $$ = choice_mode($2, $1, @$); } ;
mode: "each" { $$ = AST_EACH_MATCH; } | "first" { $$ = AST_FIRST; } | "latest" { $$ = AST_LATEST; } ;
shape: happen                { $$ = choice_steps(p, AST_ONE, $1, @$); }
  | INT happen within        { $$ = choice_count(p, $1, $2, $3, @$); }
  | chain
  | "no" matched "for" sum   { $$ = choice_silence(p, $2, $4, @$); }
  | decided qname as_name    { $$ = choice_outcome(p, $1, $2, $3, @$); }
  ;
happen: matched as_name { $$ = step_node(p, $1, $2, @$); } ;
chain: happen "then" happen within { $$ = choice_then(choice_steps(p, AST_CHAIN, $1, @$), $3, $4); }
  | chain "then" happen within     { $$ = choice_then($1, $3, $4); } ;
as_name: %empty { $$ = no_name(); } | "as" LNAME { $$ = $2; } ;
within: "within" sum of_calendar       { $$ = bound_within(p, $2, $3, @$); }
  | "within" sum "open" "days" "of" qname { $$ = bound_open_days(p, $2, $6, @$); } ;
of_calendar: %empty { $$ = no_path(); } | "of" qname { $$ = $2; } ;
matched: qname { $$ = matched_node(p, $1, NULL, @$); }
  | qname "where" guard { $$ = matched_node(p, $1, $3, @$); } ;

/* conditions and expressions, one ladder */
expr: expr "or" expr { $$ = expr_binary(p, AX_OR, $1, $3, @2); }
  | expr "and" expr  { $$ = expr_binary(p, AX_AND, $1, $3, @2); }
  | "not" expr       { $$ = expr_unary(p, AX_NOT, $2, @$); }
  | rel
  ;
rel: guard0 | sequence ;
guard0: sum | sum relop sum { $$ = expr_compare(p, $2, $1, $3, @2); } ;
guard: guard0 | "not" guard { $$ = expr_unary(p, AX_NOT, $2, @$); } ;
relop: '<' { $$ = AST_LT; } | '>' { $$ = AST_GT; } | "<=" { $$ = AST_LE; } | ">=" { $$ = AST_GE; }
  | "==" { $$ = AST_EQ; } | "!=" { $$ = AST_NE; } | '=' { $$ = AST_EQ; say_equals(p, @1); } ;
sequence: seq_step | sequence "then" seq_step { $$ = expr_then(p, $1, $3, @$); }
  | matched "before" matched { $$ = expr_before(p, $1, $3, @2); } ;
seq_step: decided qname bound   { $$ = expr_outcome(p, $1, $2, $3, @$); }
  | counted matched bound       { $$ = expr_counted(p, $1, list_one(&$2->n), $3, @$); }
  | counted '(' either ')' bound { $$ = expr_counted(p, $1, $3, $5, @$); }
  | matched bound               { $$ = expr_happen(p, $1, $2, @$); }
  | '(' expr ')' bounding       { $$ = expr_bounded(p, $2, $4, @$); }
  ;
either: matched { $$ = list_one(&$1->n); } | either "or" matched { $$ = list_add($1, &$3->n); } ;
counted: "no" { $$ = counted_node(p, AST_NO, NULL); }
  | "at" "most" number_of { $$ = counted_node(p, AST_AT_MOST, $3); }
  | "at" "least" number_of { $$ = counted_node(p, AST_AT_LEAST, $3); }
  | "exactly" number_of { $$ = counted_node(p, AST_EXACTLY, $2); }
  ;
number_of: INT | LNAME { $$ = expr_name(p, $1); } ;
bound: %empty { $$ = NULL; } | bounding | bounding bounding { $$ = $1; say_two_bounds(p, @1, @2); } ;
bounding: within | "by" sum { $$ = bound_by(p, $2, @$); } ;

sum: term | sum '+' term { $$ = expr_binary(p, AX_ADD, $1, $3, @2); }
  | sum '-' term { $$ = expr_binary(p, AX_SUB, $1, $3, @2); } ;
term: factor | term '*' factor { $$ = expr_binary(p, AX_MUL, $1, $3, @2); }
  | term '/' factor { $$ = expr_binary(p, AX_DIV, $1, $3, @2); } ;
factor: value | '-' factor { $$ = expr_unary(p, AX_NEG, $2, @$); } ;
value: prim | value "known" { $$ = expr_unary(p, AX_KNOWN, $1, @$); }
  | value "else" else_value { $$ = expr_binary(p, AX_ELSE, $1, $3, @2); } ;
else_value: prim | '-' prim { $$ = expr_unary(p, AX_NEG, $2, @$); } ;
prim: path { $$ = expr_path(p, $1); }
  | call
  | call "in" "last" span_or_n at_most { $$ = call_window($1, $4, $5, @$); }
  | qname '.' word_lname { $$ = expr_event_field(p, $1, $3, @$); }
  | "last" '(' matched ')' '.' word_lname { $$ = expr_last_field(p, $3, $6, @$); }
  | '(' expr ')' { $$ = expr_unary(p, AX_PAREN, $2, @$); }
  | literal
  | "case" sum '{' arms '}' { $$ = expr_case(p, $2, $4, @$); }
  ;
arms: %empty { $$ = no_list(); } | arms LABEL sum { $$ = arm_add(p, $1, $2, $3); } ;
word_lname: LNAME ;
span_or_n: DURATION | INT | LNAME { $$ = expr_name(p, $1); } ;
at_most: %empty { $$ = NULL; } | "keep" INT { $$ = $2; } ;
call: path '(' args ')' { $$ = expr_call(p, $1, $3, @$); }
  | "min" '(' args ')' { $$ = expr_call(p, path_start(p, $1), $3, @$); } ;
args: %empty { $$ = no_list(); } | arg_list ;
arg_list: expr { $$ = list_one(argument($1)); } | arg_list ',' expr { $$ = list_add($1, argument($3)); } ;
literal: INT | DECIMAL | INT UNAME { $$ = expr_money(p, $1, $2, @$); }
  | DECIMAL UNAME { $$ = expr_money(p, $1, $2, @$); }
  | PERCENT | DURATION | CALSPAN | TIME
  | STRING { $$ = expr_text(p, $1); }
  | "true" { $$ = expr_new(p, AX_TRUE, @1); } | "false" { $$ = expr_new(p, AX_FALSE, @1); }
  ;

metric_where: %empty { $$ = NULL; } | "where" guard { $$ = $2; } ;
metric_by: %empty { $$ = no_list(); } | "by" words { $$ = $2; } ;
metric_window: metric_per { $$ = metric_start(p); $$->u.metric.per = $1; }
  | "over" span step { $$ = metric_start(p); $$->u.metric.over = $2; $$->u.metric.step = $3; } ;
metric_per: "per" span { $$ = $2; } ;
metric_groups: %empty { $$ = NULL; } | "groups" INT { $$ = $2; } ;

goals: %empty { $$ = nsat_start(p); }
  | goals goal { $$ = nsat_goal($1, $2); }
  | goals allow { $$ = decl_item($1, $2); }
  | goals error { $$ = decl_item($1, item_error(p, @2)); RECOVER(IN_NSAT, $<num>0); }
  ;
goal: "goal" UNAME text each lbrace goal_items '}' { $$ = item_goal(p, $2, $3, $4, $6, @$); } ;
each: %empty { $$ = no_name(); } | "each" word { $$ = $2; } ;
goal_items: %empty { $$ = no_list(); } | goal_items goal_item { $$ = list_add($1, &$2->n); } ;
goal_item:
    "owner" LNAME     { $$ = item_name(p, AI_OWNER, $2, @$, @1); }
  | "measure" measure { $$ = item_span($2, @$, @1); }
  | "target" target   { $$ = item_target(p, $2, @$, @1); }
  | "weight" sum      { $$ = item_expr(p, AI_WEIGHT, $2, @$, @1); }
  | goal
  | on
  | allow
  | error             { $$ = item_error(p, @$); RECOVER(IN_GOAL, $<num>-1); }
  ;
measure: "sco" { $$ = item_measure(p, AST_MEASURE_SCO, no_path()); }
  | measure_name { $$ = item_measure(p, AST_MEASURE_NAMED, $1); }
  | LNAME { $$ = item_measure(p, AST_MEASURE_BUILTIN, path_start(p, $1)); } ;
measure_name: qname ;

review_items: %empty { $$ = no_list(); } | review_items review_item { $$ = list_add($1, &$2->n); } ;
review_item:
    "every" every_span { $$ = item_every(p, $2, @$, @1); }
  | "on" qname         { $$ = item_review_on(p, $2, @$, @1); }
  | "chair" LNAME      { $$ = item_name(p, AI_CHAIR, $2, @$, @1); }
  | allow
  | error              { $$ = item_error(p, @$); RECOVER(IN_REVIEW, $<num>-1); }
  ;
every_span: span ;

test_lines: steps | expects ;
steps: %empty { $$ = test_start(p); }
  | steps test_step { $$ = test_step_add($1, $2); }
  | steps error { $$ = decl_item($1, item_error(p, @2)); RECOVER(IN_TEST, $<num>0); }
  ;
expects: steps expect { $$ = test_expect_add($1, $2); }
  | expects expect { $$ = test_expect_add($1, $2); }
  | expects late_step { $$ = test_step_add($1, $2); say_late_step(p, @2); }
  | expects error { $$ = decl_item($1, item_error(p, @2)); RECOVER(IN_TEST, $<num>0); }
  ;
test_step: "at" TIME qname event_values { $$ = step_event(p, AST_AT, $2, $3, $4, @$); } | late_step ;
late_step: "end" "at" TIME { $$ = step_end(p, $3, @$); }
  | "after" DURATION qname event_values { $$ = step_event(p, AST_AFTER, $2, $3, $4, @$); } ;
event_values: '{' pairs '}' { $$ = $2; } ;
pairs: %empty { $$ = no_list(); } | pairs word pair_value { $$ = pair_add(p, $1, $2, $3); } ;
pair_value: literal | '-' literal { $$ = expr_unary(p, AX_NEG, $2, @$); } | LNAME { $$ = expr_name(p, $1); } ;
expect: "expect" maybe_no expected expect_for expect_at { $$ = expect_node($3, $2, $4, $5, @$); } ;
expect_for: %empty { $$ = no_text(); } | "for" STRING { $$ = $2; } ;
maybe_no: %empty { $$ = 0; } | "no" { $$ = 1; } ;
expected: outcome qname { $$ = expected_outcome(p, $1, $2); }
  | outcome "sco" { $$ = expected_new(p, AST_EXPECT_SCO); $$->decided = (uint16_t)$1; }
  | "journey" { $$ = expected_new(p, AST_EXPECT_JOURNEY); }
  | "correct" correct_state LNAME { $$ = expected_correct(p, $2, $3); }
  | breach qname { $$ = expected_target(p, $1, $2); }
  | "alert" "to" LNAME expect_severity { $$ = expected_alert(p, $3, $4); }
  ;
correct_state: %empty { $$ = AST_CORRECT_OPENED; } | "done" { $$ = AST_CORRECT_DONE; }
  | "overdue" { $$ = AST_CORRECT_OVERDUE; } ;
breach: "breached" { $$ = 1; } | "met" { $$ = 0; } ;
outcome: "missed" { $$ = AST_MISSED; } | "produced" { $$ = AST_PRODUCED; } | "void" { $$ = AST_VOID; }
  | "open" { $$ = AST_OPEN; } ;
expect_severity: %empty { $$ = no_name(); } | "severity" severity { $$ = $2; } ;
expect_at: %empty { $$ = NULL; } | "at" TIME { $$ = $2; } ;

%%

/* Bison names what it expects by symbol; the rest of the parser knows tokens. */
static int yyreport_syntax_error(const yypcontext_t *ctx, Parser *p)
{
  bool wanted[YYNTOKENS] = {false};
  yysymbol_kind_t kinds[YYNTOKENS];
  int tokens[YYNTOKENS], n = 0, count = yypcontext_expected_tokens(ctx, kinds, YYNTOKENS);

  for (int i = 0; i < count; i++) wanted[kinds[i]] = true;
  wanted[YYSYMBOL_YYerror] = wanted[YYSYMBOL_YYUNDEF] = false;
  for (int token = 1; token <= YYMAXUTOK; token++) {
    if (wanted[YYTRANSLATE(token)]) tokens[n++] = token;
  }
  explain_syntax_error(p, tokens, n);
  return 0;
}

static void mot_error(Span *span, Parser *p, const char *message)
{
  (void)message; /* only ever "memory exhausted": the stack reached YYMAXDEPTH */
  say_too_deep(p, *span);
}
