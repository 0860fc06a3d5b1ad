import type { ItemisationSnapshot, PartnerRecord } from '@concord/plugin-sdk';
import type { AimSettings } from '../settings.js';

/**
 * The itemisation as pairs of title and data: what was owed on the itemisation date, and what came to it since. A collector
 * must tell it to the debtor (US-REGF-03, 12 CFR 1006.34(b)(3) and (c)(2)), and has it from nobody but the office.
 */
export function itemisationRecords(
  itemisation: ItemisationSnapshot,
  fileNumber: string,
  account: string,
  { itemisationTitles: titles }: AimSettings,
): readonly PartnerRecord[] {
  const pairs: readonly (readonly [title: string, data: string])[] = [
    [titles.date, itemisation.on.replaceAll('-', '')],
    [titles.balance, decimal(itemisation.balanceMinor)],
    [titles.interest, decimal(itemisation.interestSinceMinor)],
    [titles.fees, decimal(itemisation.feesSinceMinor)],
    [titles.payments, decimal(itemisation.paymentsSinceMinor)],
    [titles.credits, decimal(itemisation.creditsSinceMinor)],
  ];
  return pairs.map(([title, data]) => ({ recordType: 'CMIS', fileNumber, account, title, data }));
}

/** Cents as an amount with its decimal point. */
function decimal(minor: number): string {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
