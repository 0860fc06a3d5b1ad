import { ACTS, STOP_KINDS } from '@concord/plugin-sdk';
import type { Act, StopKind } from '@concord/plugin-sdk';
import type { StopColumn, StopEffect } from '../domain/stop-effect.js';
import { STOPS_BY_ACT } from '../domain/stops-by-act.js';
import { markdownTable } from './markdown-table.js';

const HEAD = ['Stop', 'Where', 'Effect', 'Decided by', 'Citation', 'Confirmed', 'Why'];

/** What each kind of stop does to each act, an act a table. */
export function stopsSection(): string {
  return ACTS.map((act) => `### What each stop does to \`${act}\`\n\n${table(act, STOPS_BY_ACT[act])}`).join('\n\n');
}

function table(act: Act, column: StopColumn): string {
  return markdownTable(
    HEAD,
    STOP_KINDS.flatMap((kind) => {
      const countries = Object.entries(column[kind].countries ?? {});
      return [
        ...countries.map(([country, effect]) => row(act, kind, country, effect)),
        row(act, kind, countries.length > 0 ? 'elsewhere' : 'everywhere', column[kind]),
      ];
    }),
  );
}

function row(act: Act, kind: StopKind, where: string, effect: StopEffect): readonly string[] {
  const { citation, confirmed, note, decidedBy } = effect;
  const by = decidedBy === undefined ? '' : `\`${decidedBy}\``;
  return [`\`${kind}\``, where, effectText(act, effect), by, citation ?? 'none', confirmed, note];
}

function effectText(act: Act, { effects, onlyNamedActs, release }: StopEffect): string {
  const within = release === undefined ? '' : `; what stands, ${withinText(release.withinBusinessDays)}`;
  if (effects.length === 0) return 'none';
  const named = onlyNamedActs === true ? `, where the office names \`${act}\`` : '';
  return `${effects.join(' and ')}${named}${within}`;
}

/** How soon what stands must be put right. */
export function withinText(businessDays: number): string {
  if (businessDays === 0) return 'the same day';
  return businessDays === 1 ? 'within one business day' : `within ${businessDays} business days`;
}
