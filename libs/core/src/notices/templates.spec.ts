import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { requireJurisdictions } from '../configuration/jurisdiction-file.js';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import { LetterFont } from './render/letter-font.js';
import { loadTemplates } from './templates.js';

const CONFIG = join(import.meta.dirname, '../../../../config');
const jurisdictions = await requireJurisdictions(CONFIG);
const { unwritable } = await LetterFont.open();

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concord-templates-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const OFFICE = 'name: City\naddress: [1 Street]\ntelephone: (512) 555-0142\npage: letter\n';
const TEMPLATE = 'title: Reminder\nbody: [{ text: "You owe {balance.total}." }]\n';

async function load(files: Readonly<Record<string, string>>, offices: readonly Jurisdiction[] = jurisdictions) {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return loadTemplates(folder, offices, unwritable);
}

describe('templates of letters', () => {
  it('that Concord comes with can be written, in English everywhere and in French where the office has it', async () => {
    const list = (await loadTemplates(join(CONFIG, 'notices'), jurisdictions, unwritable)).list();
    const kinds = (id: string, wanted: string): string[] =>
      list
        .filter(({ jurisdictionId, language }) => jurisdictionId === id && language === wanted)
        .map(({ kind }) => kind);
    expect(kinds('us-ca-berkeley', 'en')).toEqual(['final-demand', 'reminder', 'validation-notice']);
    expect(kinds('gb-hillingdon', 'en')).toEqual(['final-demand', 'first-notice', 'reminder']);
    expect(kinds('ca-nl', 'fr')).toEqual(['final-demand', 'first-notice', 'reminder']);
    expect(new Set(list.map(({ jurisdictionId }) => jurisdictionId)).size).toBe(jurisdictions.length);
  });

  it('may be missing altogether', async () => {
    const templates = await loadTemplates(join(folder, 'none'), jurisdictions, unwritable);
    expect(() => templates.require('ca-nl', 'reminder', 'en')).toThrow('has no template');
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['of nobody', { 'us-xx/office.yaml': OFFICE }, /is named after no jurisdiction/],
    ['without an office', { 'ca-nl/reminder.en.yaml': TEMPLATE }, /office\.yaml/],
    ['with another name', { 'ca-nl/office.yaml': OFFICE, 'ca-nl/letter.yaml': TEMPLATE }, /must be named/],
    ['in another language', { 'ca-nl/office.yaml': OFFICE, 'ca-nl/reminder.de.yaml': TEMPLATE }, /must be named/],
    [
      'with a field that does not exist',
      { 'ca-nl/office.yaml': OFFICE, 'ca-nl/reminder.en.yaml': TEMPLATE.replace('balance.total', 'party.sin') },
      /reminder\.en\.yaml: body\.0.*party\.sin/s,
    ],
    [
      'of a validation notice that does not itemise',
      { 'us-ca-berkeley/office.yaml': OFFICE, 'us-ca-berkeley/validation-notice.en.yaml': TEMPLATE },
      /has no table of the itemisation/,
    ],
    [
      'with a sign that can not be printed',
      { 'ca-nl/office.yaml': OFFICE, 'ca-nl/reminder.en.yaml': TEMPLATE.replace('Reminder', '漢') },
      /U\+6F22/,
    ],
    ['that are no YAML', { 'ca-nl/office.yaml': 'name: [' }, /office\.yaml/],
  ])('%s are refused at the start', async (_, files, expected) => {
    await expect(load(files)).rejects.toThrow(expected);
  });
});
