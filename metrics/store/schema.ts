/** What takes the store from one version of its layout to the next. Each runs in one transaction. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}

/*
 * No primary or foreign keys, secondary indexes or enums: DuckDB cannot alter a table that has them.
 * Uniqueness is kept by the writer, which removes a call before it adds it. All times are ms of call time.
 */
const TABLES = `
CREATE TABLE runs (
  run_id VARCHAR NOT NULL, suite VARCHAR NOT NULL, target VARCHAR NOT NULL, line VARCHAR NOT NULL, time VARCHAR NOT NULL,
  seed BIGINT NOT NULL, faults VARCHAR NOT NULL, started_at TIMESTAMP NOT NULL, finished_at TIMESTAMP,
  git_commit VARCHAR, config_hash VARCHAR NOT NULL, planned INTEGER NOT NULL, host JSON NOT NULL, versions JSON NOT NULL
);
CREATE TABLE calls (
  run_id VARCHAR NOT NULL, call_id VARCHAR NOT NULL, plan_id VARCHAR NOT NULL, persona VARCHAR NOT NULL,
  scenario VARCHAR NOT NULL, stakes VARCHAR NOT NULL, line VARCHAR NOT NULL, timing VARCHAR NOT NULL, time VARCHAR NOT NULL,
  target VARCHAR NOT NULL, mind VARCHAR NOT NULL, place VARCHAR NOT NULL, snr_db DOUBLE NOT NULL, codec VARCHAR NOT NULL,
  loss DOUBLE NOT NULL, metronome BOOLEAN NOT NULL, outcome VARCHAR NOT NULL, reason VARCHAR, reasons JSON NOT NULL,
  not_seen JSON NOT NULL, duration_ms DOUBLE NOT NULL
);
CREATE TABLE turns (
  run_id VARCHAR NOT NULL, call_id VARCHAR NOT NULL, turn INTEGER NOT NULL, line_id VARCHAR NOT NULL, topic VARCHAR NOT NULL,
  caller_onset DOUBLE NOT NULL, caller_end DOUBLE NOT NULL, reply_onset DOUBLE, latency_ms DOUBLE,
  waited_until DOUBLE NOT NULL, wait_ended VARCHAR NOT NULL, agent_speaking BOOLEAN NOT NULL, desk BOOLEAN NOT NULL
);
CREATE TABLE stimuli (
  run_id VARCHAR NOT NULL, call_id VARCHAR NOT NULL, stimulus_id VARCHAR NOT NULL, kind VARCHAR NOT NULL,
  sham BOOLEAN NOT NULL, takes_floor BOOLEAN NOT NULL, said VARCHAR NOT NULL, intended DOUBLE NOT NULL, onset DOUBLE NOT NULL,
  intent DOUBLE NOT NULL, ends DOUBLE NOT NULL, into_speech BOOLEAN NOT NULL, stop DOUBLE, stop_ms DOUBLE, resumed DOUBLE
);
CREATE TABLE handoffs (
  run_id VARCHAR NOT NULL, call_id VARCHAR NOT NULL, truth VARCHAR NOT NULL, desk VARCHAR, facts VARCHAR NOT NULL,
  decision DOUBLE, route DOUBLE, recall DOUBLE, "precision" DOUBLE, repeated DOUBLE
);
CREATE TABLE stages (
  run_id VARCHAR NOT NULL, call_id VARCHAR NOT NULL, stage VARCHAR NOT NULL, starts DOUBLE NOT NULL, ends DOUBLE NOT NULL,
  lasted_ms DOUBLE NOT NULL
);
CREATE TABLE scores (
  run_id VARCHAR NOT NULL, call_id VARCHAR NOT NULL, metric VARCHAR NOT NULL, class VARCHAR NOT NULL, "of" VARCHAR NOT NULL,
  value DOUBLE NOT NULL, censored BOOLEAN NOT NULL, u DOUBLE NOT NULL, at_ms DOUBLE NOT NULL, note VARCHAR NOT NULL
);
CREATE TABLE calibrations (
  run_id VARCHAR NOT NULL, line VARCHAR NOT NULL, codec VARCHAR NOT NULL, snr_db DOUBLE, jitter_ms DOUBLE, loss DOUBLE,
  skew_ppm DOUBLE, metric VARCHAR NOT NULL, n INTEGER NOT NULL, bias_ms DOUBLE, median_abs_ms DOUBLE, p95_abs_ms DOUBLE,
  max_abs_ms DOUBLE, missed INTEGER NOT NULL
);
CREATE TABLE faults_caught (
  run_id VARCHAR NOT NULL, fault VARCHAR NOT NULL, metric VARCHAR NOT NULL, trials INTEGER NOT NULL, detected INTEGER NOT NULL
);
`;

