import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { delimitedLayoutSchema, fileLayoutSchema, supplySchema } from '@concord/plugin-sdk/codec';
import { parse } from 'yaml';
import { z } from 'zod';
import { checkMapping } from './check-mapping.js';
import { readMappingFile } from './mapping-file.js';

const page = readFileSync(new URL('../../../../../docs/mappings.md', import.meta.url), 'utf8');

/** A fenced block of the page: ```` ```yaml file=payments.yaml ```` has the language `yaml` and the rest as its mark. */
interface Block {
  readonly language: string;
  readonly mark: string;
  readonly text: string;
}

const blocks = [...page.matchAll(/^```(\w+) ?(.*)\n([^]*?)^```$/gm)].map(
  ([, language = '', mark = '', text = '']): Block => ({ language, mark, text }),
);

function marked(mark: string): string {
  const found = blocks.filter((block) => block.mark === mark);
  expect(found).toHaveLength(1);
  return found[0]!.text;
}

const mappings = blocks
  .filter(({ language, mark }) => language === 'yaml' && mark !== 'settings')
  .map(({ text }) => [/^ *(?:- )?name: (\S+)/m.exec(text)?.[1] ?? '', text] as const);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concord-documented-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What the command prints for a mapping of the page and the page's sample, as on a terminal that shows both outputs. */
async function printed(mapping: string): Promise<string> {
  const path = join(folder, 'payments.yaml');
  const sample = join(folder, 'payments.txt');
  await writeFile(path, mapping);
  await writeFile(sample, marked('file=payments.txt'));
  let shown = '';
  const say = (text: string): void => {
    shown += text.endsWith('\n') ? text : `${text}\n`;
  };
  expect(await checkMapping(path, { sample, records: 20 }, { print: say, note: say })).toBe(1);
  return shown.replaceAll(`${folder}/`, '');
}

describe('docs/mappings.md', () => {
  test('has mappings', () => {
    expect(mappings.map(([name]) => name)).toEqual([
      'made-up-payments',
      'account',
      'made-up-mainframe',
      'made-up-placements',
    ]);
  });

  test.each(mappings)('says %s without a fault', (_name, text) => {
    const { mappings: found, faults } = readMappingFile(text);
    expect(faults).toEqual([]);
    expect(found.map((mapping) => mapping.faults)).toEqual([[]]);
  });

  test('has settings that are YAML', () => {
    expect(parse(marked('settings'))).toEqual({ settings: { rejects: { $file: expect.any(String) } } });
  });

  test('shows what the command prints for the sample', async () => {
    expect(await printed(marked('file=payments.yaml'))).toBe(marked('output'));
  });

  test('shows what the command prints for a mapping with a mistake', async () => {
    const right = 'name: Account Number, start: 2,';
    const mapping = marked('file=payments.yaml');
    expect(mapping).toContain(right);
    expect(await printed(mapping.replace(right, right.replace('2', '3')))).toBe(marked('output=gap'));
  });

  test.each([
    ['fixed widths', fileLayoutSchema],
    ['separated columns', delimitedLayoutSchema],
    ['what is supplied', supplySchema],
  ])('names every option and every choice of %s', (_what, schema) => {
    const missing = said(z.toJSONSchema(schema)).filter((word) => !new RegExp(`\\b${word}\\b`).test(page));
    expect(missing).toEqual([]);
  });
});

/** The names of all properties in a JSON Schema, and the words that they may be. */
function said(schema: unknown): string[] {
  if (schema === null || typeof schema !== 'object') return [];
  const { properties, enum: choices, const: only } = schema as Readonly<Record<string, unknown>>;
  const words = [...Object.keys(properties ?? {}), ...(Array.isArray(choices) ? choices : []), only];
  const own = words.filter((word) => typeof word === 'string' && /^[A-Za-z-]+$/.test(word)) as string[];
  return [...own, ...Object.values(schema).flatMap(said)];
}
