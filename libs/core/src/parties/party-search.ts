import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import type { FieldCipher } from '../crypto/field-cipher.js';
import { words } from './domain/name-normalisation.js';
import type { ComparedIdentifier } from './domain/match.js';
import { folded } from './matching/blocking.sql.js';
import { SUMMARISED, SUMMARY } from './matching/party-summary.js';
import type { PartySummary } from './matching/party-summary.js';

/** Which parties are looked for. Everything that is given must hold. */
export interface PartyFilter {
  readonly jurisdiction?: string | undefined;
  /** Words that a name begins its words with, in any order and without regard to accents. */
  readonly name?: string | undefined;
  /** The source's key of the party. */
  readonly sourceReference?: string | undefined;
  /** Number of the last party of the page before. */
  readonly after?: number | undefined;
  readonly limit?: number | undefined;
}

const PAGE = 100;
const LARGEST_PAGE = 1000;

const fullName = (from: string): string =>
  `' ' || translate(${folded(`concat_ws(' ', ${from}.first_name, ${from}.middle_name, ${from}.surname)`)}, '-', ' ')`;

/** Parties by number, a page at a time; duplicates among them, which say for whom they count. */
export function listParties(on: Queryable, filter: PartyFilter): Promise<PartySummary[]> {
  const beginnings = words(filter.name ?? '').map((word) => `% ${word}%`);
  return rows<PartySummary>(
    on,
    `select ${SUMMARY} from ${SUMMARISED}
     where ($1::text is null or p.jurisdiction_id = $1) and ($2::text is null or p.source_reference = $2)
       and (cardinality($3::text[]) = 0 or ${fullName('p')} like all($3)
            or (p.has_more and exists (
                  select 1 from cases.party_name n where n.party_id = p.id and ${fullName('n')} like all($3))))
       and p.number > $4 order by p.number limit $5`,
    [
      filter.jurisdiction ?? null,
      filter.sourceReference ?? null,
      beginnings,
      filter.after ?? 0,
      Math.min(filter.limit ?? PAGE, LARGEST_PAGE),
    ],
  );
}

/** Parties of an office that have an identifier, found by its keyed index: nothing is decrypted, and no log sees the value. */
export function findByIdentifier(
  on: Queryable,
  cipher: FieldCipher,
  jurisdictionId: string,
  identifier: { readonly kind: ComparedIdentifier; readonly value: string },
): Promise<PartySummary[]> {
  return rows<PartySummary>(
    on,
    `select ${SUMMARY} from ${SUMMARISED} join cases.party_identifier i on i.party_id = p.id
     where i.blind_index = $2 and i.kind = $3 and p.jurisdiction_id = $1 order by p.number limit ${LARGEST_PAGE}`,
    [jurisdictionId, cipher.blindIndex(identifier.kind, identifier.value), identifier.kind],
  );
}
