import type { Change, EncodeContext, Identifiers, PartnerRecord } from '@concord/plugin-sdk';
import { DELETE_ACCOUNT, IN_COLLECTION, PAID_COLLECTION } from './codes/account-status.js';
import { COLLECTION_AGENCY } from './codes/account-type.js';
import { REMOVE_CONDITION } from './codes/compliance-condition.js';
import { REMOVE_BANKRUPTCY } from './codes/consumer-information.js';
import { tradelineIn, type Address, type Consumer, type Tradeline } from './content.js';
import { NO_HISTORY, ONE_MONTH } from './record-rules.js';
import type { Metro2Settings } from './settings.js';

const OPEN_ACCOUNT = 'O';

/**
 * The base record, with its segments, that tells one change. The record may still miss something that the bureaus
 * require: the format says so, and the change is set aside.
 */
export function recordOf(change: Change, context: EncodeContext<Metro2Settings>): PartnerRecord {
  const wanted = tradelineIn(change.content);
  const previous = change.previous === null ? null : tradelineIn(change.previous);
  if (change.state === 'absent' || wanted.ending === 'deleted') {
    // Bureaus find the account by what they were told, which may be more than is known today.
    return deletion(previous ?? wanted, context);
  }
  const paid = wanted.ending !== null;
  return {
    ...account(wanted, previous, context),
    accountStatus: paid ? PAID_COLLECTION : IN_COLLECTION,
    specialComment: wanted.specialComment,
    // A code sticks at the bureaus until it is changed or taken off by name.
    complianceConditionCode: wanted.complianceCondition ?? removal(previous?.complianceCondition, REMOVE_CONDITION),
    consumerInformationIndicator:
      wanted.consumerInformation ?? removal(previous?.consumerInformation, REMOVE_BANKRUPTCY),
    currentBalance: paid ? 0 : wholeUnits(change.amountMinor),
    amountPastDue: paid ? 0 : wholeUnits(change.amountMinor),
    // For a paid collection, the day on which it was paid.
    dateAccountInformation: paid ? (wanted.lastPayment?.on ?? context.date) : context.date,
  };
}

function deletion(told: Tradeline, context: EncodeContext<Metro2Settings>): PartnerRecord {
  return {
    ...account(told, null, context),
    accountStatus: DELETE_ACCOUNT,
    currentBalance: 0,
    amountPastDue: 0,
    dateAccountInformation: context.date,
  };
}

function account(line: Tradeline, previous: Tradeline | null, context: EncodeContext<Metro2Settings>): PartnerRecord {
  const { identifiers, settings, date } = context;
  return {
    identificationNumber: settings.identificationNumber,
    consumerAccountNumber: line.accountNumber,
    portfolioType: OPEN_ACCOUNT,
    accountType: COLLECTION_AGENCY,
    // When the referral is over, its day is known from what was told before. A release does not wait for it.
    dateOpened: line.dateOpened ?? previous?.dateOpened ?? line.dateFirstDelinquency ?? date,
    highestCredit: wholeUnits(line.assessedMinor),
    termsDuration: ONE_MONTH,
    actualPaymentAmount: wholeUnits(line.lastPayment?.amountMinor ?? 0),
    paymentHistoryProfile: NO_HISTORY,
    dateFirstDelinquency: line.dateFirstDelinquency,
    dateLastPayment: line.lastPayment?.on,
    ...consumer(line.primary, identifiers),
    ...addressFields(line.primary.address),
    segments: segmentsOf(line, previous, identifiers),
  };
}

/** Those at the same address first, then the others, then the original creditor: the order of the segments is fixed. */
function segmentsOf(line: Tradeline, previous: Tradeline | null, identifiers: Identifiers): PartnerRecord[] {
  const told = new Map(previous?.associated.map((other) => [other.party, other.ownInformation]));
  const own = (other: Consumer): PartnerRecord => ({
    consumerInformationIndicator: other.ownInformation ?? removal(told.get(other.party), REMOVE_BANKRUPTCY),
  });
  const together = line.associated.filter((other) => other.address === null);
  const elsewhere = line.associated.filter((other) => other.address !== null);
  const creditor = line.originalCreditor;
  return [
    ...together.map((other) => ({ segmentIdentifier: 'J1', ...consumer(other, identifiers), ...own(other) })),
    ...elsewhere.map((other) => ({
      segmentIdentifier: 'J2',
      ...consumer(other, identifiers),
      ...own(other),
      ...addressFields(other.address),
    })),
    ...(creditor === null
      ? []
      : [
          {
            segmentIdentifier: 'K1',
            originalCreditorName: creditor.name,
            creditorClassification: creditor.classification,
          },
        ]),
  ];
}

function consumer(person: Consumer, identifiers: Identifiers): PartnerRecord {
  const { socialSecurityNumber, dateOfBirth } = person;
  return {
    surname: person.surname,
    firstName: person.firstName,
    middleName: person.middleName,
    generationCode: person.generation,
    socialSecurityNumber: socialSecurityNumber === null ? null : identifiers.value(socialSecurityNumber.identifier),
    dateBirth: dateOfBirth === null ? null : identifiers.value(dateOfBirth.identifier),
    telephoneNumber: person.telephone,
    ecoaCode: person.ecoa,
  };
}

function addressFields(address: Address | null): PartnerRecord {
  if (address === null) return {};
  return {
    firstLineAddress: address.line1,
    secondLineAddress: address.line2,
    city: address.city,
    state: address.state,
    zipCode: address.zip,
  };
}

function removal(before: string | null | undefined, code: string): string | null {
  return before === null || before === undefined ? null : code;
}

/** Whole dollars: cents are cut off, never rounded up. */
function wholeUnits(minor: number): number {
  return Math.max(0, Math.floor(minor / 100));
}
