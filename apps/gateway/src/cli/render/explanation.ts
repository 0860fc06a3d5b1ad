import type { Act } from '@concord/plugin-sdk';
import type { ExplainedReason, PassedRule } from '@concord/core/rules/domain/explain';
import { OWN_ACTS } from '@concord/core/rules/domain/listing';
import type { ActPartner, ExplainedAct, ExplainedDebt } from '@concord/core/rules/rule-queries';
import { printable } from '../mapping/visible-text.js';

/** What may be done about a debt, in sentences: they can be read aloud to the debtor; what is in brackets is for the office. */
export function explanationText({ number, jurisdictionId, on, acts }: ExplainedDebt): string {
  return [`Debt ${number}, ${jurisdictionId}. As on record now, for ${on}.`, ...acts.map(actText)].join('\n\n');
}

function actText({ act, says, reasons, passed, partners }: ExplainedAct): string {
  return [
    `${act}: ${says}`,
    ...saidOnce(reasons).map(reasonLine),
    ...(passed.length > 0 ? [`  Passed: ${passed.map(passedText).join('; ')}.`] : []),
    ...(partners.length > 0 ? partners.map(partnerLine) : [nobodyElse(act)]),
  ]
    .map(printable)
    .join('\n');
}

/** One thing that stands in the way, with everything that it asks for at once: to hold back what is new and to mark what stands. */
interface Said extends Omit<ExplainedReason, 'outcome'> {
  readonly outcomes: readonly string[];
}

/** What differs in its outcome alone, or in nothing that is read aloud, is said once. */
function saidOnce(reasons: readonly ExplainedReason[]): readonly Said[] {
  const said = new Map<string, Said>();
  for (const { outcome, ...reason } of reasons) {
    const key = JSON.stringify([reason.rule, reason.reason, reason.missing ?? null, reason.earliestOn]);
    const outcomes = new Set([...(said.get(key)?.outcomes ?? []), outcome]);
    said.set(key, { ...reason, outcomes: [...outcomes] });
  }
  return [...said.values()];
}

function reasonLine(explained: Said): string {
  const { rule, outcomes, reason, citation, earliestOn, missing, withoutCitation } = explained;
  const chosen = (withoutCitation ?? 'chosen to protect the debtor').replace(/\.$/, '');
  const source = citation ?? `no statute: ${chosen}`;
  const until = earliestOn === null ? '' : `; not before ${earliestOn}`;
  const proof = missing ? ` Missing: ${missing}.` : '';
  return `  - ${reason}${proof} [${outcomes.join(' and ')}, ${rule}, ${source}${until}]`;
}

function passedText({ rule, proofs }: PassedRule): string {
  const on = proofs.map(({ kind, subject, on: day }) => `${subject ?? kind} of ${day}`);
  return on.length === 0 ? rule : `${rule} on ${on.join(', ')}`;
}

function nobodyElse(act: Act): string {
  return OWN_ACTS.includes(act)
    ? '  The office does this itself.'
    : '  No partner of this office does this, whatever the rules say.';
}

function partnerLine({ title, mode, says }: ActPartner): string {
  return `  ${title}${mode === 'on' ? '' : ` (${mode})`}: ${says}`;
}
