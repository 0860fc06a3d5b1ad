import type { Act, StopKind } from '@concord/plugin-sdk';
import type { Confirmation } from '../rule.js';

/** A row of the register that is kept as cells of the tables of stops: it says no more than that a stop holds an act back. */
export interface StopTableRule {
  readonly id: string;
  readonly title: string;
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  readonly citation: string;
  readonly confirmed: Confirmation;
  readonly note: string | null;
  readonly stop: StopKind;
  readonly acts: readonly Act[];
}

/** The rows of the register that stand in the tables of stops, each cell with the row's id in its note. */
export const IN_STOP_TABLES: readonly StopTableRule[] = [
  {
    id: 'US-REGF-04',
    title: 'A disputed debt is not collected until verification is sent',
    countries: ['US'],
    citation: '12 CFR 1006.38(d)',
    confirmed: 'no',
    note: 'The rule asks for a written dispute in the validation period; any dispute on record is held to it.',
    stop: 'dispute',
    acts: ['place', 'file-claim', 'contact'],
  },
  {
    id: 'US-REGF-06',
    title: 'Who asked not to be contacted is not contacted',
    countries: ['US'],
    citation: '12 CFR 1006.6(b), (c)',
    confirmed: 'partly',
    note: 'The request to cease alone. Hours of calls, places of work and attorneys are no facts of a letter; agencies keep to them themselves.',
    stop: 'do-not-contact',
    acts: ['place', 'contact'],
  },
  {
    id: 'US-DEC-01',
    title: 'The deceased are not contacted',
    countries: ['US'],
    citation: 'Reg F 1006.6(a)(4), 1006.34(a)(1) cmt',
    confirmed: 'yes',
    note: 'A letter to the executor is written by a person.',
    stop: 'deceased',
    acts: ['place', 'contact'],
  },
];
