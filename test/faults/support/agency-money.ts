import type { AgencyBooks } from '../../partners/launch.js';
import type { DebtRecord, SuspenseView } from '../../e2e/thirty-days/office-api.js';
import { fileNumber } from '../../support/test-agencies.js';

/** Money that moved once: an account, the kind of movement, and minor units. */
interface Movement {
  readonly fileNumber: string;
  readonly kind: 'payment' | 'reversal';
  readonly amountMinor: number;
}

/**
 * Looks whether each payment and each reversal that an agency told stands once with the office, in a ledger or in suspense, and
 * nothing else does: to the cent, account by account.
 *
 * @param suspense of this agency, open or cancelled: what was posted from there is in a ledger
 * @returns what is not as it must be, in words
 */
export function moneyDifferences(
  agency: string,
  { payments }: AgencyBooks,
  records: readonly DebtRecord[],
  suspense: readonly SuspenseView[],
): string[] {
  const untold = payments.filter(({ reversed, remittedIn, reversalRemittedIn }) =>
    reversed ? remittedIn !== null && reversalRemittedIn === null : remittedIn === null,
  );
  const told = payments.flatMap((payment): Movement[] => [
    ...(payment.remittedIn === null ? [] : [{ ...payment, kind: 'payment' as const }]),
    ...(payment.reversalRemittedIn === null ? [] : [{ ...payment, kind: 'reversal' as const }]),
  ]);
  const posted = records.flatMap(({ debt, ledger }) =>
    ledger
      .filter(({ source }) => source === `partner:${agency}`)
      .map(({ kind, amountMinor }) => ({ fileNumber: fileNumber({ number: String(debt.number) }), kind, amountMinor })),
  );
  const waiting = suspense.map(({ reference, kind, amountMinor }) => ({ fileNumber: reference, kind, amountMinor }));
  const atAgency = told.map(inWords);
  const atOffice = [...posted, ...waiting].map(inWords);
  return [
    ...untold.map(({ identifier }) => `${agency}: ${identifier} was never told`),
    ...without(atAgency, atOffice).map((movement) => `${agency} told ${movement}, the office does not have it`),
    ...without(atOffice, atAgency).map((movement) => `${agency} did not tell ${movement} (again), the office has it`),
  ];
}

function inWords(movement: {
  readonly fileNumber: string;
  readonly kind: string;
  readonly amountMinor: number;
}): string {
  return `${movement.kind} of ${movement.amountMinor} on ${movement.fileNumber}`;
}

/** What is left of a list when each of the others took one away. */
function without(list: readonly string[], others: readonly string[]): string[] {
  const left = [...list];
  for (const other of others) {
    const at = left.indexOf(other);
    if (at !== -1) left.splice(at, 1);
  }
  return left;
}
