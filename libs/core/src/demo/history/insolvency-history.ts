import { addDays } from '../../calendar/domain/iso-date.js';
import type { HistoryItem } from './history-item.js';
import type { PlainRows } from './plain-rows.js';

/** Types whose debts survive a discharge in these offices' books, and the provision that the register names. */
const SURVIVES: Readonly<Record<string, { readonly types: readonly string[]; readonly ground: string }>> = {
  US: { types: ['parking-fine', 'ordinance-fine'], ground: '11 USC 523(a)(7)' },
  CA: { types: ['provincial-fine'], ground: 'BIA 178(1)(a)' },
};

/**
 * A bankruptcy of somebody whose debt others owe as well, which goes on, and one of somebody with several debts that ended
 * in a discharge.
 */
export function insolvencyHistory(country: string, plain: PlainRows, asOf: string): HistoryItem[] {
  const shared = plain.takeShared();
  const { types, ground } = SURVIVES[country] ?? { types: [], ground: '' };
  const several = plain.takeSeveral(types) ?? plain.takeSeveral(null);
  const details = (chapter: string, procedure: string, filedOn: string): Record<string, string> =>
    country === 'US' ? { chapter, filedOn } : { procedure, filedOn };
  const filed = (debt: string, on: string, of: Record<string, string>): HistoryItem => ({
    ...{ does: 'stop' as const, debt, key: 'insolvency', on, subject: 'debtor' as const, kind: 'insolvency' as const },
    ...{ details: of, source: 'notice of the court', proof: 'NOTICE-1' },
  });
  const items: HistoryItem[] = [];
  if (shared) {
    const on = addDays(asOf, -120);
    items.push(filed(shared.sourceReference, on, details('13', 'proposal', on)));
  }
  if (several) {
    const [first] = several;
    const [filedOn, dischargedOn] = [addDays(asOf, -200), addDays(asOf, -60)];
    const debt = first!.sourceReference;
    const surviving = several
      .filter(({ type, incurredOn }) => types.includes(type) && (incurredOn ?? asOf) <= filedOn)
      .map(({ sourceReference }) => ({ debt: sourceReference, ground }));
    items.push(filed(debt, filedOn, details('7', 'bankruptcy', filedOn)), {
      ...{ does: 'discharge' as const, debt, key: 'discharge', on: dischargedOn, insolvency: 'insolvency' },
      ...{ surviving, proof: 'ORDER-1' },
    });
  }
  return items;
}
