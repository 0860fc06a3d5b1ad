import { formatMoney } from '@concord/core/money/domain/format-money';
import type { ExampleDebt, StrategyPreview } from '@concord/core/strategies/domain/preview-tally';
import type { Preview } from '@concord/core/strategies/strategy-commands';
import type { StrategyView } from '@concord/core/strategies/strategy-reads';
import { table } from './table.js';
import type { Column } from './table.js';

/** How many characters of a version people read. */
const SHORT = 12;

const columnsOf = (jurisdictionId: string): readonly Column<StrategyView>[] => [
  { title: 'Strategy', value: ({ id }) => id },
  { title: 'State', value: ({ state }) => state },
  { title: 'In force', value: ({ inForce }) => inForce && inForce.version.slice(0, SHORT) },
  { title: 'Configured', value: ({ configured }) => configured.version.slice(0, SHORT) },
  {
    title: 'Referrals in force',
    value: ({ referrals }) => referrals.map(({ connectorId, inForce }) => `${connectorId} ${inForce}`).join(', '),
  },
  { title: 'To do', value: (strategy) => toDo(jurisdictionId, strategy) },
];

/** The strategies of an office, one a line. */
export function strategyTable(jurisdictionId: string, strategies: readonly StrategyView[]): string {
  return strategies.length === 0 ? 'none' : table(columnsOf(jurisdictionId), strategies);
}

function toDo(jurisdictionId: string, { id, state, held }: StrategyView): string | null {
  if (state === 'unseen') return 'is looked at with the next review';
  if (state !== 'held' || !held?.effect) return null;
  const { referred, recalled } = held.effect;
  const on = new Date(held.recordedAt).toISOString().slice(0, 10);
  const effect = `would refer ${referred.debts} debts and recall ${recalled.debts} (as of ${on})`;
  const office = `--jurisdiction ${jurisdictionId}`;
  const apply = `strategies apply ${id} ${office} --held ${held.version.slice(0, SHORT)} --reason TEXT`;
  return `${effect}: look with \`strategies preview ${office} --held\`, then \`${apply}\``;
}

interface Line {
  readonly what: string;
  readonly debts: number;
  readonly amountMinor: number;
  readonly examples: readonly ExampleDebt[];
}

/** What each strategy would do, one table a strategy. */
export function previewText({ jurisdictionId, on, currency, strategies }: Preview): string {
  if (strategies.length === 0) return `${jurisdictionId} has no strategies in force.`;
  const columns: readonly Column<Line>[] = [
    { title: '', value: ({ what }) => what },
    { title: 'Debts', value: ({ debts }) => debts, align: 'right' },
    { title: 'Owed', value: ({ amountMinor }) => formatMoney(amountMinor, currency, 'en'), align: 'right' },
    { title: 'Such as', value: ({ examples }) => examples.map(({ number }) => number).join(' ') },
  ];
  const texts = strategies.map((strategy) => `${heading(strategy)}\n${table(columns, lines(strategy))}`);
  return [`${jurisdictionId} on ${on}, if every debt were looked at`, ...texts].join('\n\n');
}

function heading({ strategyId, version, act, round, debts, heldBack }: StrategyPreview): string {
  const waiting = Object.entries(heldBack).filter(([, count]) => count > 0);
  const notes = waiting.map(([hindrance, count]) => `${count} of those referred are held back by ${hindrance}`);
  const which = round === 1 ? '' : `, referral ${round}`;
  return [`${strategyId} (${version.slice(0, SHORT)}): ${act}${which}, ${debts} debts of its types`, ...notes].join(
    '; ',
  );
}

function lines({ referred, to, leftOut, recalled, kept }: StrategyPreview): Line[] {
  return [
    { what: 'referred', ...referred },
    ...to.map(({ connectorId, ...tally }) => ({ what: `  to ${connectorId}`, ...tally, examples: [] })),
    ...leftOut.map(({ reason, ...tally }) => ({ what: `left out: ${reason}`, ...tally })),
    { what: 'recalled', ...recalled },
    ...kept.map(({ reason, ...tally }) => ({ what: `not recalled: ${reason}`, ...tally })),
  ];
}
