/*
 * schema.c - the tables and views of the database, and what is put into them.
 */
#include "cli/store/store.h"

const char store_schema[] =
  "CREATE TABLE rules (hash TEXT PRIMARY KEY, first_run INTEGER NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE runs (run INTEGER PRIMARY KEY, rules TEXT NOT NULL, mot TEXT NOT NULL, began TEXT NOT NULL,"
  " ended TEXT, complete INTEGER NOT NULL DEFAULT 0, events INTEGER, rejected INTEGER, late INTEGER,"
  " duplicate INTEGER, unmapped INTEGER, unreached INTEGER, faults INTEGER, clock TEXT);"
  "CREATE TABLE owners (owner TEXT PRIMARY KEY, title TEXT, contact TEXT, role TEXT, team INTEGER, above TEXT)"
  " WITHOUT ROWID;"
  "CREATE TABLE experiences (experience TEXT PRIMARY KEY, title TEXT, sco TEXT, manager TEXT) WITHOUT ROWID;"
  "CREATE TABLE mots (experience TEXT, mot TEXT, title TEXT, manager TEXT, critical INTEGER, weight REAL,"
  " PRIMARY KEY (experience, mot)) WITHOUT ROWID;"
  "CREATE TABLE producers (experience TEXT, mot TEXT, team TEXT, PRIMARY KEY (experience, mot, team)) WITHOUT ROWID;"
  "CREATE TABLE metrics (metric TEXT PRIMARY KEY, field_1 TEXT, field_2 TEXT) WITHOUT ROWID;"
  "CREATE TABLE goals (nsat TEXT, goal TEXT, title TEXT, experience TEXT, parent TEXT, owner TEXT, measure TEXT,"
  " weight REAL, each TEXT, PRIMARY KEY (nsat, goal)) WITHOUT ROWID;"
  "CREATE TABLE targets (experience TEXT, mot TEXT, nsat TEXT, goal TEXT, target TEXT, wanted, unit TEXT,"
  " more_is_better INTEGER, min_cases INTEGER, PRIMARY KEY (experience, mot, nsat, goal, target)) WITHOUT ROWID;"

  "CREATE TABLE journeys (experience TEXT, key TEXT, started TEXT, nth INTEGER, first_key TEXT NOT NULL,"
  " ended TEXT, day TEXT, ended_by TEXT, sco TEXT, disruption REAL, produced INTEGER, missed INTEGER, void INTEGER,"
  " value, unit TEXT, run INTEGER NOT NULL, PRIMARY KEY (experience, key, started, nth)) WITHOUT ROWID;"
  "CREATE TABLE scos (experience TEXT, key TEXT, started TEXT, nth INTEGER, first_key TEXT NOT NULL,"
  " outcome TEXT NOT NULL, reason TEXT, decided TEXT, day TEXT, took_ms INTEGER, because TEXT, run INTEGER NOT NULL,"
  " PRIMARY KEY (experience, key, started, nth)) WITHOUT ROWID;"
  "CREATE TABLE moments (experience TEXT, mot TEXT, key TEXT, opened TEXT, nth INTEGER, first_key TEXT NOT NULL,"
  " started TEXT, outcome TEXT NOT NULL, reason TEXT, decided TEXT, day TEXT, deadline TEXT, took_ms INTEGER,"
  " paused_ms INTEGER, individual, impact, currency TEXT, because TEXT, run INTEGER NOT NULL,"
  " PRIMARY KEY (experience, mot, key, opened, nth)) WITHOUT ROWID;"
  "CREATE TABLE alerts (id TEXT PRIMARY KEY, experience TEXT, mot TEXT, nsat TEXT, goal TEXT, individual, key TEXT,"
  " first_key TEXT, owner TEXT, severity TEXT, text TEXT, cause TEXT, state TEXT NOT NULL, raised TEXT,"
  " acknowledged TEXT, cleared TEXT, cleared_by TEXT, escalations INTEGER, repetitions INTEGER,"
  " run INTEGER NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE alert_history (id TEXT, at TEXT, state TEXT, owner TEXT, cause TEXT, run INTEGER NOT NULL,"
  " PRIMARY KEY (id, at, state, owner)) WITHOUT ROWID;"
  "CREATE TABLE corrections (id TEXT PRIMARY KEY, experience TEXT, mot TEXT, key TEXT, first_key TEXT, text TEXT,"
  " owner TEXT, due TEXT, cause TEXT, state TEXT NOT NULL, opened TEXT, overdue TEXT, done TEXT, withdrawn TEXT,"
  " withdrawn_by TEXT, run INTEGER NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE measures (metric TEXT, window_from TEXT, window_to TEXT, \"group\" TEXT, value, unit TEXT,"
  " cases INTEGER, run INTEGER NOT NULL, PRIMARY KEY (metric, window_from, window_to, \"group\")) WITHOUT ROWID;"
  "CREATE TABLE sentiments (experience TEXT, key TEXT, at TEXT, nth INTEGER, first_key TEXT NOT NULL, value, unit TEXT,"
  " run INTEGER NOT NULL, PRIMARY KEY (experience, key, at, nth)) WITHOUT ROWID;"
  "CREATE TABLE target_changes (experience TEXT, mot TEXT, nsat TEXT, goal TEXT, target TEXT, individual, at TEXT,"
  " state TEXT, value, unit TEXT, cases INTEGER, window_from TEXT, window_to TEXT, run INTEGER NOT NULL,"
  " PRIMARY KEY (experience, mot, nsat, goal, target, individual, at)) WITHOUT ROWID;"
  "CREATE TABLE target_standing (experience TEXT, mot TEXT, nsat TEXT, goal TEXT, target TEXT, state TEXT, value,"
  " unit TEXT, cases INTEGER, window_from TEXT, window_to TEXT, run INTEGER NOT NULL,"
  " PRIMARY KEY (experience, mot, nsat, goal, target)) WITHOUT ROWID;"
  "CREATE TABLE goal_changes (nsat TEXT, goal TEXT, individual, at TEXT, state TEXT, score REAL, rolled_up REAL,"
  " run INTEGER NOT NULL, PRIMARY KEY (nsat, goal, individual, at)) WITHOUT ROWID;"
  "CREATE TABLE goal_standing (nsat TEXT, goal TEXT, individual, state TEXT, score REAL, rolled_up REAL,"
  " cases INTEGER, run INTEGER NOT NULL, PRIMARY KEY (nsat, goal, individual)) WITHOUT ROWID;"
  "CREATE TABLE events (run INTEGER, event TEXT, accepted INTEGER, touched INTEGER, PRIMARY KEY (run, event))"
  " WITHOUT ROWID;"
  "CREATE TABLE unmapped (run INTEGER, type TEXT, events INTEGER, PRIMARY KEY (run, type)) WITHOUT ROWID;"
  "CREATE INDEX moments_by_day ON moments (day, experience, mot);"
  "CREATE INDEX moments_by_key ON moments (first_key);"
  "CREATE INDEX journeys_by_key ON journeys (first_key);"

  "CREATE VIEW production_by_day AS SELECT experience, mot, day, sum(outcome = 'produced') AS produced,"
  " sum(outcome = 'missed') AS missed, sum(outcome = 'void') AS void,"
  " round(100.0 * sum(outcome = 'produced') / nullif(sum(outcome IN ('produced', 'missed')), 0), 2) AS rate"
  " FROM moments WHERE day IS NOT NULL GROUP BY experience, mot, day;"
  "CREATE VIEW sco_by_day AS SELECT experience, day, sum(outcome = 'produced') AS produced,"
  " sum(outcome = 'missed') AS missed, sum(outcome = 'void') AS void,"
  " round(100.0 * sum(outcome = 'produced') / nullif(sum(outcome IN ('produced', 'missed')), 0), 2) AS rate"
  " FROM scos WHERE day IS NOT NULL GROUP BY experience, day;"
  "CREATE VIEW open_moments AS SELECT experience, mot, key, opened, deadline FROM moments WHERE outcome = 'open';"
  "CREATE VIEW open_corrections AS SELECT id, experience, mot, key, text, owner, opened, due, state, cause"
  " FROM corrections WHERE done IS NULL AND withdrawn IS NULL;"
  "CREATE VIEW active_alerts AS SELECT id, experience, mot, nsat, goal, individual, key, owner, severity, text, cause,"
  " raised, acknowledged, escalations FROM alerts WHERE cleared IS NULL;"
  "CREATE VIEW misses_by_team AS SELECT experience, mot, team, sum(outcome = 'missed') AS missed,"
  " sum(outcome IN ('produced', 'missed')) AS decided,"
  " round(100.0 * sum(outcome = 'missed') / nullif(sum(outcome IN ('produced', 'missed')), 0), 2) AS miss_rate"
  " FROM moments JOIN producers USING (experience, mot) GROUP BY experience, mot, team;"
  "CREATE VIEW misses_by_individual AS SELECT experience, mot, individual, sum(outcome = 'missed') AS missed,"
  " sum(outcome IN ('produced', 'missed')) AS decided,"
  " round(100.0 * sum(outcome = 'missed') / nullif(sum(outcome IN ('produced', 'missed')), 0), 2) AS miss_rate"
  " FROM moments WHERE individual IS NOT NULL GROUP BY experience, mot, individual;"
  "CREATE VIEW latest_goals AS SELECT s.nsat, s.goal, g.title, g.parent, g.owner, s.individual, s.state, s.score,"
  " s.rolled_up, s.cases FROM goal_standing s LEFT JOIN goals g USING (nsat, goal);"
  "CREATE VIEW latest_targets AS SELECT s.experience, s.mot, s.nsat, s.goal, s.target, s.state, s.value, s.unit,"
  " s.cases, t.wanted, s.window_from, s.window_to FROM target_standing s"
  " LEFT JOIN targets t USING (experience, mot, nsat, goal, target);"
  "CREATE VIEW latest_measures AS SELECT metric, \"group\", value, unit, cases, max(window_to) AS window_to"
  " FROM measures GROUP BY metric, \"group\";";

