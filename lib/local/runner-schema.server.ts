import 'server-only'

/**
 * The runner's own tables, in a schema of their own, so that they neither count as drift nor make the app's database "not empty".
 *
 * - `functions`: the last registration, so that a restart needs no app.
 * - `runs` and `steps`: what happened. A step that is `run` is being executed or retried; `wait` sleeps or waits; `done` has its result.
 * - `jobs`: everything that is still to be done, and when. `call` asks the app (and is leased while it does), `wake` ends a sleep or a wait,
 *   `start` begins a debounced run, `cron` is the next tick. A job's `key` makes it the only one of its kind: one discovery a run.
 * - `keys`: event ids and idempotency keys that were seen, until they expire.
 */
export const RUNNER_SCHEMA = `
create schema if not exists runner;
create table if not exists runner.functions (
  id text primary key,
  config json not null
);
create table if not exists runner.events (
  id text primary key,
  name text not null,
  payload json not null,
  received_at timestamptz not null
);
create index if not exists events_received_at on runner.events (received_at);
create table if not exists runner.runs (
  id text primary key,
  function_id text not null,
  event_id text not null,
  events json not null,
  status text not null default 'Running' check (status in ('Running', 'Completed', 'Failed', 'Cancelled')),
  output json,
  limit_keys text[] not null,
  rediscover boolean not null default false,
  parent_run_id text,
  parent_step_id text,
  created_at timestamptz not null,
  ended_at timestamptz
);
create index if not exists runs_event_id on runner.runs (event_id);
create index if not exists runs_running on runner.runs (function_id) where status = 'Running';
create index if not exists runs_ended_at on runner.runs (ended_at);
create table if not exists runner.steps (
  run_id text not null references runner.runs on delete cascade,
  id text not null,
  op text not null,
  name text,
  state text not null check (state in ('run', 'wait', 'done')),
  event_name text,
  expression text,
  result json,
  position int,
  primary key (run_id, id)
);
create index if not exists steps_waiting on runner.steps (event_name) where state = 'wait' and event_name is not null;
create table if not exists runner.jobs (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('call', 'wake', 'start', 'cron')),
  key text unique,
  due_at timestamptz not null,
  run_id text references runner.runs on delete cascade,
  function_id text,
  step_id text,
  attempt int not null default 0,
  payload json,
  limit_keys text[] not null default '{}',
  leased_by text
);
create index if not exists jobs_due on runner.jobs (due_at) where leased_by is null;
create index if not exists jobs_run on runner.jobs (run_id);
create table if not exists runner.keys (
  key text primary key,
  expires_at timestamptz not null
);
`
