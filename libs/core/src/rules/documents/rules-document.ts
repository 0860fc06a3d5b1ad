import { ACTS } from '@concord/plugin-sdk';
import { decimalFromMoney } from '../../money/domain/format-money.js';
import { ACT_WORDS } from '../domain/act-words.js';
import { unconfirmed } from '../domain/describe.js';
import { hasPrecondition, namedPlaces } from '../domain/preconditions.js';
import { IN_STOP_TABLES } from '../domain/register/in-stop-tables.js';
import { RULES } from '../domain/register/index.js';
import { NOT_ACTS } from '../domain/register/not-acts.js';
import type { Rule } from '../domain/rule.js';
import { examplesTable } from './examples-table.js';
import { markdownTable } from './markdown-table.js';
import { stopsSection } from './stops-section.js';

/** Where rules of each family of ids are law, in the order of the document. */
const PLACES: readonly { readonly prefix: RegExp; readonly title: string }[] = [
  { prefix: /^(?!US-|UK-|CA-)/, title: 'Everywhere' },
  { prefix: /^US-/, title: 'United States' },
  { prefix: /^UK-/, title: 'England and Wales' },
  { prefix: /^CA-/, title: 'Canada' },
];

/** Any day: no rule that asks for anything to be on record begins or ends. */
const UNDATED = '2026-01-01';

/** In the template: what a reader needs to know of one rule beyond the words in its code. */
const ASIDE = /^<!-- rule (\S+) -->\n([\s\S]*?)\n<!-- end -->\n*/gm;

/**
 * The page on rules: prose of a template around what the register says of itself.
 *
 * @param template Markdown with the marks `<!-- acts -->`, `<!-- overview -->`, `<!-- rules -->`, `<!-- unconditioned -->`, `<!-- stops -->`,
 *   `<!-- unconfirmed -->` and `<!-- not acts -->`, and asides on single rules between `<!-- rule ID -->` and `<!-- end -->`
 * @param words what each rule does, by id, as its code says
 * @throws Error for an aside on a rule that there is not, or a mark that is missing
 */
export function rulesDocument(template: string, words: ReadonlyMap<string, string>): string {
  const asides = new Map([...template.matchAll(ASIDE)].map(([, id, text]) => [id!, text!]));
  for (const id of asides.keys()) {
    if (!RULES.some((rule) => rule.id === id)) throw new Error(`The template has an aside on ${id}, which is no rule`);
  }
  const sections: readonly (readonly [mark: string, text: string])[] = [
    ['acts', actsInWords()],
    ['overview', overview()],
    ['rules', PLACES.flatMap(({ prefix, title }) => place(prefix, title, words, asides)).join('\n\n')],
    ['unconditioned', unconditioned()],
    ['stops', stopsSection()],
    ['unconfirmed', unconfirmedList()],
    ['not acts', notActs()],
  ];
  return sections.reduce(
    (text, [mark, section]) => {
      const comment = `<!-- ${mark} -->`;
      if (!text.includes(comment)) throw new Error(`The template lacks ${comment}`);
      return text.replace(comment, () => section);
    },
    template.replace(ASIDE, ''),
  );
}

function actsInWords(): string {
  return markdownTable(
    ['Act', 'To the debtor: the office may, or may not,'],
    ACTS.map((act) => [`\`${act}\``, ACT_WORDS[act]]),
  );
}

function overview(): string {
  const rows = ACTS.map((act) => {
    const rules = RULES.filter(({ acts }) => acts.includes(act)).map(({ id }) => id);
    const inTables = IN_STOP_TABLES.filter(({ acts }) => acts.includes(act)).map(({ id }) => `${id} (stop)`);
    return [`\`${act}\``, [...rules, ...inTables].join(', ') || 'none yet'];
  });
  return markdownTable(['Act', 'Rules that judge it'], rows);
}

/** Places by the acts before which no rule asks for anything. */
function unconditioned(): string {
  const rows = namedPlaces().map(({ name, jurisdiction }) => {
    const acts = ACTS.filter((act) => !hasPrecondition(jurisdiction, act, UNDATED));
    return [name, acts.map((act) => `\`${act}\``).join(', ') || 'none'];
  });
  return markdownTable(['Where', 'Acts'], rows);
}

function place(
  prefix: RegExp,
  title: string,
  words: ReadonlyMap<string, string>,
  asides: ReadonlyMap<string, string>,
): readonly string[] {
  const rules = RULES.filter(({ id }) => prefix.test(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
  if (rules.length === 0) return [];
  return [`### ${title}`, ...rules.map((rule) => ruleEntry(rule, words.get(rule.id), asides.get(rule.id)))];
}

function ruleEntry(rule: Rule, words: string | undefined, aside: string | undefined): string {
  const { id, title, acts, citation, confirmed, note, parameters, effectiveFrom, effectiveTo, yieldsTo } = rule;
  const numbers = Object.entries(parameters).map(([name, value]) => `\`${name}\` ${numberText(name, value)}`);
  const facts = [
    `**Acts**: ${acts.map((act) => `\`${act}\``).join(', ')}. **Where**: ${where(rule)}.`,
    ...(effectiveFrom === null && effectiveTo === null
      ? []
      : [`**In force**: ${[effectiveFrom ?? '', effectiveTo ?? ''].join(' to ').trim()}.`]),
    `**Source**: ${citation ?? 'none, chosen by Concord'}. **Confirmed**: ${confirmed}.${note === null ? '' : ` ${note}`}`,
    ...(numbers.length === 0 ? [] : [`**Numbers**: ${numbers.join(', ')}.`]),
    ...(yieldsTo === undefined ? [] : [`Silent where \`${yieldsTo}\` is in force.`]),
  ];
  return [`#### ${id}: ${title}`, facts.map((fact) => `- ${fact}`).join('\n'), words, aside, examplesTable(id)]
    .filter((part) => part !== undefined && part !== '')
    .join('\n\n');
}

/** Every currency of the register has a hundred minor units. */
function numberText(name: string, value: number | string): string {
  if (value === '') return 'not set';
  return name.endsWith('Minor') && typeof value === 'number'
    ? `${value} (${decimalFromMoney(value, 'USD')})`
    : `${value}`;
}

/** Countries, regions or offices; everywhere where a rule names none. */
function where({ jurisdictions }: Rule): string {
  const places = Object.values(jurisdictions).flatMap((each: readonly string[] | undefined) => each ?? []);
  return places.length === 0 ? 'everywhere' : places.join(', ');
}

function unconfirmedList(): string {
  const rows = unconfirmed().filter(({ id }) => !id.startsWith('STOP:'));
  const inTables = IN_STOP_TABLES.filter(({ confirmed }) => confirmed !== 'yes');
  return markdownTable(
    ['Rule', 'Confirmed', 'What is open, or chosen'],
    [...rows, ...inTables].map(({ id, confirmed, note }) => [id, confirmed, note ?? 'the source has not been seen']),
  );
}

function notActs(): string {
  return markdownTable(
    ['Id', 'Row', 'Citation', 'Confirmed', 'Why it judges no act'],
    NOT_ACTS.map(({ id, title, citation, confirmed, why }) => [id, title, citation, confirmed, why]),
  );
}
