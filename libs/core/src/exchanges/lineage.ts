import type { DataSource } from 'typeorm';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** A record says what changed since the last one; nobody reads more than this. */
const MOST_CHANGES = 1000;

/** One version of a case: what changed, who did it, and on which request. */
export interface LineageChange {
  readonly version: number;
  readonly kind: string;
  readonly actor: string;
  readonly correlationId: string;
  readonly at: Date;
}

/** A file, out or in. */
export interface LineageFile {
  readonly exchange: string;
  readonly kind: string;
  readonly file: string | null;
  readonly state: string;
  readonly date: string;
  readonly hash: string | null;
  readonly correlationId: string;
  readonly deliveredAt: Date | null;
}

/** One record of a file of ours. */
export interface LineageRecord {
  readonly exchange: string;
  readonly sequence: number;
  readonly reference: string;
  readonly state: string;
  readonly amountMinor: number;
  readonly status: string;
  readonly caseVersion: number;
}

/** What a partner's file says at one place. */
export interface LineageStatement {
  readonly exchange: string;
  readonly file: string;
  readonly sequence: number;
  readonly kind: string;
}

/** The whole way of one record: case change, position, record, file, answer, case change. */
export interface Lineage {
  readonly connector: string;
  readonly positionId: string | null;
  readonly caseId: string | null;
  /** The case's version that the partner was told last before; null where it was told nothing. */
  readonly toldBefore: number | null;
  /** What changed in the case between what was told before and this record; none where only time passed. */
  readonly tells: readonly LineageChange[];
  readonly record: LineageRecord | null;
  readonly file: LineageFile | null;
  /** The partner's file that answers, with what it says of this record; nothing where it accepts what it does not name. */
  readonly answer: (LineageFile & { readonly statements: readonly LineageStatement[] }) | null;
  /** What this partner changed in the case since, and where it said so. */
  readonly became: readonly (LineageChange & { readonly statements: readonly LineageStatement[] })[];
}

interface Told {
  readonly exchange: string;
  readonly sequence: number;
  readonly position_id: string;
  readonly case_id: string;
  readonly release_number: number;
  readonly released_at: Date;
  readonly is_entry: boolean;
}

interface Place {
  readonly id: string;
  readonly direction: 'out' | 'in';
  readonly connector: string;
  readonly started_at: Date;
  readonly answers_id: string | null;
}

/**
 * The way of one record, both ways: from a record of ours to the changes that it tells and to what the partner made of it, or from
 * a partner's statement back to the record that it is about.
 *
 * @throws Refusal `exchange-unknown` or `record-unknown`
 */
export async function readLineage(gateway: DataSource, exchangeId: string, sequence: number): Promise<Lineage> {
  const [place] = UUID.test(exchangeId)
    ? await rows<Place>(
        gateway,
        `select id, direction, connector_id as connector, started_at, answers_id from exchange_v1.exchange where id = $1`,
        [exchangeId],
      )
    : [];
  if (!place) throw new Refusal('exchange-unknown', `no exchange has the id ${exchangeId}`);
  return place.direction === 'out' ? ofRecord(gateway, place, sequence) : ofStatement(gateway, place, sequence);
}

async function ofRecord(gateway: DataSource, { id, connector }: Place, sequence: number): Promise<Lineage> {
  const [record] = await rows<LineageRecord & { position_id: string; case_id: string }>(
    gateway,
    `${RECORD} where exchange_id = $1 and sequence = $2`,
    [id, sequence],
  );
  if (!record) throw new Refusal('record-unknown', `the exchange ${id} has no record ${sequence}`);
  const [told] = await rows<Told>(gateway, `${TOLD} where t.exchange_id = $1 and t.sequence = $2`, [id, sequence]);
  const answer = told ? await answerTo(gateway, connector, told) : null;
  return lineageOf(gateway, connector, record, told, answer);
}

/** What it is about is the record of its position that was told last when it came. */
async function ofStatement(gateway: DataSource, place: Place, sequence: number): Promise<Lineage> {
  const [statement] = await rows<{ position_id: string | null }>(
    gateway,
    'select position_id from exchange_v1.inbound_record where exchange_id = $1 and sequence = $2',
    [place.id, sequence],
  );
  if (!statement) throw new Refusal('record-unknown', `the exchange ${place.id} has no record ${sequence}`);
  const answer = await answeringFile(gateway, place.id, statement.position_id, sequence);
  const [told] = await rows<Told>(
    gateway,
    `${TOLD} where t.connector_id = $1 and t.position_id = $2 and t.entry_id is null
       and ($3::uuid is null or t.exchange_id = $3) and e.released_at <= $4
     order by t.release_number desc limit 1`,
    [place.connector, statement.position_id, place.answers_id, place.started_at],
  );
  if (!told) {
    const none = {
      positionId: statement.position_id,
      caseId: null,
      toldBefore: null,
      tells: [],
      record: null,
      file: null,
    };
    return { connector: place.connector, ...none, answer, became: [] };
  }
  const [record] = await rows<LineageRecord & { position_id: string; case_id: string }>(
    gateway,
    `${RECORD} where exchange_id = $1 and sequence = $2`,
    [told.exchange, told.sequence],
  );
  return lineageOf(gateway, place.connector, record!, told, answer);
}

