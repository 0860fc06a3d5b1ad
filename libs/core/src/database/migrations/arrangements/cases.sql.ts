/** Payment arrangements with their schedules, and what stops need to say where they end and what shows them. */
export const ARRANGEMENTS_CASES = `
-- what shows the stop (a notice, an order, a certificate), by the office's reference of it
alter table cases.stop add column proof text;
-- the one party of the debt whom it protects, where it is about one and about one debt only
alter table cases.stop add column party_id uuid references cases.party;
-- a discharge takes the place of the stop that it ended
alter table cases.stop add column follows uuid references cases.stop;

create table cases.arrangement (
  id uuid primary key,
  case_id uuid not null references cases.case_file,
  jurisdiction_id text not null references cases.jurisdiction,
  state text not null check (state in ('in-force', 'breached', 'ended', 'completed')),
  allocation text not null check (allocation in ('oldest-first', 'pro-rata')),
  currency text not null,
  -- what the office promised when it agreed: a later change of its settings does not reach it
  holds_back text[] not null,
  agreed_on date not null,
  -- first day on which it is in force no more; null while it is
  ended_on date,
  ended_reason text,
  idempotency_key text not null,
  actor text not null,
  recorded_at timestamptz not null,
  unique (case_id, idempotency_key),
  unique (id, state),
  check ((state = 'in-force') = (ended_on is null))
);
create index on cases.arrangement (jurisdiction_id, id) where state = 'in-force';

create table cases.arrangement_debt (
  arrangement_id uuid not null,
  debt_id uuid not null references cases.debt,
  -- follows the arrangement's own: the database keeps them equal
  state text not null,
  primary key (arrangement_id, debt_id),
  foreign key (arrangement_id, state) references cases.arrangement (id, state) on update cascade
);
-- one arrangement in force a debt
create unique index arrangement_in_force on cases.arrangement_debt (debt_id) where state = 'in-force';
create index on cases.arrangement_debt (debt_id);

-- a schedule is never changed: an extension is the next one
create table cases.arrangement_schedule (
  arrangement_id uuid not null references cases.arrangement,
  revision integer not null check (revision > 0),
  agreed_on date not null,
  -- version of the case that agreeing on it made: what was posted later counts towards it
  case_version bigint not null,
  amount_minor bigint not null check (amount_minor > 0),
  terms jsonb not null,
  idempotency_key text not null,
  actor text not null,
  recorded_at timestamptz not null,
  primary key (arrangement_id, revision),
  unique (arrangement_id, idempotency_key)
);

create table cases.arrangement_instalment (
  arrangement_id uuid not null,
  revision integer not null,
  number integer not null check (number > 0),
  due_on date not null,
  -- first day on which a missing instalment is a breach, by the calendar of the day of the agreement
  breaches_on date not null check (breaches_on > due_on),
  amount_minor bigint not null check (amount_minor > 0),
  primary key (arrangement_id, revision, number),
  foreign key (arrangement_id, revision) references cases.arrangement_schedule
);

grant select, insert on cases.arrangement, cases.arrangement_debt, cases.arrangement_schedule,
  cases.arrangement_instalment to concord_gateway;
grant update on cases.arrangement to concord_gateway;
-- the cascade of the state runs with the rights of the table's owner; nobody else changes it
`;

/** An arrangement in force is a stop like any other to whoever judges. */
export const ARRANGEMENTS_CASES_VIEWS = `
create or replace view cases_v1.stop as
  select id, case_id, scope, subject_id, kind, starts_on, ends_on, lifted_on, details, party_id from cases.stop
  union all
  select a.id, a.case_id, 'debt', ad.debt_id, 'arrangement', a.agreed_on, null::date, a.ended_on,
         jsonb_build_object('acts', to_jsonb(a.holds_back)), null::uuid
  from cases.arrangement_debt ad join cases.arrangement a on a.id = ad.arrangement_id;
`;
