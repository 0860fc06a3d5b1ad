import type { IsoDate, StopSnapshot } from '@concord/plugin-sdk';
import { balanceOf } from '../../cases/domain/ledger/balance.js';
import { moratoria } from '../../rules/domain/register/gb/breathing-space.js';
import { isDebtSetAside } from '../../rules/domain/register/set-aside.js';
import { isStayed } from '../../rules/domain/register/us/us-bk-01.js';
import { coDebtorStays } from '../../rules/domain/register/us/us-bk-03.js';
import { stopEffect, STOPS_BY_ACT } from '../../rules/domain/stops-by-act.js';
import { holdsBack, stopsInForce } from '../../rules/domain/stops-in-force.js';
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
  /** In words, with nothing personal in them. */
  readonly reason: string;
}

/** How a position is looked at. */
export interface Look {
  readonly on: IsoDate;
  /** Signs that the letters' font does not have. */
  readonly unwritable: Unwritable;
  /** Whether another notice of the kind that is under way stands in the way: not when it is this one. */
  readonly another: boolean;
}

/** What stands in the way of a letter on a day, the gravest first; null where nothing does. */
export function hindranceOf(position: NoticePosition, setting: NoticeSetting, look: Look): Hindrance | null {
  return (
    owed(position, setting) ??
    setAside(position, look.on) ??
    stopped(position, setting, look.on) ??
    refused(position, setting) ??
    lawful(position, setting) ??
    deliverable(position, setting, look) ??
    (look.another && position.underWay.includes(setting.kind)
      ? { code: 'notice-under-way', rule: null, reason: `A ${setting.kind} about this debt is made and not posted.` }
      : null)
  );
}

/** The latest position: everything that was posted counts, whatever its day. */
function owed({ entries }: NoticePosition, { allocation }: NoticeSetting): Hindrance | null {
  if (balanceOf(entries, allocation).balanceMinor > 0) return null;
  return { code: 'nothing-owed', rule: 'PAID', reason: 'Nothing is owed on this debt any more.' };
}

/** What a hearing found of no effect is owed by nobody, whatever the account shows. */
function setAside({ hearings }: NoticePosition, on: IsoDate): Hindrance | null {
  if (!isDebtSetAside({ proofs: hearings }, on)) return null;
  return { code: 'nothing-owed', rule: 'SET-ASIDE', reason: 'A hearing found that this debt is not owed.' };
}

function stopped(position: NoticePosition, { country }: NoticeSetting, on: IsoDate): Hindrance | null {
  const debtor = debtorOf(position);
  const isDebtors = ({ partyId }: StopSnapshot): boolean => !partyId || partyId === debtor.id;
  const stops = stopsInForce(position, on).filter(isDebtors);
  if (stops.some(({ kind }) => kind === 'arrangement')) {
    return {
      code: 'arrangement-kept',
      rule: 'STOP:arrangement',
      reason: 'A payment arrangement about this debt is in force.',
    };
  }
  for (const stop of stops) {
    const effect = stopEffect(STOPS_BY_ACT, 'contact', stop.kind, country);
    if (effect.effects.length === 0 || isOver(stop, country, on)) continue;
    if (effect.onlyNamedActs === true && !holdsBack(stop, 'contact')) continue;
    return { code: 'stopped', rule: `STOP:${stop.kind}`, reason: effect.reason };
  }
  if (country === 'GB' && moratoria(position, on).some(isDebtors)) {
    const reason = 'The breathing space is over by its last day, and nobody has lifted it on the notice of its end.';
    return { code: 'stopped', rule: 'UK-BS-01', reason };
  }
  if (country === 'US' && coDebtorStays(position, on).length > 0) {
    const reason = 'Somebody who owes this debt with the debtor has filed for bankruptcy under chapter 13.';
    return { code: 'stopped', rule: 'US-BK-03', reason };
  }
  return null;
}

/** A bankruptcy's stay ends with the case or by relief while the stop stands on record; what was discharged stays so. */
function isOver(stop: StopSnapshot, country: string, on: IsoDate): boolean {
  return country === 'US' && stop.kind === 'insolvency' && !isStayed(stop, on);
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
  if (post.notUsed) {
    return { code: 'contact-refused', rule: null, reason: 'Letters are not to be used to contact the debtor.' };
  }
  const purpose = PURPOSES[kind].find((each) => post.withdrawn.includes(each));
  if (purpose === undefined) return null;
  const reason = `The debtor has withdrawn consent to letters for ${purpose}.`;
  return { code: 'contact-refused', rule: null, reason };
}

/** In the United States a person's first letter has the validation information (US-REGF-02), with the itemisation (US-REGF-03). */
function lawful(position: NoticePosition, setting: NoticeSetting): Hindrance | null {
  const { country, kind, template, allocation } = setting;
  if (country === 'US' && kind !== 'validation-notice' && debtorOf(position).kind === 'person' && !position.validated) {
    return {
      code: 'validation-notice-missing',
      rule: 'US-REGF-02',
      reason: 'No validation notice about this debt is on record that did not come back.',
    };
  }
  if (!hasTable(template, 'itemisation')) return null;
  if (position.itemisedOn === null) {
    return { code: 'itemisation-missing', rule: itemisationRule(country), reason: 'The debt has no itemisation date.' };
  }
  const itemised = itemisedBalance(itemise(position.entries, position.itemisedOn));
  if (itemised === balanceOf(position.entries, allocation).balanceMinor) return null;
  return {
    code: 'itemisation-differs',
    rule: itemisationRule(country),
    reason: 'What was owed on the itemisation date, and what came to it since, do not add up to the balance.',
  };
}

function itemisationRule(country: string): string | null {
  return country === 'US' ? 'US-REGF-03' : null;
}

function deliverable(position: NoticePosition, setting: NoticeSetting, look: Look): Hindrance | null {
  const { address } = debtorOf(position);
  if (address === null) return { code: 'address-missing', rule: null, reason: 'The debtor has no postal address.' };
  if (position.addressReturned) {
    return { code: 'address-returned', rule: null, reason: "Mail to the debtor's address came back." };
  }
  const unwritten = composed(factsOf(position, setting.allocation, look.on), setting);
  if (unwritten !== null) return unwritten;
  const unwritable = unwritableField(position, look.unwritable);
  if (unwritable === null) return null;
  // How many, never which: the signs of a name in their order are the name.
  return {
    code: 'text-unwritable',
    rule: null,
    reason: `The letters' font does not have every sign of ${unwritable.field}: ${unwritable.count} are missing.`,
  };
}

/** A letter that can't be composed is left out by itself: found after the release, it would keep the whole batch from print. */
function composed(facts: LetterFacts, setting: NoticeSetting): Hindrance | null {
  try {
    const missing = missingField(facts, setting);
    // US-LIC-02: a letter with a blank where something must stand is not sent.
    if (missing !== null) {
      return { code: 'field-missing', rule: null, reason: `The letter needs ${missing}, which is blank.` };
    }
    composeLetter(facts, setting, '0');
    return null;
  } catch {
    return { code: 'letter-unwritable', rule: null, reason: 'The letter can not be written from what is on record.' };
  }
}
