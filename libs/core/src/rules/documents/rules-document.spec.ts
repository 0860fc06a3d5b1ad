import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { RULES } from '../domain/register/index.js';
import { NOT_ACTS } from '../domain/register/not-acts.js';
import { ruleWords } from './rule-words.js';
import { rulesDocument } from './rules-document.js';

const REPOSITORY = join(import.meta.dirname, '../../../../..');
const REGISTER = join(REPOSITORY, 'libs/core/src/rules/domain/register');
const template = readFileSync(join(REPOSITORY, 'scripts/rules-docs/rules.template.md'), 'utf8');
const written = readFileSync(join(REPOSITORY, 'docs/rules.md'), 'utf8');
const words = new Map(
  (readdirSync(REGISTER, { recursive: true }) as string[])
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .flatMap((name) => [...ruleWords(readFileSync(join(REGISTER, name), 'utf8'))]),
);

describe('docs/rules.md', () => {
  it('is what the register says; `npm run rules:docs` writes it', () => {
    expect(written).toBe(rulesDocument(template, words));
  });

  it('says in words what each rule does', () => {
    expect(RULES.filter(({ id }) => !words.has(id)).map(({ id }) => id)).toEqual([]);
  });

  it('names every rule, its source and its numbers, and every row that is none', () => {
    for (const { id, title, citation, parameters } of RULES) {
      expect(written).toContain(`#### ${id}: ${title}`);
      expect(written).toContain(citation ?? id);
      for (const name of Object.keys(parameters)) expect(written).toContain(`\`${name}\``);
    }
    for (const { id } of NOT_ACTS) expect(written).toContain(`| ${id} |`);
  });

  it('refuses a template that lost a part, or speaks of a rule that is gone', () => {
    expect(() => rulesDocument(template.replace('<!-- stops -->', ''), words)).toThrow('<!-- stops -->');
    expect(() => rulesDocument(`${template}\n<!-- rule US-GONE-01 -->\nx\n<!-- end -->\n`, words)).toThrow(
      'US-GONE-01',
    );
  });
});

describe('the words of a rule', () => {
  it('are its docstring as paragraphs, without those of its neighbours', () => {
    const source = [
      '/** Not of a rule. */',
      'const OTHER = 1;',
      '',
      '/**',
      ' * A first sentence that',
      ' * goes on, see {@link other}.',
      ' *',
      ' * - one',
      ' * - two',
      ' */',
      'export const ruleOne: Rule<{ days: number }> = {',
      "  id: 'ONE',",
      '};',
      '/** The second. */',
      'export const ruleTwo: Rule = {',
      "  id: 'TWO',",
      '};',
    ].join('\n');
    expect([...ruleWords(source)]).toEqual([
      ['ONE', 'A first sentence that goes on, see `other`.\n\n- one\n- two'],
      ['TWO', 'The second.'],
    ]);
  });
});
