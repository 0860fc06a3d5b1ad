/** What agencies need of the case core: numbers of parties, proofs, itemisation, money from partners, and open questions. */
export const AGENCIES_CASES = `
-- shown to partners; never reused
alter table cases.party add column number bigint generated always as identity unique;

-- the date that a debt is itemised from (US-REGF-03)
alter table cases.debt add column itemised_on date;

-- what shows that a duty was met; a rule that needs proof passes only on stored proof
create table cases.proof (
  id uuid primary key,
  case_id uuid not null references cases.case_file,
  debt_id uuid not null references cases.debt,
  kind text not null check (kind in ('notice-sent', 'notice-returned', 'conversation-held')),
  happened_on date not null,
  -- the office's own reference of the letter, message or call
  reference text,
  idempotency_key text not null,
  actor text not null,
  recorded_at timestamptz not null,
  unique (debt_id, idempotency_key)
);

-- the unique key of a debt's entries finds them as well
drop index cases.ledger_entry_debt_id_idx;
alter table cases.ledger_entry
  -- the business date under which it was posted; null for what came in with the debt
  add column booked_on date,
  -- what the partner who collected it kept before passing it on
  add column commission_minor bigint check (commission_minor between 0 and amount_minor);

alter table cases.referral drop constraint referral_made_by_check;
alter table cases.referral add constraint referral_made_by_check check (made_by in ('officer', 'strategy', 'adoption'));

-- what agencies hold, and what a debt was referred to before
create index on cases.referral (connector_id, strategy_id, expires_on) where withdrawn_on is null;
create index on cases.referral (debt_id);

-- the inbox: which parts of which partner's files were turned into case changes
create table cases.findings_taken (
  exchange_id uuid not null,
  first_sequence integer not null,
  last_sequence integer not null,
  primary key (exchange_id, first_sequence)
);

-- a partner's money that could not be posted, with its source
create table cases.suspense (
  id uuid primary key,
  jurisdiction_id text not null references cases.jurisdiction,
  connector_id text not null,
  natural_key text not null,
  kind text not null check (kind in ('payment', 'reversal')),
  -- natural key of the payment that a reversal takes back
  reverses_key text,
  exchange_id uuid not null,
  sequence integer not null,
  -- how the partner names the account
  reference text not null,
  debt_id uuid references cases.debt,
  amount_minor bigint not null check (amount_minor >= 0),
  commission_minor bigint not null,
  currency text not null,
  happened_on date not null,
  booked_on date not null,
  code text not null
    check (code in ('reference-unknown', 'currency-differs', 'amount-zero', 'commission-too-high', 'payment-unknown',
                    'amount-differs', 'already-reversed')),
  reason text not null,
  -- cancelled: a payment and its reversal that were both here
  state text not null default 'open' check (state in ('open', 'posted', 'cancelled')),
  entry_id uuid unique references cases.ledger_entry,
  settled_by text,
  settled_at timestamptz,
  unique (connector_id, natural_key),
  check ((state = 'posted') = (entry_id is not null))
);
create index on cases.suspense (jurisdiction_id) where state = 'open';

-- what a partner said that a person decides about, and differences between its picture and ours
create table cases.proposal (
  id uuid primary key,
  jurisdiction_id text not null references cases.jurisdiction,
  connector_id text not null,
  natural_key text not null,
  kind text not null,
  reference text not null,
  debt_id uuid references cases.debt,
  details jsonb not null,
  exchange_id uuid not null,
  sequence integer not null,
  raised_on date not null,
  state text not null default 'open' check (state in ('open', 'closed')),
  closed_by text,
  closed_at timestamptz,
  closed_reason text,
  unique (connector_id, natural_key)
);
create index on cases.proposal (jurisdiction_id) where state = 'open';
-- a difference that stands is one piece of work, however often it is reported
create unique index proposal_difference on cases.proposal (connector_id, reference)
  where state = 'open' and kind = 'balance-differs';

grant select, insert, update on cases.proof, cases.findings_taken, cases.suspense, cases.proposal to concord_gateway;
revoke update on cases.proof, cases.findings_taken from concord_gateway;
`;

/** The new facts, as the connectors read them. */
export const AGENCIES_CASES_VIEWS = `
create or replace view cases_v1.debt as
  select id, number::text as number, case_id, jurisdiction_id, source_reference, type, arose_from_contract,
         original_creditor_name, original_creditor_classification, incurred_on, delinquent_on, currency, itemised_on, number as debt_number
  from cases.debt;

create or replace view cases_v1.debt_party as
  select dp.debt_id, dp.role, p.id, p.kind, p.surname, p.first_name, p.middle_name, p.generation, p.telephone, p.address,
         p.number::text as number
  from cases.debt_party dp join cases.party p on p.id = dp.party_id;

create view cases_v1.ledger_entry as
  select id, debt_id, case_id, case_version, kind, amount_minor, effect_minor, effective_on, source
  from cases.ledger_entry;

create view cases_v1.proof as select id, debt_id, kind, happened_on from cases.proof;

grant select on cases_v1.ledger_entry, cases_v1.proof to concord_connectors;
`;
