import type { PartnerRecord } from '@concord/plugin-sdk';
import type { RecordViolation } from '@concord/plugin-sdk/codec';
import { checkCanadian } from './canadian-rules.js';
import {
  COLLECTOR_STATUSES,
  IN_COLLECTION,
  isDeletion,
  PAID_COLLECTION,
  RATED_STATUSES,
} from './codes/account-status.js';
import { SETTLED } from './codes/special-comment.js';
import type { Country } from './country.js';
import { isPresent, segmentsIn } from './record-parts.js';

/** Whose rules a file is held against: a collector's, or only those that bind every furnisher. */
export type Profile = 'collector' | 'any';

const HISTORY_MONTHS = 24;
const HISTORY_CODES = /^[0-6BDEGHJKL]{24}$/;
const SHORTEST_IDENTIFICATION = 5;

/** A collector has no history with the account, and invents none: no history before this month, every time. */
export const NO_HISTORY = 'B'.repeat(HISTORY_MONTHS);
/** The terms of an open account. */
export const ONE_MONTH = '001';

export interface RuleSettings {
  readonly profile: Profile;
  readonly country: Country;
  readonly canada?: { readonly uncountedStatuses: readonly string[] } | undefined;
}

/**
 * Checks the rules across the fields of one base record. The record's own fields are right already.
 *
 * Every furnisher's rules bind in both countries; what the law and the bureaus of the United States add binds only there.
 */
export function recordRules(settings: RuleSettings): (record: PartnerRecord) => readonly RecordViolation[] {
  const { profile, country } = settings;
  const confirmedStatuses = settings.canada?.uncountedStatuses ?? [];
  return (record) => {
    const found: RecordViolation[] = [];
    checkNumbers(record, found);
    checkStatus(record, found);
    if (profile === 'collector') checkOriginalCreditor(record, found);
    if (country === 'CA') checkCanadian(record, confirmedStatuses, found);
    else {
      checkFirstDelinquency(record, found);
      if (profile === 'collector') checkCollector(record, found);
    }
    return found;
  };
}

function checkNumbers(record: PartnerRecord, found: RecordViolation[]): void {
  const account = record['consumerAccountNumber'];
  if (typeof account === 'string') {
    if (!isAlphanumeric(account)) {
      const message = 'Consumer Account Number has only letters and digits, no blanks';
      found.push({ field: 'consumerAccountNumber', rule: 'account-number', message, sensitive: true });
    }
    const number = record['socialSecurityNumber'];
    const given = typeof number === 'string' || typeof number === 'number' ? String(number) : '';
    const digits = given === '' || given.length === 9 ? given : given.padStart(9, '0');
    if (digits !== '' && account.includes(digits)) {
      const message = 'Consumer Account Number contains the Social Security Number';
      found.push({ field: 'consumerAccountNumber', rule: 'account-number', message, sensitive: true });
    }
  }
  const furnisher = record['identificationNumber'];
  if (typeof furnisher === 'string' && !isIdentification(furnisher)) {
    const message = 'Identification Number has five or more letters and digits, not all zeros or nines';
    found.push({ field: 'identificationNumber', rule: 'identification-number', message });
  }
}

/** A furnisher's code as bureaus accept it. */
export function isIdentification(text: string): boolean {
  return text.length >= SHORTEST_IDENTIFICATION && isAlphanumeric(text) && !isOneDigit(text);
}

function isOneDigit(text: string): boolean {
  const digit = text.charAt(0);
  return (digit === '0' || digit === '9') && text === digit.repeat(text.length);
}

function isAlphanumeric(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    const letter = (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
    if (!letter && (code < 0x30 || code > 0x39)) return false;
  }
  return text.length > 0;
}

function checkStatus(record: PartnerRecord, found: RecordViolation[]): void {
  const status = record['accountStatus'];
  const rating = isPresent(record['paymentRating']);
  if (rating !== RATED_STATUSES.has(status)) {
    const message = rating
      ? `Payment Rating must be blank with Account Status ${String(status)}`
      : `Account Status ${String(status)} needs a Payment Rating`;
    found.push({ field: 'paymentRating', rule: 'payment-rating', message });
  }
  const history = record['paymentHistoryProfile'];
  if (typeof history !== 'string' || (history !== NO_HISTORY && !HISTORY_CODES.test(history.trim()))) {
    const message = `Payment History Profile has ${HISTORY_MONTHS} codes of its list`;
    found.push({ field: 'paymentHistoryProfile', rule: 'payment-history', message });
  }
  const duration = record['termsDuration'];
  if (typeof duration === 'string' && duration !== ONE_MONTH && !/^(LOC|REV|\d{3})$/.test(duration)) {
    const message = 'Terms Duration is LOC, REV or a number of months in three digits';
    found.push({ field: 'termsDuration', rule: 'terms-duration', message });
  }
}

function checkFirstDelinquency(record: PartnerRecord, found: RecordViolation[]): void {
  if (record['accountStatus'] !== IN_COLLECTION || isPresent(record['dateFirstDelinquency'])) return;
  const message = 'Account Status 93 needs the Date of First Delinquency';
  found.push({ field: 'dateFirstDelinquency', rule: 'first-delinquency', message });
}

/** A deletion is never kept back by what is missing. */
function checkOriginalCreditor(record: PartnerRecord, found: RecordViolation[]): void {
  if (isDeletion(record['accountStatus'])) return;
  if (segmentsIn(record).some((segment) => segment['segmentIdentifier'] === 'K1')) return;
  const message = 'A collector names the original creditor in a K1 segment';
  found.push({ field: 'k1.originalCreditorName', rule: 'original-creditor', message });
}

function checkCollector(record: PartnerRecord, found: RecordViolation[]): void {
  const status = record['accountStatus'];
  if (!COLLECTOR_STATUSES.has(status)) {
    const message = 'A collector reports only 93, 62, DA and DF';
    found.push({ field: 'accountStatus', rule: 'collector-status', message });
    return;
  }
  if (record['specialComment'] === SETTLED && status !== PAID_COLLECTION) {
    const message = 'Special Comment AU comes only with Account Status 62';
    found.push({ field: 'specialComment', rule: 'settled', message });
  }
  if (status !== IN_COLLECTION) return;
  if (!isPresent(record['socialSecurityNumber']) && !isPresent(record['dateBirth'])) {
    const message = 'A collection is reported with Social Security Number or Date of Birth, or both';
    found.push({ field: 'socialSecurityNumber', rule: 'minimum-identity', message });
  }
}
