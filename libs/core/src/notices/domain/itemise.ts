import type { IsoDate, ItemisationSnapshot } from '@concord/plugin-sdk';
import { isCredit } from '../../cases/domain/ledger/entry.js';
import type { Entry, EntryKind } from '../../cases/domain/ledger/entry.js';
import type { ListedPayment } from './position.js';

interface Effect {
  readonly on: IsoDate;
  /** The kind whose sum it is part of: a reversal lowers the sum of what it undoes. */
  readonly of: EntryKind;
  readonly effectMinor: number;
}

function effectsOf(entries: readonly Entry[]): readonly Effect[] {
  const kinds = new Map(entries.map(({ id, kind }) => [id, kind]));
  return entries.map(({ kind, reverses, amountMinor, effectiveOn }): Effect => {
    const of = kind === 'reversal' ? (kinds.get(reverses ?? '') ?? 'payment') : kind;
    const down = isCredit(of) !== (kind === 'reversal');
    return { on: effectiveOn, of, effectMinor: down ? -amountMinor : amountMinor };
  });
}

/**
 * What was owed at the end of the itemisation date, and what came to it since, by the days on which entries took effect. The
 * same figures as agencies are told. An assessment after the date is in none of them, so that they do not come to the
 * balance.
 */
export function itemise(entries: readonly Entry[], on: IsoDate): ItemisationSnapshot {
  const effects = effectsOf(entries);
  const since = (kinds: readonly EntryKind[]): number =>
    sum(effects.filter((effect) => effect.on > on && kinds.includes(effect.of)));
  return {
    on,
    balanceMinor: sum(effects.filter((effect) => effect.on <= on)),
    interestSinceMinor: since(['interest']),
    feesSinceMinor: since(['fee']),
    paymentsSinceMinor: 0 - since(['payment', 'refund']),
    creditsSinceMinor: 0 - since(['adjustment', 'credit-note', 'waiver', 'write-off']),
  };
}

/** What an itemisation comes to, in minor units. */
export function itemisedBalance(itemisation: ItemisationSnapshot): number {
  const { balanceMinor, interestSinceMinor, feesSinceMinor, paymentsSinceMinor, creditsSinceMinor } = itemisation;
  return balanceMinor + interestSinceMinor + feesSinceMinor - paymentsSinceMinor - creditsSinceMinor;
}

/** Payments of the days after a date, or all; what was taken back or given back is below zero. The oldest first. */
export function paymentsSince(entries: readonly Entry[], date: IsoDate | null): readonly ListedPayment[] {
  return effectsOf(entries)
    .filter(({ of, on }) => (of === 'payment' || of === 'refund') && (date === null || on > date))
    .map(({ on, effectMinor }) => ({ on, amountMinor: 0 - effectMinor }))
    .sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : other.amountMinor - one.amountMinor));
}

function sum(effects: readonly Effect[]): number {
  return effects.reduce((total, { effectMinor }) => total + effectMinor, 0);
}
