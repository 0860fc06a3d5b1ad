/** How the connectors read cases: views that only grow, so that the tables behind them may change. */
export const CASES_VIEWS = `
create view cases_v1.jurisdiction as
  select id, title, country, currency, time_zone, configuration, last_day from cases.jurisdiction;

create view cases_v1.case_file as select id, jurisdiction_id, version from cases.case_file;

create view cases_v1.debt as
  select id, number::text as number, case_id, jurisdiction_id, source_reference, type, arose_from_contract,
         original_creditor_name, original_creditor_classification, incurred_on, delinquent_on, currency
  from cases.debt;

create view cases_v1.debt_party as
  select dp.debt_id, dp.role, p.id, p.kind, p.surname, p.first_name, p.middle_name, p.generation, p.telephone, p.address
  from cases.debt_party dp join cases.party p on p.id = dp.party_id;

create view cases_v1.party_identifier as select id, party_id, kind, ciphertext from cases.party_identifier;

create view cases_v1.ledger_sum as
  select debt_id,
         coalesce(sum(amount_minor) filter (where kind = 'assessment'), 0) as assessed_minor,
         coalesce(sum(amount_minor) filter (where kind = 'interest'), 0) as interest_minor,
         coalesce(sum(amount_minor) filter (where kind = 'fee'), 0) as fees_minor,
         coalesce(sum(-effect_minor) filter (where kind in ('payment', 'reversal')), 0) as paid_minor,
         coalesce(sum(amount_minor) filter (where kind = 'adjustment'), 0) as adjusted_minor,
         coalesce(sum(amount_minor) filter (where kind = 'write-off'), 0) as written_off_minor,
         coalesce(sum(effect_minor), 0) as balance_minor,
         coalesce(bool_or(kind = 'adjustment' and reason = 'settlement'), false) as settled
  from cases.ledger_entry group by debt_id;

create view cases_v1.payment as
  select e.debt_id, e.effective_on, e.amount_minor, e.recorded_at
  from cases.ledger_entry e
  where e.kind = 'payment' and not exists (select 1 from cases.ledger_entry r where r.reverses = e.id);

-- a stop that was lifted before it began never held
create view cases_v1.stop as
  select id, case_id, scope, subject_id, kind, starts_on, ends_on, lifted_on, details from cases.stop;

create view cases_v1.referral as
  select id, case_id, debt_id, act, connector_id, made_on, cap_minor, expires_on, withdrawn_on from cases.referral;

create view cases_v1.events_waiting as select count(*) as waiting from cases.outbox;

grant select on all tables in schema cases_v1 to concord_connectors;
grant usage on schema cases_v1 to concord_gateway;
grant select on cases_v1.ledger_sum, cases_v1.jurisdiction to concord_gateway;
`;
