import {
  ACCOUNT_STATUSES,
  ACCOUNT_TYPES,
  ADDRESS_INDICATORS,
  COLLECTOR_TYPES,
  COMPLIANCE_CODES,
  CREDITOR_CLASSIFICATIONS,
  DELETIONS,
  DELINQUENT,
  ECOA_CODES,
  GENERATIONS,
  INFORMATION_INDICATORS,
  INTEREST_TYPES,
  PAID,
  PAYMENT_RATINGS,
  PORTFOLIO_TYPES,
  RATED_STATUSES,
  RESIDENCE_CODES,
  SPECIAL_COMMENTS,
  STATES,
  TERMS_FREQUENCIES,
} from './metro2-codes.ts';
import { BASE, J1, J2, K1, L1 } from './metro2-layouts.ts';
import type { AccountRecord } from './metro2-record.ts';
import { dateAt, isGiven, valueAt } from './metro2-record.ts';
import type { EditFailure } from './record-shape.ts';
import { shapeFailure } from './record-shape.ts';

type BaseField = keyof typeof BASE;

const blank = (field: string): EditFailure => ({ field, code: 'REQ001', message: 'MUST NOT BE BLANK' });
const unknown = (field: string, value: string): EditFailure => ({
  field,
  code: 'CODE01',
  message: value === '' ? 'MUST NOT BE BLANK' : `VALUE ${value} IS NOT IN THE CODE LIST`,
});

/**
 * The first real fault of a record, or undefined.
 *
 * A deletion is judged by its key and its shape alone: a bureau that refused to take a tradeline away because an address
 * is missing would leave it standing.
 *
 * @param createdOn Date Created of the file; dates after it are in the future. The bureau looks at no clock.
 */
export function editFailure(record: AccountRecord, createdOn: string): EditFailure | undefined {
  return (
    shapeFailure(record) ??
    keyFailure(record) ??
    (DELETIONS.has(base(record, 'Account Status'))
      ? undefined
      : (accountFailure(record) ??
        consistencyFailure(record) ??
        dateFailure(record, createdOn) ??
        consumerFailure(record) ??
        addressFailure(record) ??
        associatedFailure(record) ??
        creditorFailure(record)))
  );
}

function base(record: AccountRecord, field: BaseField): string {
  return valueAt(record.text, BASE[field]);
}

function keyFailure(record: AccountRecord): EditFailure | undefined {
  if (base(record, 'Processing Indicator') !== '1') {
    return { field: 'Processing Indicator', code: 'CODE01', message: 'IS A CONSTANT 1' };
  }
  const furnisher = base(record, 'Identification Number');
  if (!/^[A-Z0-9]{5,20}$/.test(furnisher) || /^(0+|9+)$/.test(furnisher)) {
    return { field: 'Identification Number', code: 'KEY001', message: 'NOT A FURNISHER CODE' };
  }
  const account = base(record, 'Consumer Account Number');
  if (!/^[A-Z0-9]+$/.test(account)) {
    return {
      field: 'Consumer Account Number',
      code: 'KEY002',
      message: 'BLANK, OR HOLDS BLANKS OR SPECIAL CHARACTERS',
    };
  }
  const ssn = base(record, 'Social Security Number');
  if (isGiven(ssn) && account.includes(ssn)) {
    return { field: 'Consumer Account Number', code: 'KEY003', message: 'HOLDS THE SOCIAL SECURITY NUMBER' };
  }
  const status = base(record, 'Account Status');
  if (!ACCOUNT_STATUSES.has(status)) return unknown('Account Status', status);
  return changeFailure(record);
}

function changeFailure(record: AccountRecord): EditFailure | undefined {
  const change = record.segments.find(({ id }) => id === 'L1');
  if (change === undefined) return undefined;
  const indicator = valueAt(record.text, L1['Change Indicator'], change.offset);
  if (!/^[123]$/.test(indicator)) return unknown('L1 Change Indicator', indicator);
  const account = valueAt(record.text, L1['New Consumer Account Number'], change.offset);
  if (indicator !== '2' && !/^[A-Z0-9]+$/.test(account)) return blank('L1 New Consumer Account Number');
  const furnisher = valueAt(record.text, L1['New Identification Number'], change.offset);
  if (indicator !== '1' && !/^[A-Z0-9]{5,20}$/.test(furnisher)) return blank('L1 New Identification Number');
  return undefined;
}

/** Coded fields: must the value be there, and which values are there at all. */
const CODED: readonly (readonly [field: BaseField, required: boolean, codes: ReadonlySet<string>])[] = [
  ['Portfolio Type', true, PORTFOLIO_TYPES],
  ['Account Type', true, ACCOUNT_TYPES],
  ['ECOA Code', true, ECOA_CODES],
  ['Terms Frequency', false, TERMS_FREQUENCIES],
  ['Special Comment', false, SPECIAL_COMMENTS],
  ['Compliance Condition Code', false, COMPLIANCE_CODES],
  ['Consumer Information Indicator', false, INFORMATION_INDICATORS],
  ['Interest Type Indicator', false, INTEREST_TYPES],
  ['Generation Code', false, GENERATIONS],
  ['Address Indicator', false, ADDRESS_INDICATORS],
  ['Residence Code', false, RESIDENCE_CODES],
];

function accountFailure(record: AccountRecord): EditFailure | undefined {
  for (const [field, required, codes] of CODED) {
    const value = base(record, field);
    if (value === '' ? required : !codes.has(value)) return unknown(field, value);
  }
  const terms = base(record, 'Terms Duration');
  if (!/^(LOC|REV|\d{3})$/.test(terms)) return unknown('Terms Duration', terms);
  const history = base(record, 'Payment History Profile');
  if (!/^[0-6BDEGHJKL]{24}$/.test(history)) {
    return { field: 'Payment History Profile', code: 'CODE01', message: 'MUST BE 24 PROFILE CODES' };
  }
  return undefined;
}

