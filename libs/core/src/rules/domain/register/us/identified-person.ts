import type { DebtSnapshot } from '@concord/plugin-sdk';

/** Whether the debtor is a person with a Social Security number on file: refunds are matched by it. */
export function isPersonWithNumber({ parties }: DebtSnapshot): boolean {
  return parties.some(
    ({ role, kind, identifiers }) => role === 'debtor' && kind === 'person' && identifiers.ssn !== undefined,
  );
}
