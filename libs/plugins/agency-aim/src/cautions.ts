import type { Caution } from '@concord/plugin-sdk';
import { TRAILED_KINDS } from './layout/files.js';
import { MAPPED_KINDS } from './mapped/kinds.js';
import type { AimSettings } from './settings.js';

/** What an office must know before it relies on these settings. */
export function cautionsOf({ debtor, trailers, statusCodes, mapped }: AimSettings): readonly Caution[] {
  const cautions: Caution[] = [
    {
      code: 'account-tail-unconfirmed',
      message:
        'Positions 192 to 3000 of the account record are not public and are left blank. Ask the agency whether it needs ' +
        'anything there, and have it test the first placement file.',
      loopbackOnly: false,
    },
  ];
  if (debtor.madeUp) {
    cautions.push({
      code: 'debtor-made-up',
      message: 'The debtor record is made up. No partner but one on this machine is talked to with it.',
      loopbackOnly: true,
    });
  }
  if (trailers?.madeUp === true) {
    cautions.push({
      code: 'trailers-made-up',
      message: 'The trailers are made up. No partner but one on this machine is talked to with them.',
      loopbackOnly: true,
    });
  }
  const madeUp = MAPPED_KINDS.filter((kind) => mapped?.[kind]?.madeUp === true);
  if (madeUp.length > 0) {
    cautions.push({
      code: 'records-made-up',
      message: `The records of ${madeUp.join(', ')} are made up. No partner but one on this machine is talked to with them.`,
      loopbackOnly: true,
    });
  }
  const untrailed = [
    ...TRAILED_KINDS.filter((kind) => trailers?.[kind] === undefined),
    ...MAPPED_KINDS.filter((kind) => mapped?.[kind] !== undefined && mapped[kind].trailer === undefined),
  ];
  if (untrailed.length > 0) {
    cautions.push({
      code: 'trailers-unknown',
      message: `Without the trailer of ${untrailed.join(', ')}, a file that was cut looks whole.`,
      loopbackOnly: false,
    });
  }
  if (trailers?.reconciliations?.date === undefined) {
    cautions.push({
      code: 'reconciliation-undated',
      message: 'No trailer says as of which day the agency tells its balances: they carry the day of the placement.',
      loopbackOnly: false,
    });
  }
  if (!Object.values(statusCodes).some(({ as }) => as === 'refused')) {
    cautions.push({
      code: 'refusals-unknown',
      message:
        'No status code says that a placement is refused: a refusal is known only by the missing acknowledgement.',
      loopbackOnly: false,
    });
  }
  return cautions;
}