function consistencyFailure(record: AccountRecord): EditFailure | undefined {
  const status = base(record, 'Account Status');
  const rating = base(record, 'Payment Rating');
  if (RATED_STATUSES.has(status) ? !PAYMENT_RATINGS.has(rating) : rating !== '') {
    return { field: 'Payment Rating', code: 'CONS01', message: `NOT RIGHT WITH STATUS ${status}` };
  }
  if (base(record, 'Portfolio Type') === 'O') {
    if (base(record, 'Terms Duration') !== '001') {
      return { field: 'Terms Duration', code: 'CONS02', message: 'IS 001 FOR AN OPEN ACCOUNT' };
    }
    if (Number(base(record, 'Scheduled Monthly Payment Amount')) !== 0) {
      return { field: 'Scheduled Monthly Payment Amount', code: 'CONS03', message: 'IS ZERO FOR AN OPEN ACCOUNT' };
    }
  }
  if ((status === '11' || PAID.has(status)) && Number(base(record, 'Amount Past Due')) !== 0) {
    return { field: 'Amount Past Due', code: 'CONS04', message: `IS ZERO WITH STATUS ${status}` };
  }
  if (PAID.has(status) && Number(base(record, 'Current Balance')) !== 0) {
    return { field: 'Current Balance', code: 'CONS05', message: `IS ZERO WITH STATUS ${status}` };
  }
  if (base(record, 'Special Comment') === 'AU' && !PAID.has(status)) {
    return { field: 'Special Comment', code: 'CONS06', message: 'AU GOES WITH A PAID STATUS' };
  }
  return undefined;
}

function dateFailure(record: AccountRecord, createdOn: string): EditFailure | undefined {
  const must = new Set<BaseField>(['Date Opened', 'Date Account Information']);
  if (DELINQUENT.has(base(record, 'Account Status'))) must.add('Date First Delinquency');
  const fields = [
    'Date Opened',
    'Date Account Information',
    'Date First Delinquency',
    'Date Closed',
    'Date Last Payment',
    'Date Birth',
  ] as const;
  for (const field of fields) {
    const date = dateAt(record.text, BASE[field]) ?? null;
    if (date === null && must.has(field)) return { field, code: 'DATE02', message: 'DATE IS MISSING' };
    if (date !== null && date > createdOn)
      return { field, code: 'DATE03', message: 'DATE IS AFTER THE FILE WAS CREATED' };
  }
  return undefined;
}

function consumerFailure(record: AccountRecord): EditFailure | undefined {
  if (base(record, 'Surname') === '') return blank('Surname');
  // A business has one name and neither an SSN nor a date of birth.
  if (base(record, 'ECOA Code') === 'W') return undefined;
  if (base(record, 'First Name') === '') return blank('First Name');
  if (!isGiven(base(record, 'Social Security Number')) && !isGiven(base(record, 'Date Birth'))) {
    return { field: 'Social Security Number', code: 'IDENT1', message: 'NEITHER SSN NOR DATE OF BIRTH' };
  }
  return undefined;
}

function addressFailure(record: AccountRecord): EditFailure | undefined {
  for (const field of ['First Line Address', 'City'] as const) {
    if (base(record, field) === '') return blank(field);
  }
  if (!['', 'US'].includes(base(record, 'Country Code'))) return undefined;
  const state = base(record, 'State');
  if (!STATES.has(state)) return unknown('State', state);
  if (!/^\d{5}(\d{4})?$/.test(base(record, 'Zip Code'))) {
    return { field: 'Zip Code', code: 'ZIP001', message: 'IS FIVE OR NINE DIGITS' };
  }
  return undefined;
}

function associatedFailure(record: AccountRecord): EditFailure | undefined {
  for (const { id, offset } of record.segments) {
    if (id !== 'J1' && id !== 'J2') continue;
    const layout = id === 'J1' ? J1 : J2;
    const value = (field: keyof typeof J1): string => valueAt(record.text, layout[field], offset);
    if (value('Surname') === '') return blank(`${id} Surname`);
    if (!ECOA_CODES.has(value('ECOA Code'))) return unknown(`${id} ECOA Code`, value('ECOA Code'));
    const indicator = value('Consumer Information Indicator');
    if (indicator !== '' && !INFORMATION_INDICATORS.has(indicator))
      return unknown(`${id} Consumer Information Ind`, indicator);
    if (id === 'J2' && ['', 'US'].includes(valueAt(record.text, J2['Country Code'], offset))) {
      const state = valueAt(record.text, J2.State, offset);
      if (!STATES.has(state)) return unknown('J2 State', state);
    }
  }
  return undefined;
}

function creditorFailure(record: AccountRecord): EditFailure | undefined {
  const creditor = record.segments.find(({ id }) => id === 'K1');
  const type = base(record, 'Account Type');
  if (creditor === undefined) {
    if (!COLLECTOR_TYPES.has(type)) return undefined;
    return { field: 'K1 Original Creditor Name', code: 'K10001', message: `K1 IS MISSING FOR ACCOUNT TYPE ${type}` };
  }
  if (valueAt(record.text, K1['Original Creditor Name'], creditor.offset) === '')
    return blank('K1 Original Creditor Name');
  const classification = valueAt(record.text, K1['Creditor Classification'], creditor.offset);
  return CREDITOR_CLASSIFICATIONS.has(classification)
    ? undefined
    : unknown('K1 Creditor Classification', classification);
}
