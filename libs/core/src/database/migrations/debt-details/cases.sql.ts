/** The due date, the history of a debt's dates, and judgments with everything that became of them. */
export const DEBT_DETAILS_CASES = `
-- the day by which it was to be paid, as the bill or the decision said
alter table cases.debt add column due_on date;

-- a date that an officer set or corrected: one row a date
create table cases.debt_date_change (
  id uuid primary key,
  debt_id uuid not null references cases.debt,
  case_version bigint not null,
  date_kind text not null check (date_kind in ('incurred', 'due', 'delinquent', 'itemised')),
  before date,
  after date,
  -- all dates that an officer stated under the key; null where none did
  asked jsonb,
  reason text not null,
  source text not null,
  idempotency_key text not null,
  actor text not null,
  recorded_at timestamptz not null,
  unique (debt_id, idempotency_key, date_kind),
  check (before is distinct from after)
);

-- what a court awarded, in minor units of the debt's currency. The ledger says what is owed; this says what was decided
create table cases.judgment (
  id uuid primary key,
  debt_id uuid not null references cases.debt,
  court text not null,
  case_number text not null,
  entered_on date not null,
  principal_minor bigint not null check (principal_minor >= 0),
  interest_minor bigint not null check (interest_minor >= 0),
  fees_minor bigint not null check (fees_minor >= 0),
  costs_minor bigint not null check (costs_minor >= 0),
  -- yearly per cent after the judgment, as it says; null where it says nothing
  yearly_percent text check (yearly_percent ~ '^\\d{1,3}(\\.\\d{1,6})?$'),
  -- last day on which it can be enforced; null where nobody has said
  enforceable_until date check (enforceable_until >= entered_on),
  state text not null default 'in-force' check (state in ('in-force', 'satisfied', 'vacated')),
  -- the day on which it was satisfied or vacated; null while it is in force
  ended_on date check (ended_on >= entered_on),
  idempotency_key text not null,
  unique (debt_id, idempotency_key),
  check (principal_minor + interest_minor + fees_minor + costs_minor > 0),
  check ((state = 'in-force') = (ended_on is null))
);
-- one judgment in force a debt
create unique index judgment_in_force on cases.judgment (debt_id) where state = 'in-force';

-- whom it binds
create table cases.judgment_party (
  judgment_id uuid not null references cases.judgment,
  party_id uuid not null references cases.party,
  primary key (judgment_id, party_id)
);

-- everything that happened to a judgment, its entry first
create table cases.judgment_step (
  id uuid primary key,
  judgment_id uuid not null references cases.judgment,
  case_version bigint not null,
  kind text not null check (kind in ('entered', 'renewed', 'satisfied', 'vacated')),
  happened_on date not null,
  -- of a renewal: the new last day on which it can be enforced
  enforceable_until date,
  reason text,
  source text not null,
  -- the office's reference of the order, the certificate or the discharge
  proof text,
  idempotency_key text not null,
  actor text not null,
  recorded_at timestamptz not null,
  unique (judgment_id, idempotency_key)
);

grant select, insert on cases.debt_date_change, cases.judgment, cases.judgment_party, cases.judgment_step
  to concord_gateway;
grant update (state, ended_on, enforceable_until) on cases.judgment to concord_gateway;
`;

/** The due date at the end of the debt's view, and judgments, with the parties as the debt's view has them. */
export const DEBT_DETAILS_CASES_VIEWS = `
create or replace view cases_v1.debt as
  select id, number::text as number, case_id, jurisdiction_id, source_reference, type, arose_from_contract,
         original_creditor_name, original_creditor_classification, incurred_on, delinquent_on, currency, itemised_on,
         number as debt_number, due_on
  from cases.debt;

create view cases_v1.judgment as
  select j.id, j.debt_id, j.court, j.case_number, j.entered_on, j.principal_minor, j.interest_minor, j.fees_minor,
         j.costs_minor, j.yearly_percent, j.enforceable_until, j.state, j.ended_on,
         array(select distinct coalesce(q.merged_into, q.id) from cases.judgment_party p
               join cases.party q on q.id = p.party_id where p.judgment_id = j.id order by 1) as party_ids
  from cases.judgment j;

grant select on cases_v1.judgment to concord_connectors;
`;
