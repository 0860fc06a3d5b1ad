import { describe, expect, test } from '@jest/globals';
import { readSettingsFile } from '@concord/plugin-sdk';
import { settingsSchema } from '../settings.js';

/** One mapping as written, free to be changed. */
interface Draft {
  madeUp?: boolean;
  match: string;
  record: { fields: Record<string, unknown>[]; [key: string]: unknown };
  trailer?: { date?: string; record: { fields: Record<string, unknown>[] } };
  fileNumber: string;
  facts: Record<string, string>;
  codes?: Record<string, Record<string, string>>;
  takenBack?: { field: string; values: string[] };
}

async function issuesWith(kind: string, change: (mapping: Draft) => unknown): Promise<[string, string][]> {
  const settings = (await readSettingsFile(new URL('../../example/settings.yaml', import.meta.url))) as {
    mapped: Record<string, Draft>;
  };
  change(settings.mapped[kind]!);
  const issues = settingsSchema.safeParse(settings).error?.issues ?? [];
  return issues.map(({ path, message }) => [path.join('.'), message]);
}

describe('a described record', () => {
  test.each<[string, string, (mapping: Draft) => unknown, string, RegExp]>([
    ['no word whether it is made up', 'deaths', (m) => delete m.madeUp, 'madeUp', /./],
    ['a pattern that leaves its folder', 'deaths', (m) => (m.match = '../*'), 'match', /./],
    ['no field for its account', 'returns', (m) => (m.fileNumber = 'account'), 'fileNumber', /no field account/],
    ['an account in text', 'returns', (m) => (m.fileNumber = 'note'), 'fileNumber', /must be of digits/],
    [
      'an account that may be blank',
      'returns',
      (m) => delete m.record.fields[2]!['required'],
      'fileNumber',
      /must be required/,
    ],
    ['a fact that there is none of', 'deaths', (m) => (m.facts['chapter'] = 'court'), 'facts', /chapter/],
    ['a fact in filler', 'deaths', (m) => (m.facts['estateCourt'] = 'reserved'), 'facts.estateCourt', /no field/],
    ['a fact in a constant', 'disputes', (m) => (m.facts['code'] = 'recordType'), 'facts.code', /carries no text/],
    ['a day in text', 'bankruptcies', (m) => (m.facts['filedOn'] = 'court'), 'facts.filedOn', /not a date/],
    [
      'a fact that no fault may show',
      'complaints',
      (m) => (m.record.fields[4]!['sensitive'] = true),
      'facts.complainant',
      /sensitive/,
    ],
    [
      'nothing that tells one bankruptcy from another',
      'bankruptcies',
      (m) => {
        delete m.facts['caseNumber'];
        delete m.facts['filedOn'];
      },
      'facts',
      /caseNumber or filedOn/,
    ],
    [
      'codes of a fact that it has not',
      'disputes',
      (m) => (m.codes = { chapter: { A: 'B' } }),
      'codes.chapter',
      /not mapped/,
    ],
    [
      'a mark of what is taken back in a field that is not there',
      'deaths',
      (m) => (m.takenBack = { field: 'flag', values: ['D'] }),
      'takenBack.field',
      /no field flag/,
    ],
    [
      'a fact that no person would read to its end',
      'disputes',
      (m) => (m.record.fields[4]!['length'] = 1_001),
      'facts.note',
      /longer than the 1000/,
    ],
    ['a gap', 'bankruptcies', (m) => (m.record['length'] = 401), 'record.fields', /end at 400/],
    [
      'a total of a field that is not there',
      'deaths',
      (m) => (m.trailer!.record.fields[1]!['total'] = { count: 'sum', places: ['death.amount'] }),
      'trailer.record.fields.1.total',
      /no field death.amount/,
    ],
  ])('with %s is refused, with the path', async (_name, kind, change, path, message) => {
    expect(await issuesWith(kind, change)).toContainEqual([`mapped.${kind}.${path}`, expect.stringMatching(message)]);
  });

  test('of a kind that AIM has not is refused', async () => {
    const settings = (await readSettingsFile(new URL('../../example/settings.yaml', import.meta.url))) as {
      mapped: Record<string, unknown>;
    };
    settings.mapped['equipment'] = settings.mapped['deaths'];
    expect(settingsSchema.safeParse(settings).success).toBe(false);
  });

  test('is taken as it stands in the example', async () => {
    expect(await issuesWith('bankruptcies', () => undefined)).toEqual([]);
  });
});
