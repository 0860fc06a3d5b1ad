import type { Change, EncodeContext, PartnerRecord } from '@concord/plugin-sdk';
import { DELETE_ACCOUNT, IN_COLLECTION, PAID_COLLECTION } from './codes/account-status.js';
import { COLLECTION_AGENCY, DEBT_BUYER } from './codes/account-type.js';
import { addressFields, consumerFields } from './consumer-fields.js';
import { tradelineIn, type Tradeline } from './content.js';
import { markCodesOf } from './marks.js';
import { NO_HISTORY, ONE_MONTH } from './record-rules.js';
import { removalOf, segmentsOf } from './segments.js';
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
  // Nothing that stuck to an account is left after its deletion.
  const standing = previous?.ending === 'deleted' ? null : previous;
  const codes = markCodesOf(context.settings);
  return {
    ...account(wanted, previous, context),
    segments: segmentsOf(wanted, standing, context),
    accountStatus: paid ? PAID_COLLECTION : IN_COLLECTION,
    specialComment: wanted.specialComment,
    // A code sticks at the bureaus until it is changed or taken off by name.
    complianceConditionCode: wanted.complianceCondition ?? removalOf(standing?.complianceCondition, codes.disputeOver),
    consumerInformationIndicator:
      wanted.consumerInformation ?? removalOf(standing?.consumerInformation, codes.bankruptcyOver),
    currentBalance: paid ? 0 : wholeUnits(change.amountMinor),
    amountPastDue: paid ? 0 : wholeUnits(change.amountMinor),
    // For a paid collection, the day on which it was paid.
    dateAccountInformation: paid ? (wanted.lastPayment?.on ?? context.date) : context.date,
  };
}

function deletion(told: Tradeline, context: EncodeContext<Metro2Settings>): PartnerRecord {
  return {
    ...account(told, null, context),
    segments: segmentsOf(told, null, context),
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
    accountType: line.purchasedFrom === undefined ? COLLECTION_AGENCY : DEBT_BUYER,
    // When the referral is over, its day is known from what was told before. A release does not wait for it.
    dateOpened: line.dateOpened ?? previous?.dateOpened ?? line.dateFirstDelinquency ?? date,
    highestCredit: wholeUnits(line.assessedMinor),
    termsDuration: ONE_MONTH,
    actualPaymentAmount: wholeUnits(line.lastPayment?.amountMinor ?? 0),
    paymentHistoryProfile: NO_HISTORY,
    dateFirstDelinquency: line.dateFirstDelinquency,
    dateLastPayment: line.lastPayment?.on,
    ...(settings.canada?.currencyTypeCode === undefined ? {} : { currencyTypeCode: settings.canada.currencyTypeCode }),
    ...consumerFields(line.primary, identifiers),
    ...addressFields(line.primary.address),
  };
}

/** Whole dollars: cents are cut off, never rounded up. */
function wholeUnits(minor: number): number {
  return Math.max(0, Math.floor(minor / 100));
}
