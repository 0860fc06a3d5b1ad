import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { readSettingsFile } from '@concord/plugin-sdk';
import { exampleSettings } from './samples/debts.js';
import { cautionsOf } from './cautions.js';
import { settingsSchema } from './settings.js';

/** The example as written, free to be changed. */
interface Draft {
  debtor: { madeUp?: boolean; record: Record<string, unknown>; meaning: Record<string, unknown> };
  trailers: Record<string, { date?: string; record: { fields: Record<string, unknown>[] } }>;
  [key: string]: unknown;
}
const draft = async (): Promise<Draft> =>
  (await readSettingsFile(new URL('../example/settings.yaml', import.meta.url))) as Draft;

describe('settings', () => {
  test.each<[string, (settings: Draft) => unknown, string, RegExp]>([
    ['a debtor record with a gap', (s) => (s.debtor.record['length'] = 3001), 'debtor.record.fields', /end at 3000/],
    [
      'a debtor record that nothing tells apart',
      (s) => (s.debtor.record['recognise'] = { start: 1, value: 'CACT' }),
      'debtor.record.recognise',
      /constant field/,
    ],
    [
      'a fact in a field that is not there',
      (s) => (s.debtor.meaning['city'] = 'town'),
      'debtor.meaning.city',
      /no field town/,
    ],
    [
      'a role in filler',
      (s) => (s.debtor.meaning['role'] = { field: 'reserved', debtor: 'D', coDebtor: 'C', guarantor: 'G' }),
      'debtor.meaning.role.field',
      /nothing of its own/,
    ],
    ['an SSN that a fault may show', (s) => (s.debtor.meaning['ssn'] = 'phone'), 'debtor.meaning.ssn', /sensitive/],
    ['a debtor without a name', (s) => delete s.debtor.meaning['name'], 'debtor.meaning.name', /needs a name/],
    ['no word whether it is made up', (s) => delete s.debtor.madeUp, 'debtor.madeUp', /./],
    [
      'a total of a field that is not there',
      (s) => (s.trailers['statuses']!.record.fields[1]!['total'] = { count: 'sum', places: ['status.amount'] }),
      'trailers.statuses.record.fields.1.total',
      /no field status.amount/,
    ],
    [
      'a date in a field that is none',
      (s) => (s.trailers['payments']!.date = 'total'),
      'trailers.payments.date',
      /no date field/,
    ],
    [
      'a trailer of a kind that AIM has not',
      (s) => (s.trailers['disputes'] = s.trailers['statuses']!),
      'trailers',
      /disputes/,
    ],
    ['a status of no known meaning', (s) => (s['statusCodes'] = { X: { as: 'paid' } }), 'statusCodes.X.as', /./],
  ])('with %s are refused, with the path', async (_name, change, path, message) => {
    const settings = await draft();
    change(settings);
    const issues = settingsSchema.safeParse(settings).error?.issues ?? [];
    expect(issues.map((issue) => [issue.path.join('.'), issue.message])).toContainEqual([
      path,
      expect.stringMatching(message),
    ]);
  });

  test('have a JSON Schema for the form of the administrator', () => {
    expect(JSON.stringify(z.toJSONSchema(settingsSchema, { io: 'input' }))).toContain('objectionDays');
  });
});

describe('what an office must know', () => {
  const codes = async (changed: object) => cautionsOf(await exampleSettings(changed)).map(({ code }) => code);

  test('follows from its settings', async () => {
    expect(await codes({})).toEqual([
      'account-tail-unconfirmed',
      'debtor-made-up',
      'trailers-made-up',
      'records-made-up',
    ]);
    const { debtor } = await exampleSettings();
    const unmapped = { trailers: undefined, mapped: undefined, debtor: { ...debtor, madeUp: false } };
    expect(await codes({ ...unmapped, statusCodes: {} })).toEqual([
      'account-tail-unconfirmed',
      'trailers-unknown',
      'reconciliation-undated',
      'refusals-unknown',
    ]);
  });

  test('a made-up layout reaches no partner but this machine', async () => {
    const bound = cautionsOf(await exampleSettings()).filter(({ loopbackOnly }) => loopbackOnly);
    expect(bound.map(({ code }) => code)).toEqual(['debtor-made-up', 'trailers-made-up', 'records-made-up']);
  });
});
