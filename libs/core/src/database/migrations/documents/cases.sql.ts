/** Notices with their batches, documents by the hash of their content, and what proofs say beside their day. */
export const DOCUMENTS_CASES = `
-- a document of a debt; its bytes are in the archive under the hash of their content
create table cases.document (
  id uuid primary key,
  case_id uuid not null references cases.case_file,
  debt_id uuid not null references cases.debt,
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  bytes bigint not null check (bytes > 0),
  -- found in the bytes themselves, never taken from whoever sent them
  media_type text not null,
  -- for people to read; never a path
  file_name text not null,
  actor text not null,
  recorded_at timestamptz not null,
  unique (debt_id, content_hash)
);

alter table cases.proof drop constraint proof_kind_check;
alter table cases.proof
  add constraint proof_kind_check check (kind in ('notice-sent', 'notice-returned', 'conversation-held', 'certificate',
    'hearing-outcome', 'document')),
  -- which kind of notice was sent or came back, and how
  add column notice_kind text,
  add column method text check (method in ('mail', 'certified-mail', 'courier', 'by-hand', 'email')),
  add column tracking_number text,
  -- of a hearing
  add column outcome text check (outcome in ('upheld', 'varied', 'set-aside', 'adjourned')),
  add column document_id uuid references cases.document,
  -- why a notice came back
  add column returned_reason text,
  add check (notice_kind is null or kind in ('notice-sent', 'notice-returned')),
  add check ((kind = 'hearing-outcome') = (outcome is not null)),
  add check (kind <> 'document' or document_id is not null),
  add check (returned_reason is null or kind = 'notice-returned');

-- proofs that were recorded in error. A proof never changes: this says beside it that it shows nothing
create table cases.proof_withdrawal (
  proof_id uuid primary key references cases.proof,
  reason text not null,
  actor text not null,
  recorded_at timestamptz not null
);
grant select, insert on cases.proof_withdrawal to concord_gateway;

-- what rules, letters and reports go by
create view cases.standing_proof as
  select p.id, p.debt_id, p.kind, p.happened_on, p.reference, p.notice_kind from cases.proof p
  where not exists (select 1 from cases.proof_withdrawal w where w.proof_id = p.id);
grant select on cases.standing_proof to concord_gateway;
create or replace view cases_v1.proof as select id, debt_id, kind, happened_on from cases.standing_proof;

-- letters that are looked at, released and posted together
create table cases.notice_batch (
  id uuid primary key,
  number bigint generated always as identity unique,
  jurisdiction_id text not null references cases.jurisdiction,
  kind text not null check (kind in ('validation-notice', 'first-notice', 'reminder', 'final-demand')),
  language text not null,
  state text not null check (state in ('made', 'released', 'posted', 'cancelled')),
  made_on date not null,
  released_on date,
  posted_on date,
  method text check (method in ('mail', 'certified-mail', 'courier', 'by-hand', 'email')),
  -- debts that were asked for and got no notice: [{debtId, code, rule, reason}]
  left_out jsonb not null,
  -- number of the debt after which a selection goes on; null where all were looked at
  goes_on_after bigint,
  -- letterhead, template and allocation by which the released letters are printed, whatever becomes of the office's own
  setting jsonb,
  -- the printed file, in the archive; null until it was rendered, and where no notice was left
  content_hash text,
  bytes bigint,
  pages integer,
  idempotency_key text not null,
  -- of what was asked for: the same key with something else is refused
  request_hash text not null,
  actor text not null,
  recorded_at timestamptz not null,
  released_by text,
  posted_by text,
  cancelled_by text,
  cancelled_at timestamptz,
  check ((state = 'cancelled') = (cancelled_at is not null)),
  check (state not in ('released', 'posted') or setting is not null),
  unique (jurisdiction_id, idempotency_key)
);

create table cases.notice (
  id uuid primary key,
  -- shown on the letter; never reused
  number bigint generated always as identity unique,
  batch_id uuid not null references cases.notice_batch,
  case_id uuid not null references cases.case_file,
  debt_id uuid not null references cases.debt,
  party_id uuid not null references cases.party,
  kind text not null,
  state text not null check (state in ('made', 'released', 'withdrawn', 'posted', 'returned')),
  -- all that the letter says: as of the making, then as of the release
  letter jsonb not null,
  address_hash text not null,
  balance_minor bigint not null,
  currency text not null,
  -- place in the printed file
  first_page integer,
  pages integer,
  -- why it was taken out
  code text,
  reason text,
  tracking_number text,
  posted_on date,
  returned_on date,
  returned_reason text check (returned_reason in ('moved', 'not-known', 'no-such-address', 'vacant', 'refused',
    'unclaimed', 'other')),
  -- the proof that it came back
  returned_proof uuid references cases.proof,
  check ((state = 'withdrawn') = (code is not null)),
  check ((state = 'returned') = (returned_proof is not null))
);
create index on cases.notice (batch_id, number);
create index on cases.notice (debt_id);
-- selections take the oldest debts first, in pages. The day of the registration is that of UTC here: it orders, no more
create index debt_by_age on cases.debt
  (jurisdiction_id, coalesce(delinquent_on, incurred_on, (registered_at at time zone 'UTC')::date), number);
-- one notice of a kind under way a debt
create unique index notice_under_way on cases.notice (debt_id, kind) where state in ('made', 'released');

grant select, insert on cases.document, cases.notice_batch, cases.notice to concord_gateway;
grant update on cases.notice_batch, cases.notice to concord_gateway;
-- what stands in the way of a letter is read as the connectors read it, arrangements included
grant select on cases_v1.stop to concord_gateway;
`;
