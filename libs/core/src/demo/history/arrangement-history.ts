import { dueDate } from '../../arrangements/domain/due-dates.js';
import type { Frequency } from '../../arrangements/domain/plan-terms.js';
import { addDays } from '../../calendar/domain/iso-date.js';
import type { HistoryItem } from './history-item.js';
import { owedMinor } from './plain-rows.js';
import type { PlainRows } from './plain-rows.js';

/** How an invented plan goes. */
export type PlanCourse = 'kept' | 'kept-after-bounce' | 'late' | 'breached' | 'completed';

interface Course {
  /** Days before the day on which it is looked at. */
  readonly agreedAgo: number;
  readonly firstDueAgo: number;
  readonly frequency: Frequency;
  readonly instalments: number;
  /** Instalments that were paid; all that have fallen due where it is left out. */
  readonly paid?: number;
}

const COURSES: Readonly<Record<PlanCourse, Course>> = {
  kept: { agreedAgo: 100, firstDueAgo: 85, frequency: 'monthly', instalments: 8 },
  'kept-after-bounce': { agreedAgo: 75, firstDueAgo: 61, frequency: 'monthly', instalments: 6 },
  // The second instalment fell due two days ago: no office's grace is shorter.
  late: { agreedAgo: 20, firstDueAgo: 16, frequency: 'fortnightly', instalments: 6, paid: 1 },
  breached: { agreedAgo: 130, firstDueAgo: 115, frequency: 'monthly', instalments: 6, paid: 1 },
  completed: { agreedAgo: 120, firstDueAgo: 110, frequency: 'fortnightly', instalments: 4 },
};

/** Plans that were agreed, and what was paid on them, each on the day on which it fell due. */
export function arrangementHistory(
  plans: readonly PlanCourse[],
  types: readonly string[],
  plain: PlainRows,
  asOf: string,
): HistoryItem[] {
  return plans.flatMap((course): HistoryItem[] => {
    const row = plain.take(types);
    if (row === null) return [];
    const { agreedAgo, firstDueAgo, frequency, instalments, paid = instalments } = COURSES[course];
    const debt = row.sourceReference;
    const firstDueOn = addDays(asOf, -firstDueAgo);
    const amountMinor = owedMinor(row);
    const each = Math.floor(amountMinor / instalments);
    const payments = Array.from({ length: paid }, (_, place) => place)
      .map((place) => ({ place, on: dueDate(firstDueOn, frequency, place) }))
      .filter(({ on }) => on < asOf)
      .flatMap(({ place, on }): HistoryItem[] => {
        const minor = place === instalments - 1 ? amountMinor - each * (instalments - 1) : each;
        const key = `instalment-${place + 1}`;
        const payment: HistoryItem = { does: 'pay', debt, key, on, amountMinor: minor, reference: `P-${place + 1}` };
        if (course !== 'kept-after-bounce' || place !== 1) return [payment];
        return [
          payment,
          { does: 'bounce', debt, key: `${key}-returned`, on: addDays(on, 3), payment: key },
          { ...payment, key: `${key}-again`, on: addDays(on, 4), reference: `P-${place + 1}B` },
        ];
      });
    const agreed = { does: 'agree' as const, debt, key: 'plan', on: addDays(asOf, -agreedAgo) };
    return [{ ...agreed, frequency, firstDueOn, amountMinor, instalments }, ...payments];
  });
}
