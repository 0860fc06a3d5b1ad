import type { RecordLayout } from '@concord/plugin-sdk/codec';
import { ACCOUNT_STATUSES } from '../codes/account-status.js';
import { ACCOUNT_TYPES } from '../codes/account-type.js';
import { ADDRESS_INDICATORS, RESIDENCE_CODES } from '../codes/address.js';
import { COMPLIANCE_CONDITIONS } from '../codes/compliance-condition.js';
import { CONSUMER_INFORMATION } from '../codes/consumer-information.js';
import { ECOA_CODES } from '../codes/ecoa.js';
import { GENERATION_CODES } from '../codes/generation.js';
import { INTEREST_TYPES } from '../codes/interest-type.js';
import { PAYMENT_RATINGS } from '../codes/payment-rating.js';
import { PORTFOLIO_TYPES } from '../codes/portfolio-type.js';
import { SPECIAL_COMMENTS } from '../codes/special-comment.js';
import { TERMS_FREQUENCIES } from '../codes/terms-frequency.js';
import { J1 } from './j1.js';
import { J2 } from './j2.js';
import { K1 } from './k1.js';
import { K2 } from './k2.js';
import { K3 } from './k3.js';
import { K4 } from './k4.js';
import { L1 } from './l1.js';
import { N1 } from './n1.js';

/** One tradeline: the account and its primary consumer. */
export const BASE: RecordLayout = {
  name: 'base',
  length: 426,
  recognise: 'otherwise',
  fields: [
    { name: 'Record Descriptor Word', start: 1, length: 4, type: 'record-length' },
    { name: 'Processing Indicator', start: 5, length: 1, type: 'digits', default: '1' },
    { name: 'Time Stamp', start: 6, length: 14, type: 'timestamp', pattern: 'MMDDCCYYhhmmss' },
    { name: 'Correction Indicator', start: 20, length: 1, type: 'digits', zeroIsBlank: true },
    { name: 'Identification Number', start: 21, length: 20, type: 'text', required: true },
    { name: 'Cycle Identifier', start: 41, length: 2, type: 'text' },
    { name: 'Consumer Account Number', start: 43, length: 30, type: 'text', required: true },
    { name: 'Portfolio Type', start: 73, length: 1, type: 'text', codes: PORTFOLIO_TYPES, required: true },
    { name: 'Account Type', start: 74, length: 2, type: 'text', codes: ACCOUNT_TYPES, required: true },
    { name: 'Date Opened', start: 76, length: 8, type: 'date', pattern: 'MMDDCCYY', required: true },
    { name: 'Credit Limit', start: 84, length: 9, type: 'money', decimals: 0 },
    { name: 'Highest Credit', start: 93, length: 9, type: 'money', decimals: 0 },
    { name: 'Terms Duration', start: 102, length: 3, type: 'text', required: true },
    { name: 'Terms Frequency', start: 105, length: 1, type: 'text', codes: TERMS_FREQUENCIES },
    { name: 'Scheduled Monthly Payment Amount', start: 106, length: 9, type: 'money', decimals: 0 },
    { name: 'Actual Payment Amount', start: 115, length: 9, type: 'money', decimals: 0 },
    { name: 'Account Status', start: 124, length: 2, type: 'text', codes: ACCOUNT_STATUSES, required: true },
    { name: 'Payment Rating', start: 126, length: 1, type: 'text', codes: PAYMENT_RATINGS },
    { name: 'Payment History Profile', start: 127, length: 24, type: 'text', required: true },
    { name: 'Special Comment', start: 151, length: 2, type: 'text', codes: SPECIAL_COMMENTS },
    { name: 'Compliance Condition Code', start: 153, length: 2, type: 'text', codes: COMPLIANCE_CONDITIONS },
    { name: 'Current Balance', start: 155, length: 9, type: 'money', decimals: 0 },
    { name: 'Amount Past Due', start: 164, length: 9, type: 'money', decimals: 0 },
    { name: 'Original Charge Off Amount', start: 173, length: 9, type: 'money', decimals: 0 },
    { name: 'Date Account Information', start: 182, length: 8, type: 'date', pattern: 'MMDDCCYY', required: true },
    { name: 'Date First Delinquency', start: 190, length: 8, type: 'date', pattern: 'MMDDCCYY' },
    { name: 'Date Closed', start: 198, length: 8, type: 'date', pattern: 'MMDDCCYY' },
    { name: 'Date Last Payment', start: 206, length: 8, type: 'date', pattern: 'MMDDCCYY' },
    { name: 'Interest Type Indicator', start: 214, length: 1, type: 'text', codes: INTEREST_TYPES },
    { name: 'Reserved 2', start: 215, length: 17, type: 'filler' },
    { name: 'Surname', start: 232, length: 25, type: 'text', truncate: true, required: true },
    { name: 'First Name', start: 257, length: 20, type: 'text', truncate: true, required: true },
    { name: 'Middle Name', start: 277, length: 20, type: 'text', truncate: true },
    { name: 'Generation Code', start: 297, length: 1, type: 'text', codes: GENERATION_CODES },
    { name: 'Social Security Number', start: 298, length: 9, type: 'digits', zeroIsBlank: true, sensitive: true },
    { name: 'Date Birth', start: 307, length: 8, type: 'date', pattern: 'MMDDCCYY', sensitive: true },
    { name: 'Telephone Number', start: 315, length: 10, type: 'digits', zeroIsBlank: true },
    { name: 'ECOA Code', start: 325, length: 1, type: 'text', codes: ECOA_CODES, required: true },
    { name: 'Consumer Information Indicator', start: 326, length: 2, type: 'text', codes: CONSUMER_INFORMATION },
    { name: 'Country Code', start: 328, length: 2, type: 'text' },
    { name: 'First Line Address', start: 330, length: 32, type: 'text', truncate: true, required: true },
    { name: 'Second Line Address', start: 362, length: 32, type: 'text', truncate: true },
    { name: 'City', start: 394, length: 20, type: 'text', truncate: true, required: true },
    { name: 'State', start: 414, length: 2, type: 'text', required: true },
    { name: 'Zip Code', start: 416, length: 9, type: 'text', required: true },
    { name: 'Address Indicator', start: 425, length: 1, type: 'text', codes: ADDRESS_INDICATORS },
    { name: 'Residence Code', start: 426, length: 1, type: 'text', codes: RESIDENCE_CODES },
  ],
  segments: { identifierLength: 2, types: [J1, J2, K1, K2, K3, K4, L1, N1] },
};