async function lineageOf(
  gateway: DataSource,
  connector: string,
  { position_id, case_id, ...record }: LineageRecord & { position_id: string; case_id: string },
  told: Told | undefined,
  answer: Lineage['answer'],
): Promise<Lineage> {
  const before = await toldBefore(gateway, connector, position_id, told);
  const [file] = await rows<LineageFile>(gateway, `${FILE} where e.id = $1`, [record.exchange]);
  // A ledger entry tells of itself alone.
  const after = told?.is_entry ? record.caseVersion - 1 : (before ?? 0);
  return {
    connector,
    positionId: position_id,
    caseId: case_id,
    toldBefore: before,
    tells: await rows<LineageChange>(
      gateway,
      `${CHANGE} where c.case_id = $1 and c.version > $2 and c.version <= $3 order by c.version limit ${MOST_CHANGES}`,
      [case_id, after, record.caseVersion],
    ),
    record,
    file: file!,
    answer,
    became: told ? await changesBy(gateway, connector, told) : [],
  };
}

async function toldBefore(
  gateway: DataSource,
  connector: string,
  positionId: string,
  told: Told | undefined,
): Promise<number | null> {
  const [before] = await rows<{ version: number }>(
    gateway,
    `select case_version as version from exchange_v1.told_record
     where connector_id = $1 and position_id = $2 and entry_id is null
       and ($3::bigint is null or release_number < $3)
     order by release_number desc limit 1`,
    [connector, positionId, told?.release_number ?? null],
  );
  return before?.version ?? null;
}

/** The file that says of the record what became of it, or that answers our file without naming the record. */
async function answerTo(gateway: DataSource, connector: string, told: Told): Promise<Lineage['answer']> {
  const [named] = await rows<{ id: string; sequence: number }>(
    gateway,
    `select e.id, i.sequence
     from exchange_v1.inbound_record i join exchange_v1.exchange e on e.id = i.exchange_id
     where i.position_id = $1 and i.kind in ('accepted', 'refused') and i.status = 'applied'
       and (e.answers_id = $2 or (e.answers_id is null and e.started_at >= $3))
     order by e.answers_id is null, e.started_at limit 1`,
    [told.position_id, told.exchange, told.released_at],
  );
  if (named) return answeringFile(gateway, named.id, told.position_id, named.sequence);
  const [whole] = await rows<{ id: string }>(
    gateway,
    `select id from exchange_v1.exchange
     where connector_id = $1 and direction = 'in' and answers_id = $2 order by started_at limit 1`,
    [connector, told.exchange],
  );
  return whole ? answeringFile(gateway, whole.id, told.position_id, null) : null;
}

async function answeringFile(
  gateway: DataSource,
  exchangeId: string,
  positionId: string | null,
  sequence: number | null,
): Promise<Lineage['answer']> {
  const [file] = await rows<LineageFile>(gateway, `${FILE} where e.id = $1`, [exchangeId]);
  const statements = await rows<LineageStatement>(
    gateway,
    `${STATEMENT} where i.exchange_id = $1 and (i.position_id = $2 or i.sequence = $3) order by i.sequence`,
    [exchangeId, positionId, sequence],
  );
  return file ? { ...file, statements } : null;
}

/** What the partner said travels under the correlation id of its file. */
function changesBy(gateway: DataSource, connector: string, told: Told): Promise<Lineage['became'][number][]> {
  return rows(
    gateway,
    `select c.version, c.kind, c.actor, c.correlation_id as "correlationId", c.occurred_at as at, said.statements
     from cases.change c
     cross join lateral (
       select coalesce(jsonb_agg(to_jsonb(s) order by s.sequence), '[]') as statements from (
         ${STATEMENT}
         where e.connector_id = $2 and e.direction = 'in' and e.correlation_id = c.correlation_id
           and i.position_id = $3 and i.status in ('applied', 'mended')
           and i.kind not in ('accepted', 'refused', 'file-answered')) s) said
     where c.case_id = $1 and c.actor = 'partner:' || $2 and c.occurred_at >= $4
     order by c.version limit ${MOST_CHANGES}`,
    [told.case_id, connector, told.position_id, told.released_at],
  );
}

const RECORD = `
  select exchange_id as exchange, sequence, reference, state, amount_minor as "amountMinor", status,
         case_version as "caseVersion", position_id, case_id
  from exchange_v1.record`;

const TOLD = `
  select t.exchange_id as exchange, t.sequence, t.position_id, t.case_id, t.release_number, e.released_at,
         t.entry_id is not null as is_entry
  from exchange_v1.told_record t join exchange_v1.exchange e on e.id = t.exchange_id`;

const FILE = `
  select e.id as exchange, e.kind, e.file_name as file, e.state, e.business_date as date, e.content_hash as hash,
         e.correlation_id as "correlationId", e.delivered_at as "deliveredAt"
  from exchange_v1.exchange e`;

const CHANGE = `
  select c.version, c.kind, c.actor, c.correlation_id as "correlationId", c.occurred_at as at from cases.change c`;

const STATEMENT = `
  select i.exchange_id as exchange, e.file_name as file, i.sequence, i.kind
  from exchange_v1.inbound_record i join exchange_v1.exchange e on e.id = i.exchange_id`;
