/** What certificates, hearings and documents are about: notices have a kind of their own. */
export const RULES_CASES = `
alter table cases.proof add column subject text check (subject ~ '^[a-z][a-z0-9-]{0,59}$');
`;

/** What rules read of proofs, at the end of their view; and the views for the gateway, which explains what they say. */
export const RULES_CASES_VIEWS = `
create or replace view cases.standing_proof as
  select p.id, p.debt_id, p.kind, p.happened_on, p.reference, p.notice_kind, p.subject, p.method, p.tracking_number, p.outcome
  from cases.proof p
  where not exists (select 1 from cases.proof_withdrawal w where w.proof_id = p.id);

create or replace view cases_v1.proof as
  select id, debt_id, kind, happened_on, coalesce(subject, notice_kind) as subject, method,
         tracking_number is not null as tracked, outcome
  from cases.standing_proof;

grant select on all tables in schema cases_v1 to concord_gateway;
`;
