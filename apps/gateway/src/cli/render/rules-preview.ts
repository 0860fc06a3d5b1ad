import { formatMoney } from '@concord/core/money/domain/format-money';
import type { EffectTally, ExampleOfEffect } from '@concord/core/rules/domain/preview/effect-tally';
import { EFFECTS } from '@concord/core/rules/domain/preview/effect';
import type { RulesPreview } from '@concord/core/rules/rules-previews';
import { table } from './table.js';
import type { Column } from './table.js';

interface CountLine {
  readonly name: string;
  readonly act: string;
  readonly counts: ReadonlyMap<string, number>;
}

/** What other rules or numbers would change: counts by connector, then why, with examples. */
export function rulesPreviewText(preview: RulesPreview): string {
  const { jurisdictionId, on, comparedWith, connectors, totals, currency } = preview;
  if (connectors.length === 0) return `${jurisdictionId} has no connectors that are in use.`;
  const lines: CountLine[] = [
    ...connectors.map(({ connectorId, act, mode, effects }) => ({
      name: mode === 'on' ? connectorId : `${connectorId} (${mode})`,
      act,
      counts: new Map<string, number>(effects.map(({ effect, debts }) => [effect, debts])),
    })),
    { name: 'all', act: '', counts: new Map<string, number>(Object.entries(totals)) },
  ];
  const beside = comparedWith === 'configured' ? 'beside the configured numbers' : 'beside what was judged last';
  const changes = connectors.flatMap(({ connectorId, effects }) =>
    effects
      .filter(({ effect, debts }) => effect !== 'stay' && debts > 0)
      .map((tally) => changeText(connectorId, tally, currency)),
  );
  const heading = `${jurisdictionId} on ${on}, ${beside}: debts by what becomes of them`;
  return [heading, table(COUNTS, lines), ...changes].join('\n\n');
}

const COUNTS: readonly Column<CountLine>[] = [
  { title: 'Connector', value: ({ name }) => name },
  { title: 'Act', value: ({ act }) => act },
  ...EFFECTS.map((effect): Column<CountLine> => ({
    title: effect,
    value: ({ counts }) => counts.get(effect) ?? 0,
    align: 'right',
  })),
];

const EXAMPLES: readonly Column<ExampleOfEffect>[] = [
  { title: 'Such as', value: ({ number }) => number },
  {
    title: 'Why',
    value: ({ reasons }) => reasons.map(({ rule, outcome, reason }) => `${rule} (${outcome}): ${reason}`).join(' '),
    width: 82,
  },
];

function changeText(connectorId: string, tally: EffectTally, currency: string): string {
  const { effect, debts, amountMinor, rules, examples } = tally;
  const by = rules.map((each) => `${each.rule} ${each.debts}`).join(', ');
  const why = effect === 'open' ? 'no longer in the way' : 'newly in the way';
  const owed = formatMoney(amountMinor, currency, 'en');
  const heading = `${connectorId}, ${effect}: ${debts} ${debts === 1 ? 'debt' : 'debts'} of ${owed}; ${why}: ${by}`;
  return examples.length === 0 ? heading : `${heading}\n${table(EXAMPLES, examples)}`;
}