/*
 * Quantiles here are plain order statistics of the uncensored observations, for looking around;
 * a gate's come from metrics/gate, which counts the censored ones too. Shams and invalid calls are left out.
 */
const VIEWS = `
CREATE VIEW observations AS
  SELECT s.*, c.persona, c.scenario, c.line, c.place, c.snr_db
  FROM scores s JOIN calls c USING (run_id, call_id)
  WHERE c.outcome IN ('passed', 'failed') AND NOT c.metronome AND NOT starts_with(s.class, 'sham:');
CREATE VIEW run_metrics AS
  SELECT run_id, metric, count(*)::INTEGER AS n, (count(*) FILTER (WHERE censored))::INTEGER AS censored,
    avg(value) FILTER (WHERE NOT censored) AS mean,
    quantile_cont(value, 0.5) FILTER (WHERE NOT censored) AS p50,
    CASE WHEN count(*) FILTER (WHERE NOT censored) >= 72 THEN quantile_cont(value, 0.95) FILTER (WHERE NOT censored) END AS p95
  FROM observations GROUP BY run_id, metric;
CREATE VIEW worst_calls AS
  WITH slowest AS (
    SELECT run_id, call_id, max(latency_ms) AS slowest_reply_ms, arg_max(caller_end, latency_ms) AS listen_at_ms
    FROM turns GROUP BY run_id, call_id
  )
  SELECT c.run_id, c.call_id, c.persona, c.scenario, c.outcome, c.reason, s.slowest_reply_ms, s.listen_at_ms
  FROM calls c LEFT JOIN slowest s USING (run_id, call_id)
  WHERE NOT c.metronome
  ORDER BY c.run_id, CASE c.outcome WHEN 'failed' THEN 0 WHEN 'invalid' THEN 1 ELSE 2 END, s.slowest_reply_ms DESC NULLS LAST;
`;

/* The accuracy table knows what the agent sent while silent and how often its source changed; verdicts have one of their own. */
const ACCURACY = `
ALTER TABLE calibrations ADD COLUMN silence VARCHAR DEFAULT 'sound';
ALTER TABLE calibrations ADD COLUMN new_sources INTEGER DEFAULT 0;
ALTER TABLE calibrations ADD COLUMN sd_ms DOUBLE;
ALTER TABLE calibrations ADD COLUMN not_kept INTEGER DEFAULT 0;
CREATE TABLE calibration_tables (
  run_id VARCHAR NOT NULL, line VARCHAR NOT NULL, codec VARCHAR NOT NULL, snr_db DOUBLE, jitter_ms DOUBLE, loss DOUBLE,
  skew_ppm DOUBLE, silence VARCHAR, new_sources INTEGER, judged VARCHAR NOT NULL,
  hit INTEGER NOT NULL, missed INTEGER NOT NULL, false_alarm INTEGER NOT NULL, rejected INTEGER NOT NULL
);
`;

/*
 * Observations keep the dose they answer, so that a curve can be fitted again from the store; shams can be asked for
 * beside them; and what a table or view holds is written in the store itself.
 */
