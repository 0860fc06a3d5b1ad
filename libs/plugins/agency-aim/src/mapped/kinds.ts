/** What the records of one kind of file say. */
interface Statement {
  /** What the finding is. */
  readonly as: 'insolvent' | 'deceased' | 'disputed' | 'placement-returned' | 'status-reported';
  /** What the record is about, for a person who reads it. */
  readonly about: string;
  /** The fact that dates it. */
  readonly on: string;
  /** What the finding says. */
  readonly facts: readonly string[];
  /**
   * Which facts make it another statement; null where everything does. A protective fact is known by what it is about, so
   * that a corrected address of a court is no second bankruptcy.
   */
  readonly knownBy: readonly string[] | null;
  /** Which fact tells statements apart where the first is blank. */
  readonly instead?: { readonly of: string; readonly by: string };
  /** What came of it since, and what goes with it: put before a person, and nothing is lifted by it. */
  readonly further: readonly string[];
}

/**
 * The agency's files whose positions are not public, and what their records mean. Names of facts are those of the details
 * of findings; a name that ends in `On` is a day.
 */
export const MAPPED = {
  /**
   * A chapter is part of what a bankruptcy is known by: a case converted to another chapter keeps its number, and the
   * bureaus are told another mark. That a stay ended only a person may conclude (US-BK-01), hence not among the facts.
   */
  bankruptcies: {
    as: 'insolvent',
    about: 'bankruptcy',
    on: 'filedOn',
    facts: ['debtor', 'chapter', 'caseNumber', 'court', 'filedOn'],
    knownBy: ['debtor', 'caseNumber', 'chapter'],
    instead: { of: 'caseNumber', by: 'filedOn' },
    further: [
      'convertedOn',
      'confirmedOn',
      'dismissedOn',
      'dischargedOn',
      'closedOn',
      'reliefOn',
      'meetingOn',
      'meetingTime',
      'meetingPlace',
      'claimsBarOn',
      'trustee',
      'attorney',
      'attorneyTelephone',
      'note',
    ],
  },
  deaths: {
    as: 'deceased',
    about: 'death',
    on: 'diedOn',
    facts: ['debtor', 'diedOn'],
    knownBy: ['debtor', 'diedOn'],
    further: [
      'estateCourt',
      'estateCaseNumber',
      'estateOpenedOn',
      'claimsBarOn',
      'representative',
      'representativeAddress',
      'representativeTelephone',
      'note',
    ],
  },
  disputes: {
    as: 'disputed',
    about: 'dispute',
    on: 'on',
    facts: ['debtor', 'code', 'note', 'on'],
    knownBy: null,
    further: [],
  },
  complaints: {
    as: 'status-reported',
    about: 'complaint',
    on: 'on',
    facts: ['debtor', 'code', 'complainant', 'note', 'on'],
    knownBy: null,
    further: [],
  },
  returns: {
    as: 'placement-returned',
    about: 'return',
    on: 'on',
    facts: ['debtor', 'code', 'note', 'on'],
    knownBy: null,
    further: [],
  },
} as const satisfies Readonly<Record<string, Statement>>;

export type MappedKind = keyof typeof MAPPED;
export const MAPPED_KINDS = Object.keys(MAPPED) as readonly MappedKind[];

/** What a kind of record means. */
export function statementOf(kind: MappedKind): Statement {
  return MAPPED[kind];
}

/** Everything that a mapping of a kind may point at. */
export function factsOfKind(kind: MappedKind): readonly string[] {
  const { facts, further } = statementOf(kind);
  return [...facts, ...further];
}
