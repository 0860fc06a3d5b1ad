import type { Act } from '@concord/plugin-sdk';

/** What an office does by each act, as it is said to the debtor: after "the office may". */
export const ACT_WORDS: Readonly<Record<Act, string>> = {
  report: 'report this debt to a credit bureau',
  place: 'give this debt to a collection agency',
  intercept: 'have a payment that is due to you, such as a tax refund, taken for this debt',
  suspend: 'have a licence of yours suspended for this debt',
  hold: 'have a licence, permit or registration of yours held back for this debt',
  'file-claim': 'file a claim for this debt in court',
  'enforce-judgment': 'have the judgment on this debt enforced',
  garnish: 'have your wages or accounts garnished for this debt',
  lien: 'have a lien entered for this debt',
  disconnect: 'have the service cut off that this debt is for',
  'direct-debit': 'collect this debt by direct debit',
  contact: 'write to you to ask for payment of this debt',
};
