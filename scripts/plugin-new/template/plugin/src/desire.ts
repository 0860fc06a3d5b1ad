import type { DebtSnapshot, DesireContext, DesiredPosition } from '@concord/plugin-sdk';
import { contentOf } from './content.js';
import type { PartnerSettings } from './settings.js';

/**
 * What the partner should hold for one debt. Pure: the same debt, settings and date give the same answer.
 *
 * The partner has no mark for a debt that is paused, so what may stand only with a mark is ended.
 */
export function desire(debt: DebtSnapshot, { decision }: DesireContext<PartnerSettings>): readonly DesiredPosition[] {
  const debtor = debt.parties.find(({ role }) => role === 'debtor');
  if (debt.referral === null || debtor === undefined || decision.outcome === 'withdraw') return [];
  const position = { key: '', reference: debt.debt.number, content: contentOf(debtor) };
  const mayStand = decision.outcome === 'allow' || decision.outcome === 'block';
  const { balanceMinor, settled } = debt.ledger;
  if (!mayStand || settled || balanceMinor <= 0) return [{ ...position, state: 'closed', amountMinor: 0 }];
  return [{ ...position, state: 'active', amountMinor: balanceMinor }];
}
