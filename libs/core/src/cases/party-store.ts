import type { EntityManager } from 'typeorm';
import type { IdentifierKind } from '@concord/plugin-sdk';
import type { FieldCipher } from '../crypto/field-cipher.js';
import { orderedUuid } from '../database/ordered-uuid.js';
import { rows } from '../database/sql.js';
import { keepAddressDay } from '../parties/address-day.js';
import { lockFiledParties } from '../parties/party-group.js';
import type { ChangeContext } from './change-recorder.js';
import type { IntakeParty } from './domain/intake-party.js';

/** What storing a batch of parties came to. */
export interface StoredParties {
  /** Party id by the source's reference. */
  readonly ids: ReadonlyMap<string, string>;
  /** Parties that were there before and now have another name, address or telephone. */
  readonly changed: readonly string[];
}

/**
 * Stores parties by the source's reference: new ones are inserted, known ones brought up to date, and what the source said
 * of their name and address before is kept. All of them are locked, the unchanged ones too; who holds locks of cases must have
 * locked them before ({@link lockFiledParties}). Identifiers are encrypted here and never replaced: whose numbers differ must
 * have been found by {@link IdentifierCheck} before.
 */
export async function storeParties(
  manager: EntityManager,
  cipher: FieldCipher,
  context: ChangeContext,
  parties: readonly IntakeParty[],
): Promise<StoredParties> {
  const latest = [...new Map(parties.map((party) => [party.sourceReference, party])).values()];
  await lockFiledParties(
    manager,
    context.jurisdictionId,
    latest.map(({ sourceReference }) => sourceReference),
  );
  const stored = await upsert(manager, context, latest);
  const changed = stored.flatMap((party) => (party.changed ? [party.id] : []));
  await keepAddressDay(manager, context.at, changed);
  const ids = new Map(stored.map(({ id, source_reference }) => [source_reference, id]));
  await storeIdentifiers(manager, cipher, ids, parties);
  return { ids, changed };
}

interface StoredRow {
  readonly id: string;
  readonly source_reference: string;
  readonly changed: boolean;
}

async function upsert(
  manager: EntityManager,
  context: ChangeContext,
  parties: readonly IntakeParty[],
): Promise<StoredRow[]> {
  return rows<StoredRow>(
    manager,
    `with given as (
       select * from jsonb_to_recordset($2::jsonb) as g (
         id uuid, source_reference text, kind text, surname text, first_name text, middle_name text, generation text,
         telephone text, address jsonb)),
     -- reference by reference, which \`offset 0\` keeps: the parties of the whole office are not to be read
     known as materialized (
       select b.* from given g
       cross join lateral (
         select * from cases.party where jurisdiction_id = $1 and source_reference = g.source_reference offset 0) b),
     office as (
       select ($3::timestamptz at time zone time_zone)::date as today from cases.jurisdiction where id = $1),
     changed as (
       update cases.party p
       set kind = g.kind, surname = g.surname, first_name = g.first_name, middle_name = g.middle_name,
           generation = g.generation, telephone = g.telephone, address = g.address,
           has_more = p.has_more or (b.address is not null and b.address is distinct from g.address)
             or (b.surname, b.first_name, b.middle_name, b.generation)
                is distinct from (g.surname, g.first_name, g.middle_name, g.generation),
           address_since = case when b.address is distinct from g.address then o.today
                                else b.address_since end
       from given g, known b, office o
       where b.source_reference = g.source_reference and p.id = b.id
         and (b.kind, b.surname, b.first_name, b.middle_name, b.generation, b.telephone, b.address)
             is distinct from
             (g.kind, g.surname, g.first_name, g.middle_name, g.generation, g.telephone, g.address)
       returning p.id, p.source_reference, b.surname, b.first_name, b.middle_name, b.generation, b.address,
                 b.address_since, b.address is distinct from p.address as moved,
                 (b.surname, b.first_name, b.middle_name, b.generation)
                 is distinct from (p.surname, p.first_name, p.middle_name, p.generation) as renamed),
     former_name as (
       insert into cases.party_name (id, party_id, kind, surname, first_name, middle_name, generation, until, source,
                                     idempotency_key, actor, recorded_at)
       select gen_random_uuid(), id, 'former', surname, first_name, middle_name, generation, today, 'host-system',
              'source ' || gen_random_uuid(), $4, $3
       from changed, office where renamed),
     -- what was noted of the address that the source no longer says is over with it
     ended as (
       update cases.party_address a set until = greatest(a.since, o.today)
       from changed c, office o
       where c.moved and a.party_id = c.id and a.source = 'host-system' and a.until is null
       returning a.party_id, a.address),
     former_address as (
       insert into cases.party_address (id, party_id, kind, address, source, since, until, idempotency_key, actor,
                                        recorded_at)
       select gen_random_uuid(), id, 'mailing', address, 'host-system', address_since, greatest(address_since, today),
              'source ' || gen_random_uuid(), $4, $3
       from changed c, office
       where moved and address is not null
         and not exists (select 1 from ended e where e.party_id = c.id and e.address = c.address)),
     -- what was told until now, for whom that was the source's
     told_before as (
       insert into cases.told_address (party_id, address) select id, address from changed where moved and address is not null
       on conflict (party_id) do nothing),
     inserted as (
       insert into cases.party (id, jurisdiction_id, source_reference, kind, surname, first_name, middle_name,
                                generation, telephone, address)
       select id, $1, source_reference, kind, surname, first_name, middle_name, generation, telephone, address from given
       on conflict (jurisdiction_id, source_reference) do nothing
       returning id, source_reference)
     select id, source_reference, false as changed from inserted
     union all
     select id, source_reference, id in (select id from changed) as changed from known`,
    [context.jurisdictionId, JSON.stringify(parties.map(columns)), context.at, context.actor],
  );
}

