import type { AgencyBooks, AgencyCommand, HeldAccount } from '../../partners/launch.js';
import type { AgencyName, Office } from './offices.js';
import type { Partners } from './partners.js';
import { Dice } from './seeded.js';

const PERCENT = {
  ...{
    paysInFull: 25,
    reverses: 18,
    disputes: 5,
    insolvent: 3,
    deceased: 2,
    phones: 8,
    moves: 8,
    returns: 4,
    objects: 60,
  },
  ...{ remits: 75, resends: 10, corrects: 10, contradicts: 8, reconciles: 20 },
};

/** Accounts that the agency believes to work for the office, though the office never placed them. */
const STRANGER = '999000001';

export function isStranger(fileNumber: string): boolean {
  return fileNumber === STRANGER;
}

/** What an agency made up that must be found again in suspense or before a person. */
export interface AgencyMemory {
  contradictions: number;
}

/**
 * One agency's random day for one office: money collected, bounced and remitted, disputes, bankruptcies, deaths, contacts,
 * objections, returned accounts, repeated, corrected and contradictory files. It depends on the seed, the date and the
 * agency's own books, taken in the order of the office's references.
 */
export async function agencyDay(
  partners: Partners,
  agency: AgencyName,
  office: Office,
  date: string,
  seed: number,
  memory: AgencyMemory,
): Promise<void> {
  const dice = new Dice(seed, `${agency} ${office.id} ${date}`);
  const told = (command: AgencyCommand) => partners.command(agency, office.id, command);
  const books = partners.books(agency, office.id);
  for (const command of dayOf(dice, books, date)) await told(command);
  if (dice.chance(PERCENT.remits)) await told({ do: 'remit', date });
  if (dice.chance(PERCENT.resends)) await told({ do: 'resend' });
  if (dice.chance(PERCENT.corrects)) await told({ do: 'correct', date });
  if (dice.chance(PERCENT.contradicts)) {
    const { done } = await told({ do: 'contradict', date });
    if (done) memory.contradictions += 1;
  }
  if (dice.chance(PERCENT.reconciles)) await told({ do: 'reconcile', date });
}

/** An agency finds an account that nobody placed with it, and collects on it: money that the office can't post. */
export async function collectForStranger(
  partners: Partners,
  agency: AgencyName,
  office: Office,
  date: string,
): Promise<void> {
  const account = { account: `${office.prefix}-UNKNOWN`, placedMinor: 30_000, balanceMinor: 30_000, placedOn: date };
  const told = (command: AgencyCommand) => partners.command(agency, office.id, command);
  await told({ do: 'adopt', accounts: [{ fileNumber: STRANGER, ...account }] });
  await told({ do: 'collect', date, fileNumber: STRANGER, amountMinor: 12_345 });
}

function dayOf(dice: Dice, books: AgencyBooks, date: string): AgencyCommand[] {
  const commands: AgencyCommand[] = [];
  const owing = inOrder(books, ({ state, balanceMinor }) => state === 'open' && balanceMinor > 0);
  for (let payments = dice.between(0, 2); payments > 0; payments -= 1) {
    const [found] = owing.splice(Math.floor(dice.next() * owing.length), 1);
    if (found === undefined) break;
    const [fileNumber, { balanceMinor }] = found;
    const percent = dice.chance(PERCENT.paysInFull) ? 100 : dice.between(5, 60);
    const amountMinor = Math.max(1, Math.floor((balanceMinor * percent) / 100));
    commands.push({ do: 'collect', date, fileNumber, amountMinor });
  }
  if (dice.chance(PERCENT.reverses)) {
    const payments = books.payments.filter(
      ({ fileNumber, remittedIn, reversed }) => remittedIn !== null && !reversed && !isStranger(fileNumber),
    );
    const payment = dice.one(payments);
    if (payment) commands.push({ do: 'reverse', date, identifier: payment.identifier });
  }
  const rare = [
    { do: 'dispute', percent: PERCENT.disputes },
    { do: 'insolvent', percent: PERCENT.insolvent },
    { do: 'deceased', percent: PERCENT.deceased },
    { do: 'phone', percent: PERCENT.phones },
    { do: 'move', percent: PERCENT.moves },
    { do: 'return', percent: PERCENT.returns },
  ] as const;
  for (const { do: what, percent } of rare) {
    const happens = dice.chance(percent);
    const found = dice.one(owing);
    if (!happens || found === undefined) continue;
    owing.splice(owing.indexOf(found), 1);
    commands.push({ do: what, date, fileNumber: found[0] });
  }
  const objects = dice.chance(PERCENT.objects);
  const pending = dice.one(inOrder(books, ({ state }) => state === 'recall-pending'));
  if (objects && pending) commands.push({ do: 'object', date, fileNumber: pending[0] });
  return commands;
}

function inOrder(books: AgencyBooks, chosen: (account: HeldAccount) => boolean): [string, HeldAccount][] {
  return Object.entries(books.accounts)
    .filter(([fileNumber, account]) => !isStranger(fileNumber) && chosen(account))
    .sort(([, one], [, other]) => (one.account < other.account ? -1 : 1));
}
