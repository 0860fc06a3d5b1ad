/** Strategies by version, and what referrals need so that a second one can follow. */
export const STRATEGIES_CASES = `
-- what an office's strategies said, and since when: one row each time that a content came into force or was held
create table cases.strategy_version (
  id bigint generated always as identity primary key,
  jurisdiction_id text not null references cases.jurisdiction,
  strategy_id text not null,
  -- hash of the content
  version text not null,
  content jsonb not null,
  -- held: it waits for a person, because it would refer or recall a surprising number
  state text not null check (state in ('held', 'in-force', 'superseded')),
  -- what it would have done when it was looked at; null where nobody asked
  effect jsonb,
  recorded_at timestamptz not null,
  -- who put it into force or put it away, and why
  decided_by text,
  decided_at timestamptz,
  reason text,
  -- a content that came into force has every debt of its types and every referral of its own looked at again, step by
  -- step: the last ones that are marked, 0 before the first, null when all are
  debts_marked_to bigint,
  referrals_marked_to uuid
);
create unique index strategy_in_force on cases.strategy_version (jurisdiction_id, strategy_id) where state = 'in-force';
create unique index strategy_held on cases.strategy_version (jurisdiction_id, strategy_id) where state = 'held';

alter table cases.referral
  -- the content of the strategy that made it
  add column strategy_version text,
  add column end_kind text check (end_kind in ('withdrawn', 'returned', 'recalled', 'expired')),
  -- when its strategy asks next whether it takes the debt back; null when it never does
  add column recall_review_on date;
update cases.referral
set end_kind = case withdrawn_reason when 'expired' then 'expired' when 'the partner returned it' then 'returned'
                 else 'withdrawn' end
where withdrawn_on is not null;
create index referral_recall on cases.referral (recall_review_on)
  where withdrawn_on is null and recall_review_on is not null;

-- offices whose changed strategies could not be weighed, so that what was in force before goes on
create table cases.strategy_weighing (
  jurisdiction_id text primary key references cases.jurisdiction,
  -- null where the last one came to its end
  failing_since timestamptz,
  times integer not null
);
create view cases_v1.strategy_weighing as select jurisdiction_id, failing_since, times from cases.strategy_weighing;

grant select, insert, update on cases.strategy_version, cases.strategy_weighing to concord_gateway;
grant select on cases_v1.strategy_weighing to concord_connectors;
`;
