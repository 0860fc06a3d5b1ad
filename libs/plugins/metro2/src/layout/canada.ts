import type { FieldLayout, FileLayout, RecordLayout, SegmentLayout } from '@concord/plugin-sdk/codec';
import { CANADIAN_STATUSES } from '../codes/account-status.js';
import { MORTGAGE_AGENCIES } from '../codes/segment-indicators.js';
import { BASE } from './base.js';
import { exchanged } from './field-exchange.js';
import { METRO2 } from './file.js';
import { J1 } from './j1.js';
import { J2 } from './j2.js';
import { K1 } from './k1.js';
import { K2 } from './k2.js';
import { K3 } from './k3.js';
import { K4 } from './k4.js';
import { L1 } from './l1.js';
import { N1 } from './n1.js';

/** Code lists that are known for the United States only: in Canada any text that fits is carried. */
const OF_THE_UNITED_STATES: ReadonlySet<string> = new Set([
  'Account Type',
  'Special Comment',
  'Compliance Condition Code',
  'ECOA Code',
  'Consumer Information Indicator',
]);

const consumerTransactionType = (start: number): FieldLayout => ({
  name: 'Consumer Transaction Type',
  start,
  length: 1,
  type: 'text',
});

function withoutForeignLists(fields: readonly FieldLayout[]): readonly FieldLayout[] {
  return fields.map((field) => {
    if (field.type !== 'text' || !OF_THE_UNITED_STATES.has(field.name)) return field;
    const { codes: _foreign, ...carried } = field;
    return carried;
  });
}

const CANADIAN_J1: SegmentLayout = {
  ...J1,
  fields: withoutForeignLists(exchanged(J1.fields, consumerTransactionType(3))),
};

const CANADIAN_J2: SegmentLayout = {
  ...J2,
  fields: withoutForeignLists(
    exchanged(exchanged(J2.fields, consumerTransactionType(3)), {
      name: 'First Name',
      start: 29,
      length: 20,
      type: 'text',
      truncate: true,
      required: true,
    }),
  ),
};

const CANADIAN_K3: SegmentLayout = {
  ...K3,
  fields: exchanged(K3.fields, {
    name: 'Agency Identifier',
    start: 3,
    length: 2,
    type: 'digits',
    codes: MORTGAGE_AGENCIES,
    zeroIsBlank: true,
  }),
};

/** Only L1 is told not to repeat in Canada. */
function repeating(segment: SegmentLayout): SegmentLayout {
  const { most: _onceInTheUnitedStates, ...free } = segment;
  return free;
}

const CANADIAN_BASE: RecordLayout = {
  ...BASE,
  fields: withoutForeignLists(
    exchanged(
      exchanged(
        BASE.fields,
        { name: 'Currency Type Code', start: 214, length: 17, type: 'text' },
        consumerTransactionType(231),
      ),
      { name: 'Account Status', start: 124, length: 2, type: 'text', codes: CANADIAN_STATUSES, required: true },
    ),
  ),
  segments: {
    identifierLength: 2,
    types: [CANADIAN_J1, CANADIAN_J2, ...[K1, K2, CANADIAN_K3, K4].map(repeating), L1, repeating(N1)],
  },
};

/**
 * The file as Canadian bureaus take it, character format: the tables of the United States with what differs exchanged.
 * The Social Insurance Number stands in the field of the Social Security Number.
 */
export const METRO2_CANADA: FileLayout = { ...METRO2, name: 'metro2-canada', records: [CANADIAN_BASE] };
