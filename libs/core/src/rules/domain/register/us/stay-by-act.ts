import type { Act } from '@concord/plugin-sdk';
import type { Objection } from '../../rule.js';

/** What a stay asks of an act, with the words that follow why there is a stay. */
interface StayDemand {
  readonly outcome: Objection['outcome'];
  readonly words: string;
}

/**
 * What the automatic stay does to each act. What works on the debtor while it stands ends. A suit stands still, because
 * the court in which it is pending has it; a lien that stands passes through a bankruptcy, and only no new one is taken;
 * a report goes on with its mark; a letter that is not sent leaves nothing to end.
 */
export const STAY_BY_ACT: { readonly [act in Act]: readonly StayDemand[] } = {
  report: [
    { outcome: 'block', words: 'This debt may not be newly reported or reported as higher.' },
    { outcome: 'restrain', words: 'What is reported about this debt must say so.' },
  ],
  place: [{ outcome: 'close', words: 'No collection agency may collect this debt.' }],
  intercept: [{ outcome: 'close', words: 'No refund or other payment to you may be held back for this debt.' }],
  suspend: [{ outcome: 'close', words: 'No licence of yours may be suspended for this debt.' }],
  hold: [{ outcome: 'close', words: 'No licence or permit may be held back from you for this debt.' }],
  'file-claim': [
    { outcome: 'block', words: 'The office may not sue you for this debt.' },
    { outcome: 'restrain', words: 'A suit about this debt must stand still.' },
  ],
  'enforce-judgment': [{ outcome: 'close', words: 'No judgment for this debt may be enforced.' }],
  garnish: [{ outcome: 'close', words: 'Neither your wages nor your accounts may be garnished for this debt.' }],
  lien: [{ outcome: 'block', words: 'No lien may be taken for this debt.' }],
  disconnect: [{ outcome: 'close', words: 'Your service may not be shut off for this debt.' }],
  'direct-debit': [{ outcome: 'close', words: 'Nothing may be collected from your account for this debt.' }],
  contact: [{ outcome: 'block', words: 'The office does not write to you about paying this debt.' }],
};
