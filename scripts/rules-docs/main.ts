/**
 * Writes docs/rules.md from the register of rules and the template beside this file:
 *
 *     npm run rules:docs
 *
 * What a rule does is said by the docstring above it, so its file is read as well as run.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ruleWords } from '@concord/core/rules/documents/rule-words';
import { rulesDocument } from '@concord/core/rules/documents/rules-document';

const REPOSITORY = join(import.meta.dirname, '../..');
const REGISTER = join(REPOSITORY, 'libs/core/src/rules/domain/register');
const DOCUMENT = join(REPOSITORY, 'docs/rules.md');

const files = (await readdir(REGISTER, { recursive: true })).filter(
  (name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'),
);
const words = new Map<string, string>();
for (const name of files.sort()) {
  for (const [id, text] of ruleWords(await readFile(join(REGISTER, name), 'utf8'))) words.set(id, text);
}
const template = await readFile(join(import.meta.dirname, 'rules.template.md'), 'utf8');
await writeFile(DOCUMENT, rulesDocument(template, words));
console.log('docs/rules.md');
