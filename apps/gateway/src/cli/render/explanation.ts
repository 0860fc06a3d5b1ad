import type { ExplainedReason, PassedRule } from '@concord/core/rules/domain/explain';
import type { ActPartner, ExplainedAct, ExplainedDebt } from '@concord/core/rules/rule-queries';
import { printable } from '../mapping/visible-text.js';

/** What may be done about a debt, in sentences: they can be read aloud to the debtor; what is in brackets is for the office. */
export function explanationText({ number, jurisdictionId, on, acts }: ExplainedDebt): string {
  return [`Debt ${number}, ${jurisdictionId}. As on record now, for ${on}.`, ...acts.map(actText)].join('\n\n');
}

function actText({ act, says, reasons, passed, partners }: ExplainedAct): string {
  return [
    `${act}: ${says}`,
    ...reasons.map(reasonLine),
    ...(passed.length > 0 ? [`  Passed: ${passed.map(passedText).join('; ')}.`] : []),
    ...(partners.length > 0
      ? partners.map(partnerLine)
      : ['  No partner of this office does this, whatever the rules say.']),
  ]
    .map(printable)
    .join('\n');
}

function reasonLine(explained: ExplainedReason): string {
  const { rule, outcome, reason, citation, earliestOn, missing, withoutCitation } = explained;
  const chosen = (withoutCitation ?? 'chosen to protect the debtor').replace(/\.$/, '');
  const source = citation ?? `no statute: ${chosen}`;
  const until = earliestOn === null ? '' : `; not before ${earliestOn}`;
  const proof = missing ? ` Missing: ${missing}.` : '';
  return `  - ${reason}${proof} [${outcome}, ${rule}, ${source}${until}]`;
}

function passedText({ rule, proofs }: PassedRule): string {
  const on = proofs.map(({ kind, subject, on: day }) => `${subject ?? kind} of ${day}`);
  return on.length === 0 ? rule : `${rule} on ${on.join(', ')}`;
}

function partnerLine({ title, mode, says }: ActPartner): string {
  return `  ${title}${mode === 'on' ? '' : ` (${mode})`}: ${says}`;
}