const DOSES = `
ALTER TABLE scores ADD COLUMN dose DOUBLE;
CREATE OR REPLACE VIEW observations AS
  SELECT s.*, c.persona, c.scenario, c.line, c.place, c.snr_db
  FROM scores s JOIN calls c USING (run_id, call_id)
  WHERE c.outcome IN ('passed', 'failed') AND NOT c.metronome AND NOT starts_with(s.class, 'sham:');
CREATE VIEW shams AS
  SELECT s.* REPLACE (substr(s.class, 6) AS class), c.persona, c.scenario, c.line, c.place, c.snr_db
  FROM scores s JOIN calls c USING (run_id, call_id)
  WHERE c.outcome IN ('passed', 'failed') AND NOT c.metronome AND starts_with(s.class, 'sham:');
CREATE VIEW reactions AS
  WITH seen AS (SELECT run_id, metric, class, count(*)::INTEGER AS n, avg(value) AS share FROM observations GROUP BY ALL),
    chance AS (SELECT run_id, metric, class, count(*)::INTEGER AS shams, avg(value) AS by_chance FROM shams GROUP BY ALL)
  SELECT seen.*, coalesce(shams, 0) AS shams, by_chance FROM seen LEFT JOIN chance USING (run_id, metric, class)
  WHERE metric IN ('yield_rate', 'opening_yield', 'false_barge_in', 'hiccup', 'stumble', 'spurious_response')
  ORDER BY ALL;
COMMENT ON TABLE runs IS 'One row a run: what was called, over which line, with which seed, on which machine.';
COMMENT ON TABLE calls IS 'One row a call: who called, why, under what conditions, and what became of it.';
COMMENT ON TABLE turns IS 'Every turn of a caller and the reply to it, in ms of call time.';
COMMENT ON TABLE stimuli IS 'Everything done to the agent while it spoke or was silent, shams included, and where it stopped.';
COMMENT ON TABLE handoffs IS 'One row a call in which a person was due, allowed or fetched.';
COMMENT ON TABLE stages IS 'How long the agent says that its stages took: claims, not measurements.';
COMMENT ON TABLE scores IS 'Every observation of every metric, of all calls; at_ms is where to listen, u its uncertainty, dose the strength of what it answers.';
COMMENT ON TABLE calibrations IS 'How far off the instrument was, by condition, from the metronome calls.';
COMMENT ON TABLE calibration_tables IS 'How often the instrument judged a metronome call right, by condition.';
COMMENT ON TABLE faults_caught IS 'How often each metric noticed each planted fault.';
COMMENT ON VIEW observations IS 'The scores that count: of passed and failed calls, without shams and metronome calls.';
COMMENT ON VIEW shams IS 'The same for triggers at which nothing was played; class is the kind that would have been.';
COMMENT ON VIEW reactions IS 'How often the agent reacts, by kind, and how often it does the same when nothing is played.';
COMMENT ON VIEW run_metrics IS 'Each metric over a run, for looking around: percentiles leave censored observations out.';
COMMENT ON VIEW worst_calls IS 'Calls to hear first: failed before invalid before passed, the slowest reply first.';
`;

/* The self-test's matrix says what was meant to turn red, and which of the kept calls shows it. */
const SHOWN = `
ALTER TABLE faults_caught ADD COLUMN expected VARCHAR DEFAULT 'must';
ALTER TABLE faults_caught ADD COLUMN call_id VARCHAR;
ALTER TABLE faults_caught ADD COLUMN at_ms DOUBLE;
COMMENT ON TABLE faults_caught IS 'How often each metric turned red on an agent with each planted fault, whether it must, may or must not, and the kept call that shows it; an empty fault is the sound agent.';
`;

/* Runs of an agent made of something else, or with simulated stages, are another row of nights. */
const AGENTS = `
ALTER TABLE runs ADD COLUMN agent VARCHAR DEFAULT '';
COMMENT ON COLUMN runs.agent IS 'In what the reference agent was not the usual one: manners, engines, simulated stages; empty when in nothing.';
`;

/** Every layout the store ever had, oldest first. Add at the end; never edit one that was released. */
export const migrations: readonly Migration[] = [
  { version: 1, sql: TABLES + VIEWS },
  { version: 2, sql: ACCURACY },
  { version: 3, sql: DOSES },
  { version: 4, sql: SHOWN },
  { version: 5, sql: AGENTS },
];

/** The layout this code reads and writes. */
export const SCHEMA_VERSION = Math.max(...migrations.map(({ version }) => version));

/** Tables that hold rows of one call. */
export const CALL_TABLES = ['calls', 'turns', 'stimuli', 'handoffs', 'stages', 'scores'] as const;

/** Tables that hold rows of a run as a whole. */
export const RUN_TABLES = ['runs', 'calibrations', 'calibration_tables', 'faults_caught'] as const;
