import type { IsoDate } from '@concord/plugin-sdk';
import type { Instalment } from './plan-terms.js';

/** Money that came in since the agreement, by the day on which it counts. Below zero: a payment that was taken back. */
export interface Received {
  readonly on: IsoDate;
  /** Minor units. */
  readonly amountMinor: number;
}

/** How an arrangement stands, from best to worst. */
export const STANDINGS = ['completed', 'kept', 'late', 'breached'] as const;
export type Standing = (typeof STANDINGS)[number];

/** One instalment as it stands. `no-longer-due`: so much less is owed that nothing is left for it. */
export interface InstalmentStanding extends Instalment {
  readonly paidMinor: number;
  readonly state: 'paid' | 'no-longer-due' | 'to-come' | 'due' | 'late' | 'breached';
}

export interface Compliance {
  readonly standing: Standing;
  /** What has fallen due by the day, that day included. */
  readonly dueMinor: number;
  /** What was paid by the day since the agreement, less what was taken back. */
  readonly paidMinor: number;
  /** What is overdue on the day: never more than is still owed. */
  readonly behindMinor: number;
  /** First day on which it would be in breach if nothing more were paid; null where nothing is left to pay. */
  readonly breachesOn: IsoDate | null;
  readonly instalments: readonly InstalmentStanding[];
}

/**
 * How an arrangement stands on a day: what has fallen due beside what was paid since the agreement. Payments fill the
 * instalments in their order, and what is no longer owed for another reason (a credit, a waiver) need not be paid.
 *
 * Pure, and never stored: a payment that becomes known late counts from the day on which it was made.
 *
 * @param owedMinor the balance of the arrangement's debts on the day
 */
export function complianceOn(
  schedule: readonly Instalment[],
  received: readonly Received[],
  owedMinor: number,
  asOf: IsoDate,
): Compliance {
  const paidMinor = Math.max(
    0,
    received.reduce((sum, { on, amountMinor }) => (on <= asOf ? sum + amountMinor : sum), 0),
  );
  let paidLeft = paidMinor;
  let owedLeft = Math.max(0, owedMinor);
  const instalments = schedule.map((instalment): InstalmentStanding & { readonly openMinor: number } => {
    const paid = Math.min(paidLeft, instalment.amountMinor);
    const openMinor = Math.min(instalment.amountMinor - paid, owedLeft);
    paidLeft -= paid;
    owedLeft -= openMinor;
    return { ...instalment, paidMinor: paid, openMinor, state: stateOf(instalment, paid, openMinor, asOf) };
  });
  const open = instalments.filter(({ openMinor }) => openMinor > 0);
  const overdue = open.filter(({ dueOn }) => dueOn < asOf);
  return {
    standing: standingOf(open, asOf),
    dueMinor: schedule.reduce((sum, { dueOn, amountMinor }) => (dueOn <= asOf ? sum + amountMinor : sum), 0),
    paidMinor,
    behindMinor: overdue.reduce((sum, { openMinor }) => sum + openMinor, 0),
    breachesOn: open[0]?.breachesOn ?? null,
    instalments: instalments.map(({ openMinor: _, ...instalment }) => instalment),
  };
}

function standingOf(open: readonly Instalment[], asOf: IsoDate): Standing {
  const [first] = open;
  if (first === undefined) return 'completed';
  if (first.breachesOn <= asOf) return 'breached';
  return first.dueOn < asOf ? 'late' : 'kept';
}

function stateOf(
  { amountMinor, dueOn, breachesOn }: Instalment,
  paid: number,
  openMinor: number,
  asOf: IsoDate,
): InstalmentStanding['state'] {
  if (paid === amountMinor) return 'paid';
  if (openMinor === 0) return 'no-longer-due';
  if (breachesOn <= asOf) return 'breached';
  if (dueOn < asOf) return 'late';
  return dueOn === asOf ? 'due' : 'to-come';
}
