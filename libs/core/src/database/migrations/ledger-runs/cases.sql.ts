/** How far interest and charges were posted without being asked for: what was looked at is not looked at again. */
export const LEDGER_RUNS_CASES = `
create table cases.ledger_run (
  jurisdiction_id text not null references cases.jurisdiction,
  -- 'interest:' and a type of debt, or 'charge:' and the id of a rule
  subject text not null,
  -- the last day that was looked at
  through date not null,
  primary key (jurisdiction_id, subject)
);
-- charges by rule, which are looked at again each day: few among all entries
create index ledger_entry_charge on cases.ledger_entry (id) where kind = 'fee' and source like 'charge:%';
grant select, insert, update on cases.ledger_run to concord_gateway;
`;
