import { RULE_EXAMPLES } from '../examples/index.js';
import type { RuleExample } from '../examples/example.js';
import { markdownTable } from './markdown-table.js';

/** The examples of a rule, which a test proves, as a table. */
export function examplesTable(ruleId: string): string {
  const rows = RULE_EXAMPLES.filter(({ rule }) => rule === ruleId).map((example) => [
    `\`${example.act}\``,
    `${example.given}${settings(example)}`,
    example.on,
    example.says,
  ]);
  return rows.length === 0 ? '' : markdownTable(['Act', 'On record', 'Day', 'The rule says'], rows);
}

/** What the office has set otherwise than the register, where an example is about that. */
function settings({ parameters }: RuleExample): string {
  const set = Object.entries(parameters ?? {}).map(([name, value]) => `\`${name}\` ${value}`);
  return set.length === 0 ? '' : ` (${set.join(', ')})`;
}