function columns(party: IntakeParty) {
  return {
    id: orderedUuid(),
    source_reference: party.sourceReference,
    kind: party.kind,
    surname: party.surname,
    first_name: party.firstName,
    middle_name: party.middleName,
    generation: party.generation,
    telephone: party.telephone,
    address: party.address,
  };
}

async function storeIdentifiers(
  manager: EntityManager,
  cipher: FieldCipher,
  ids: ReadonlyMap<string, string>,
  parties: readonly IntakeParty[],
): Promise<void> {
  // A source repeats what it knows of a person on each of that person's debts: it is encrypted once.
  const said = new Map<string, { partyId: string; kind: IdentifierKind; value: string }>();
  for (const party of parties) {
    for (const { kind, value } of identifiersOf(party)) {
      const key = `${kind} ${party.sourceReference}`;
      if (!said.has(key)) said.set(key, { partyId: ids.get(party.sourceReference)!, kind, value });
    }
  }
  const given = [...said.values()].map(({ partyId, kind, value }) => {
    const id = orderedUuid();
    return {
      id,
      party_id: partyId,
      kind,
      ciphertext: cipher.encrypt(value, { table: 'cases.party_identifier', column: 'ciphertext', row: id }),
      blind_index: cipher.blindIndex(kind, value),
    };
  });
  await rows(
    manager,
    `insert into cases.party_identifier (id, party_id, kind, ciphertext, blind_index)
     select id, party_id, kind, ciphertext, blind_index
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[], $5::bytea[])
       as g (id, party_id, kind, ciphertext, blind_index)
     on conflict (party_id, kind) do nothing`,
    [
      given.map(({ id }) => id),
      given.map(({ party_id }) => party_id),
      given.map(({ kind }) => kind),
      given.map(({ ciphertext }) => ciphertext),
      given.map(({ blind_index }) => blind_index),
    ],
  );
}

/**
 * Finds parties whose identifiers contradict what is on file, or what came earlier in the same batch: two people under one
 * reference. Nothing of such a row may be stored, or one person would be taken for the other.
 */
export class IdentifierCheck {
  /** What was taken of each kind and reference already, which need not be looked up again. */
  private readonly taken = new Map<string, string>();

  private constructor(
    private readonly cipher: FieldCipher,
    private readonly known: Map<string, string>,
  ) {}

  static async over(
    manager: EntityManager,
    cipher: FieldCipher,
    context: ChangeContext,
    parties: readonly IntakeParty[],
  ): Promise<IdentifierCheck> {
    const onFile = await rows<{ source_reference: string; kind: IdentifierKind; blind_index: Buffer }>(
      manager,
      // one by one, which `offset 0` keeps, as in the statement that stores them
      `select p.source_reference, i.kind, i.blind_index
       from unnest($2::text[]) as g (reference)
       cross join lateral (
         select id, source_reference from cases.party
         where jurisdiction_id = $1 and source_reference = g.reference offset 0) p
       cross join lateral (
         select kind, blind_index from cases.party_identifier where party_id = p.id offset 0) i`,
      [context.jurisdictionId, [...new Set(parties.map(({ sourceReference }) => sourceReference))]],
    );
    const known = onFile.map((row): [string, string] => [
      `${row.kind} ${row.source_reference}`,
      row.blind_index.toString('hex'),
    ]);
    return new IdentifierCheck(cipher, new Map(known));
  }

  /** Takes the parties of one row, or names the kind and the party that contradict, and then takes none of them. */
  take(parties: readonly IntakeParty[]): { readonly kind: IdentifierKind; readonly reference: string } | null {
    const given = parties
      .flatMap((party) =>
        identifiersOf(party).map(({ kind, value }) => ({
          ...{ kind, value, reference: party.sourceReference },
          key: `${kind} ${party.sourceReference}`,
        })),
      )
      .filter(({ key, value }) => this.taken.get(key) !== value)
      .map((each) => ({ ...each, index: this.cipher.blindIndex(each.kind, each.value).toString('hex') }));
    const wrong = given.find(({ key, index }) => (this.known.get(key) ?? index) !== index);
    if (wrong) return { kind: wrong.kind, reference: wrong.reference };
    for (const { key, value, index } of given) {
      this.known.set(key, index);
      this.taken.set(key, value);
    }
    return null;
  }
}

function identifiersOf(party: IntakeParty): { kind: IdentifierKind; value: string }[] {
  const values: [IdentifierKind, string | null][] = [
    ['ssn', party.ssn],
    ['sin', party.sin],
    ['date-of-birth', party.dateOfBirth],
  ];
  return values.flatMap(([kind, value]) => (value === null ? [] : [{ kind, value }]));
}
