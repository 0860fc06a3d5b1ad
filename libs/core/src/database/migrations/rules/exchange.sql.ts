/** The proof that a block waits for, in words, beside what blocks; and by which rules a connector's debts were judged last. */
export const RULES_EXCHANGE = `
alter table exchange.block add column missing text;

-- hash of the register, its numbers and the tables of stops; null before the first start that kept it
alter table exchange.connector add column judged_by text;

-- a debt's releases, those that are done among them
create index release_duty_of_position on exchange.release_duty (position_id);

create or replace view exchange_v1.block as
  select connector_id, subject_id, rule, outcome, reason, citation, earliest_on, since, until, missing
  from exchange.block;
`;