/* A row of an earlier run gives way to this one's: always when this one began anew, else when it was open or says
 * the same.  One of this run never does: it is another thing with the same key, which gets the next number. */
#define GIVES_WAY(time) \
  " WHERE run <> excluded.run AND (?1 OR outcome = 'open' OR (outcome = excluded.outcome AND " time " IS excluded." time "))"

const char *const store_texts[STORE_STATEMENTS] = {
  [STORE_RUN] = "INSERT INTO runs (rules, mot, began) VALUES (?1, ?2, strftime('%Y-%m-%dT%H:%M:%fZ'))",
  [STORE_RUN_END] =
    "UPDATE runs SET complete = ?2, events = ?3, rejected = ?4, late = ?5, duplicate = ?6, unmapped = ?7, unreached = ?8,"
    " faults = ?9, clock = ?10, ended = strftime('%Y-%m-%dT%H:%M:%fZ') WHERE run = ?1",
  [STORE_RULES] = "INSERT INTO rules VALUES (?1, ?2) ON CONFLICT DO NOTHING",
  [STORE_OWNER] = "INSERT OR REPLACE INTO owners VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
  [STORE_EXPERIENCE] = "INSERT OR REPLACE INTO experiences VALUES (?1, ?2, ?3, ?4)",
  [STORE_MOT] = "INSERT OR REPLACE INTO mots VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
  [STORE_PRODUCER] = "INSERT OR REPLACE INTO producers VALUES (?1, ?2, ?3)",
  [STORE_METRIC] = "INSERT OR REPLACE INTO metrics VALUES (?1, ?2, ?3)",
  [STORE_GOAL] = "INSERT OR REPLACE INTO goals VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
  [STORE_TARGET] = "INSERT OR REPLACE INTO targets VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
  [STORE_JOURNEY] =
    "INSERT INTO journeys (nth, experience, key, started, first_key, ended, day, ended_by, sco, disruption, produced,"
    " missed, void, value, unit, run)"
    " VALUES (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)"
    " ON CONFLICT DO UPDATE SET ended = excluded.ended, day = excluded.day, ended_by = excluded.ended_by,"
    " sco = excluded.sco, disruption = excluded.disruption, produced = excluded.produced, missed = excluded.missed,"
    " void = excluded.void, value = excluded.value, unit = excluded.unit, run = excluded.run"
    " WHERE run <> excluded.run AND (?1 OR (ended_by = excluded.ended_by AND ended = excluded.ended))",
  [STORE_SCO] =
    "INSERT INTO scos (nth, experience, key, started, first_key, outcome, reason, decided, day, took_ms, because, run)"
    " VALUES (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
    " ON CONFLICT DO UPDATE SET outcome = excluded.outcome, reason = excluded.reason, decided = excluded.decided,"
    " day = excluded.day, took_ms = excluded.took_ms, because = excluded.because, run = excluded.run"
    GIVES_WAY("decided"),
  [STORE_MOMENT] =
    "INSERT INTO moments (nth, experience, mot, key, opened, first_key, started, outcome, reason, decided, day,"
    " deadline, took_ms, paused_ms, individual, impact, currency, because, run)"
    " VALUES (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)"
    " ON CONFLICT DO UPDATE SET started = excluded.started, outcome = excluded.outcome, reason = excluded.reason,"
    " decided = excluded.decided, day = excluded.day, deadline = excluded.deadline, took_ms = excluded.took_ms,"
    " paused_ms = excluded.paused_ms, individual = excluded.individual, impact = excluded.impact,"
    " currency = excluded.currency, because = excluded.because, run = excluded.run"
    GIVES_WAY("decided"),
  [STORE_ALERT] =
    "INSERT INTO alerts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)"
    " ON CONFLICT DO UPDATE SET owner = excluded.owner, severity = excluded.severity, text = excluded.text,"
    " cause = coalesce(excluded.cause, cause), state = excluded.state, raised = coalesce(excluded.raised, raised),"
    " acknowledged = iif(excluded.raised IS NULL, coalesce(excluded.acknowledged, acknowledged), NULL),"
    " cleared = excluded.cleared, cleared_by = excluded.cleared_by,"
    " escalations = iif(excluded.raised IS NULL, escalations, 0) + excluded.escalations,"
    " repetitions = iif(excluded.raised IS NULL, repetitions, 0) + excluded.repetitions, run = excluded.run",
  [STORE_ALERT_HISTORY] = "INSERT OR REPLACE INTO alert_history VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
  [STORE_CORRECTION] =
    "INSERT INTO corrections VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"
    " ON CONFLICT DO UPDATE SET text = excluded.text, owner = excluded.owner, due = coalesce(excluded.due, due),"
    " cause = coalesce(excluded.cause, cause), state = excluded.state, opened = coalesce(excluded.opened, opened),"
    " overdue = iif(excluded.opened IS NULL, coalesce(excluded.overdue, overdue), NULL),"
    " done = excluded.done, withdrawn = excluded.withdrawn, withdrawn_by = excluded.withdrawn_by, run = excluded.run",
  [STORE_MEASURE] = "INSERT OR REPLACE INTO measures VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
  [STORE_SENTIMENT] =
    "INSERT INTO sentiments (nth, experience, key, at, first_key, value, unit, run)"
    " VALUES (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
    " ON CONFLICT DO UPDATE SET value = excluded.value, unit = excluded.unit, run = excluded.run"
    " WHERE run <> excluded.run AND (?1 OR value IS excluded.value)",
  [STORE_TARGET_CHANGE] =
    "INSERT OR REPLACE INTO target_changes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
  [STORE_TARGET_STANDING] =
    "INSERT OR REPLACE INTO target_standing VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
  [STORE_GOAL_CHANGE] = "INSERT OR REPLACE INTO goal_changes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
  [STORE_GOAL_FORGET] = "DELETE FROM goal_standing WHERE nsat = ?1 AND goal = ?2",
  [STORE_GOAL_STANDING] = "INSERT OR REPLACE INTO goal_standing VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
  [STORE_EVENT] = "INSERT OR REPLACE INTO events VALUES (?1, ?2, ?3, ?4)",
  [STORE_UNMAPPED] = "INSERT OR REPLACE INTO unmapped VALUES (?1, ?2, ?3)",
};
