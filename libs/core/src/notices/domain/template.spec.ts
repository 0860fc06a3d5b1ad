import { describe, expect, it } from '@jest/globals';
import { fieldsIn, fill, noticeTemplate, validationFaults } from './template.js';

const template = (changes: object = {}): unknown => ({
  title: 'Reminder about {debt.reference}',
  payWithinDays: 14,
  body: [{ text: 'You owe {balance.total}. Pay by {pay-by}.' }, { table: 'balance' }],
  ...changes,
});
const faults = (changes: object): string[] => {
  const parsed = noticeTemplate.safeParse(template(changes));
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
};

describe('a template', () => {
  it('is read with its fields, and types of debts that nobody named are none', () => {
    expect(noticeTemplate.parse(template())).toMatchObject({ debtTypes: {}, payWithinDays: 14 });
    expect(fieldsIn('{date} and {pay-by}')).toEqual(['date', 'pay-by']);
    expect(fill('{date}: {balance.total}', (field) => `<${field}>`)).toBe('<date>: <balance.total>');
  });

  it.each<[string, object, RegExp]>([
    ['a field that does not exist', { title: '{party.ssn}' }, /title names party\.ssn, which is no field/],
    ['a brace that is not closed', { title: 'Owed: {balance.total' }, /title has a brace/],
    ['nothing to say', { body: [] }, /body must say something/],
    ['a table that does not exist', { body: [{ table: 'everything' }] }, /body\.0 /],
    ['a part that is two things', { body: [{ text: 'a', heading: 'b' }] }, /body\.0 /],
    ['a day that is not counted', { payWithinDays: undefined }, /payWithinDays is needed for pay-by/],
    ['no day at all', { payWithinDays: 0 }, /payWithinDays must be at least 1/],
    ['a key that nobody reads', { subject: 'x' }, /subject/],
  ])('with %s is refused', (_, changes, expected) => {
    expect(faults(changes).join('\n')).toMatch(expected);
  });

  it('of a validation notice must itemise, say what it is about, and how long one may respond', () => {
    expect(validationFaults(noticeTemplate.parse(template()))).toEqual([
      'has no table of the itemisation',
      'does not name respond-by',
    ]);
  });
});
