/** What people signed of reports: who, when, and the figures themselves. Never updated. */
export const REPORTS_CASES = `
create table cases.report_sign_off (
  id uuid primary key,
  -- the last one of a month counts
  number bigint generated always as identity unique,
  jurisdiction_id text not null references cases.jurisdiction,
  report text not null check (report in ('control-totals')),
  -- last day of the month that was signed
  through_on date not null,
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  content jsonb not null,
  note text,
  actor text not null,
  correlation_id text not null,
  signed_at timestamptz not null
);
create index on cases.report_sign_off (jurisdiction_id, report, through_on, number);
grant select, insert on cases.report_sign_off to concord_gateway;
`;
