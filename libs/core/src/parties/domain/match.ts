import { addressKey } from './address-likeness.js';
import type { PostalAddress } from './address-likeness.js';
import { generationOf } from './name-normalisation.js';
import type { PartyName } from './name-normalisation.js';
import { nameSimilarity, sameName } from './name-similarity.js';

export const IDENTIFIER_KINDS = ['ssn', 'sin', 'date-of-birth'] as const;
export type ComparedIdentifier = (typeof IDENTIFIER_KINDS)[number];

/** What is compared of a party: with its duplicates, so that each of these has one value or several. */
export interface ComparedParty {
  readonly kind: 'person' | 'business';
  readonly names: readonly PartyName[];
  readonly addresses: readonly PostalAddress[];
  readonly telephones: readonly string[];
  /** Keyed indexes by kind, never values. */
  readonly identifiers: Readonly<Partial<Record<ComparedIdentifier, readonly string[]>>>;
}

/** What speaks for or against two parties being one. */
export type MatchReasonCode =
  | 'same-ssn'
  | 'same-sin'
  | 'same-date-of-birth'
  | 'same-name'
  | 'similar-name'
  | 'same-address'
  | 'same-telephone'
  | 'different-ssn'
  | 'different-sin'
  | 'different-date-of-birth'
  | 'different-generation';

export interface MatchReason {
  readonly code: MatchReasonCode;
  /** Basis points that it adds or takes away. */
  readonly points: number;
}

/**
 * - `certain`: nothing that is known leaves room for two people; a person still decides.
 * - `likely`: two independent facts agree and none contradicts.
 * - `possible`: worth a look; relatives and namesakes are among them.
 */
export type MatchLevel = 'certain' | 'likely' | 'possible';

export interface Match {
  /** From 0 to 10000 basis points. */
  readonly score: number;
  /** None below what is worth a look. */
  readonly level: MatchLevel | null;
  readonly reasons: readonly MatchReason[];
}

const FULL = 10_000;
const LEVELS: readonly (readonly [MatchLevel, number])[] = [
  ['certain', 9_500],
  ['likely', 7_500],
  ['possible', 5_000],
];
/** Above this two names are spellings of one; in between, points grow with likeness. */
const SIMILAR = 0.88;
const POINTS = {
  number: 8_000,
  dateOfBirth: 3_500,
  personName: 4_500,
  businessName: 6_500,
  address: 2_000,
  telephone: 1_500,
  generation: -3_000,
  otherDateOfBirth: -5_000,
  otherNumber: -5_000,
} as const;
/** A similar name is worth from this share of a same name's points on. */
const LEAST_SHARE = 0.6;

/** States with what confidence two parties may be one, and why. Symmetric. A person and a business never are. */
export function match(left: ComparedParty, right: ComparedParty): Match {
  if (left.kind !== right.kind) return { score: 0, level: null, reasons: [] };
  const reasons = [
    ...numbers(left, right),
    ...dateOfBirth(left, right),
    ...names(left, right),
    ...shared('same-address', POINTS.address, left.addresses.map(addressKey), right.addresses.map(addressKey)),
    ...shared('same-telephone', POINTS.telephone, left.telephones, right.telephones),
  ];
  const score = Math.max(
    0,
    Math.min(
      FULL,
      reasons.reduce((sum, { points }) => sum + points, 0),
    ),
  );
  return { score, level: levelOf(score, reasons), reasons };
}

function levelOf(score: number, reasons: readonly MatchReason[]): MatchLevel | null {
  const level = LEVELS.find(([, least]) => score >= least)?.[0] ?? null;
  // Whatever else agrees, a contradiction is for a person to explain.
  return level !== null && reasons.some(({ points }) => points < 0) ? 'possible' : level;
}

function numbers(left: ComparedParty, right: ComparedParty): MatchReason[] {
  return (['ssn', 'sin'] as const).flatMap((kind): MatchReason[] => {
    const verdict = compare(left.identifiers[kind], right.identifiers[kind]);
    if (verdict === 'unknown') return [];
    return [
      verdict === 'same'
        ? { code: `same-${kind}`, points: POINTS.number }
        : { code: `different-${kind}`, points: POINTS.otherNumber },
    ];
  });
}

function dateOfBirth(left: ComparedParty, right: ComparedParty): MatchReason[] {
  const verdict = compare(left.identifiers['date-of-birth'], right.identifiers['date-of-birth']);
  if (verdict === 'unknown') return [];
  return [
    verdict === 'same'
      ? { code: 'same-date-of-birth', points: POINTS.dateOfBirth }
      : { code: 'different-date-of-birth', points: POINTS.otherDateOfBirth },
  ];
}

function names(left: ComparedParty, right: ComparedParty): MatchReason[] {
  const pairs = left.names.flatMap((a) => right.names.map((b): [PartyName, PartyName] => [a, b]));
  const full = left.kind === 'business' ? POINTS.businessName : POINTS.personName;
  const found: MatchReason[] = [];
  if (pairs.some(([a, b]) => sameName(a, b))) found.push({ code: 'same-name', points: full });
  else {
    const likeness = Math.max(0, ...pairs.map(([a, b]) => nameSimilarity(a, b)));
    if (likeness >= SIMILAR) {
      const share = LEAST_SHARE + ((1 - LEAST_SHARE) * (likeness - SIMILAR)) / (1 - SIMILAR);
      found.push({ code: 'similar-name', points: Math.round(full * share) });
    }
  }
  const generations = [left, right].map(({ names: ofOne }) => ofOne.map(generationOf).filter((each) => each !== null));
  if (compare(generations[0], generations[1]) === 'different') {
    found.push({ code: 'different-generation', points: POINTS.generation });
  }
  return found;
}

function shared(
  code: MatchReasonCode,
  points: number,
  left: readonly string[],
  right: readonly string[],
): MatchReason[] {
  return compare(left, right) === 'same' ? [{ code, points }] : [];
}

function compare(
  left: readonly string[] | undefined,
  right: readonly string[] | undefined,
): 'same' | 'different' | 'unknown' {
  if (!left || !right || left.length === 0 || right.length === 0) return 'unknown';
  return left.some((value) => right.includes(value)) ? 'same' : 'different';
}
