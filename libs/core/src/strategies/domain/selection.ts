import type { IsoDate } from '@concord/plugin-sdk';
import type { LeftOut } from './left-out.js';
import { ofAgeOn } from './strategy.js';
import type { Strategy, StrategyView } from './strategy.js';

/** Why a debt of a strategy's types is not one that it refers, whatever was referred before; null where it is one. */
export function outsideSelection(strategy: Strategy, view: StrategyView, today: IsoDate): LeftOut | null {
  const { debtorKinds, requires = [], minBalanceMinor, maxBalanceMinor } = strategy;
  const { balanceMinor } = view;
  if (debtorKinds !== undefined && !debtorKinds.includes(view.debtorKind)) return 'debtor-kind';
  if (balanceMinor <= 0) return 'nothing-owed';
  if (balanceMinor < minBalanceMinor) return 'too-small';
  if (maxBalanceMinor !== undefined && balanceMinor > maxBalanceMinor) return 'too-large';
  if (ofAgeOn(strategy, view) > today) return 'too-young';
  if (requires.includes('address') && !view.hasAddress) return 'no-address';
  if (requires.includes('telephone') && !view.hasTelephone) return 'no-telephone';
  return null;
}
