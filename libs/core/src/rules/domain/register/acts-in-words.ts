import type { Act } from '@concord/plugin-sdk';

/** What does not happen to a debtor while an act is held back, in words that can be read aloud. No full stop: the reason follows. */
export const NOT_DONE: Readonly<Record<Act, string>> = {
  report: 'This debt is not reported to a credit bureau',
  place: 'Nobody may collect this debt for the office',
  intercept: 'No refund or payment that is due to you may be taken for this debt',
  suspend: 'No licence of yours may be suspended for this debt',
  hold: 'No licence, permit or renewal may be kept from you for this debt',
  'file-claim': 'The office may not take a court claim for this debt any further',
  'enforce-judgment': 'Nobody may enforce this debt against you or your goods',
  garnish: 'Nothing may be taken from your pay or your account for this debt',
  lien: 'Nothing more may be registered against your property for this debt',
  disconnect: 'You may not be disconnected for this debt',
  'direct-debit': 'Nothing may be collected from your bank account for this debt',
  contact: 'The office does not ask you to pay this debt',
};
