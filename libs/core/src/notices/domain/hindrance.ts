import type { IsoDate } from '@concord/plugin-sdk';
import { balanceOf } from '../../cases/domain/ledger/balance.js';
import { judge } from '../../rules/domain/judge.js';
import type { JudgeOptions } from '../../rules/domain/judge.js';
import { RULES } from '../../rules/domain/register/index.js';
import { NOT_ACTS } from '../../rules/domain/register/not-acts.js';
import { paid } from '../../rules/domain/register/paid.js';
import { setAside } from '../../rules/domain/register/set-aside.js';
import { stopsInForce, withStopsOfDebtor } from '../../rules/domain/stops-in-force.js';
import type { ConsentPurpose } from '../../parties/domain/party-words.js';
import { itemise, itemisedBalance } from './itemise.js';
import { composeLetter, missingField } from './letter.js';
import { factsOf } from './facts.js';
import { debtorOf } from './position.js';
import type { NoticeKind } from './notice-kind.js';
import type { LetterFacts, NoticePosition } from './position.js';
import type { NoticeSetting } from './setting.js';
import { hasTable } from './template.js';
import { unwritableField } from './unwritable.js';
import type { Unwritable } from './unwritable.js';

/** Why no letter may go, or can be written, about a debt. */
export const HINDRANCE_CODES = [
  'nothing-owed',
  'stopped',
  'arrangement-kept',
  'contact-refused',
  'validation-notice-missing',
  'itemisation-missing',
  'itemisation-differs',
  'address-missing',
  'address-returned',
  'field-missing',
  'text-unwritable',
  'letter-unwritable',
  'notice-under-way',
] as const;
export type HindranceCode = (typeof HINDRANCE_CODES)[number];

export interface Hindrance {
  readonly code: HindranceCode;
  /** The rule that it rests on: one of the register, or `STOP:<kind>`; null where it is plain sense. */
  readonly rule: string | null;
  /** The source of that rule; null where it has none, or there is no rule. */
  readonly citation: string | null;
  /** In words, with nothing personal in them. */
  readonly reason: string;
}

/** How a position is looked at. */
export interface Look {
  readonly on: IsoDate;
  /** What debts of the office are judged by. */
  readonly judging: JudgeOptions;
  /** Signs that the letters' font does not have. */
  readonly unwritable: Unwritable;
  /** Whether another notice of the kind that is under way stands in the way: not when it is this one. */
  readonly another: boolean;
}

/**
 * What stands in the way of a letter on a day; null where nothing does. The register speaks first, as it does where the act
 * `contact` is explained; after it comes what concerns letters alone.
 */
export function hindranceOf(position: NoticePosition, setting: NoticeSetting, look: Look): Hindrance | null {
  return (
    forbidden(position, look) ??
    arranged(position, look.on) ??
    refused(position, setting) ??
    lawful(position, setting) ??
    deliverable(position, setting, look) ??
    (look.another && position.underWay.includes(setting.kind)
      ? plain('notice-under-way', `A ${setting.kind} about this debt is made and not posted.`)
      : null)
  );
}

const ARRANGEMENT = 'STOP:arrangement';

/** Codes of rules that have their own; every other rule is a reason to be stopped. */
const CODES: Readonly<Partial<Record<string, HindranceCode>>> = {
  [paid.id]: 'nothing-owed',
  [setAside.id]: 'nothing-owed',
  [ARRANGEMENT]: 'arrangement-kept',
};

/** A letter has no place for a mark, so that whatever the register says of contact holds it back. */
function forbidden({ snapshot }: NoticePosition, { on, judging }: Look): Hindrance | null {
  const [first] = judge(snapshot, 'contact', on, { ...judging, withoutReferral: true }).reasons;
  if (first === undefined) return null;
  const { rule, citation, reason } = first;
  return { code: CODES[rule] ?? 'stopped', rule, citation, reason };
}

/** The register holds contact back where the office names it; these letters ask for the whole debt, which no arrangement bears. */
function arranged({ snapshot }: NoticePosition, on: IsoDate): Hindrance | null {
  if (stopsInForce(withStopsOfDebtor(snapshot), on, 'arrangement').length === 0) return null;
  const reason = 'A payment arrangement about this debt is in force.';
  return { code: 'arrangement-kept', rule: ARRANGEMENT, citation: null, reason };
}

/** Something that no rule is about. */
function plain(code: HindranceCode, reason: string): Hindrance {
  return { code, rule: null, citation: null, reason };
}

/** Every letter is a notice and collects; those that come after the first ones remind as well. */
const PURPOSES: Readonly<Record<NoticeKind, readonly ConsentPurpose[]>> = {
  'validation-notice': ['collection', 'notices'],
  'first-notice': ['collection', 'notices'],
  reminder: ['collection', 'notices', 'reminders'],
  'final-demand': ['collection', 'notices', 'reminders'],
};

/** Consent that was withdrawn binds as a stop does, even where the law would let the office write. */
function refused({ post }: NoticePosition, { kind }: NoticeSetting): Hindrance | null {
  if (post.notUsed) return plain('contact-refused', 'Letters are not to be used to contact the debtor.');
  const purpose = PURPOSES[kind].find((each) => post.withdrawn.includes(each));
  if (purpose === undefined) return null;
  return plain('contact-refused', `The debtor has withdrawn consent to letters for ${purpose}.`);
}

/** What the register says of a letter itself, which no judge of acts reads: its citation is of the row with this id. */
function asks(code: HindranceCode, id: string, reason: string): Hindrance {
  const row = [...RULES, ...NOT_ACTS].find((each) => each.id === id)!;
  return { code, rule: id, citation: row.citation, reason };
}

/** In the United States a person's first letter has the validation information (US-REGF-02), with the itemisation (US-REGF-03). */
function lawful(position: NoticePosition, setting: NoticeSetting): Hindrance | null {
  const { country, kind, template, allocation } = setting;
  if (country === 'US' && kind !== 'validation-notice' && debtorOf(position).kind === 'person' && !position.validated) {
    const reason = 'No validation notice about this debt is on record that did not come back.';
    return asks('validation-notice-missing', 'US-REGF-02', reason);
  }
  if (!hasTable(template, 'itemisation')) return null;
  if (position.itemisedOn === null) {
    return unitemised('itemisation-missing', country, 'The debt has no itemisation date.');
  }
  const itemised = itemisedBalance(itemise(position.entries, position.itemisedOn));
  if (itemised === balanceOf(position.entries, allocation).balanceMinor) return null;
  const reason = 'What was owed on the itemisation date, and what came to it since, do not add up to the balance.';
  return unitemised('itemisation-differs', country, reason);
}

function unitemised(code: HindranceCode, country: string, reason: string): Hindrance {
  return country === 'US' ? asks(code, 'US-REGF-03', reason) : plain(code, reason);
}

function deliverable(position: NoticePosition, setting: NoticeSetting, look: Look): Hindrance | null {
  const { address } = debtorOf(position);
  if (address === null) return plain('address-missing', 'The debtor has no postal address.');
  if (position.addressReturned) return plain('address-returned', "Mail to the debtor's address came back.");
  const unwritten = composed(factsOf(position, setting.allocation, look.on), setting);
  if (unwritten !== null) return unwritten;
  const unwritable = unwritableField(position, look.unwritable);
  if (unwritable === null) return null;
  // How many, never which: the signs of a name in their order are the name.
  const { field, count } = unwritable;
  return plain('text-unwritable', `The letters' font does not have every sign of ${field}: ${count} are missing.`);
}

/** A letter that can't be composed is left out by itself: found after the release, it would keep the whole batch from print. */
function composed(facts: LetterFacts, setting: NoticeSetting): Hindrance | null {
  try {
    const missing = missingField(facts, setting);
    // US-LIC-02: a letter with a blank where something must stand is not sent.
    if (missing !== null) return plain('field-missing', `The letter needs ${missing}, which is blank.`);
    composeLetter(facts, setting, '0');
    return null;
  } catch {
    return plain('letter-unwritable', 'The letter can not be written from what is on record.');
  }
}
