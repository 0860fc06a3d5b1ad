import type { IsoDate, JsonValue, StopKind } from '@concord/plugin-sdk';
import { isIsoDate } from '../../calendar/domain/iso-date.js';

/** What is known of a stop that somebody wants to place. */
export interface StopFacts {
  readonly kind: StopKind;
  readonly endsOn: IsoDate | null;
  readonly details: Readonly<Record<string, JsonValue>>;
}

/** The chapters of the United States' Bankruptcy Code under which a debtor's case can stand. */
const CHAPTERS = new Set(['7', '9', '11', '12', '13', '15']);

/**
 * What is missing or wrong in the details of a stop, in words; none where they are complete. Every detail whose name ends
 * in `On` is a date. An insolvency says its kind: in the United States its `chapter`, elsewhere its `procedure`; its date
 * is `filedOn`, or else the stop's first day. A moratorium has a last day, or a `reviewOn` on which the office looks at it
 * again. A `dischargedOn` is not a detail to begin with: a discharge is recorded as such.
 */
export function stopDetailFaults({ kind, endsOn, details }: StopFacts, country: string): readonly string[] {
  const dates = Object.entries(details).flatMap(([name, value]) =>
    /On$/.test(name) && !(typeof value === 'string' && isIsoDate(value)) ? [`${name} must be a date, YYYY-MM-DD`] : [],
  );
  return [...dates, ...faultsOf(kind, endsOn, details, country)];
}

function faultsOf(
  kind: StopKind,
  endsOn: IsoDate | null,
  details: StopFacts['details'],
  country: string,
): readonly string[] {
  if (kind === 'moratorium') {
    return endsOn === null && details['reviewOn'] === undefined ? ['a moratorium needs its endsOn, or a reviewOn'] : [];
  }
  if (kind !== 'insolvency') return [];
  const discharged = details['dischargedOn'] === undefined ? [] : ['a discharge is recorded on the stop that it ends'];
  if (country !== 'US') {
    const { procedure } = details;
    const named = typeof procedure === 'string' && procedure.trim() !== '';
    return named ? discharged : [...discharged, 'an insolvency needs its procedure, such as bankruptcy or proposal'];
  }
  const chapter = details['chapter'];
  const known = (typeof chapter === 'string' || typeof chapter === 'number') && CHAPTERS.has(String(chapter));
  return known ? discharged : [...discharged, `an insolvency needs its chapter: ${[...CHAPTERS].join(', ')}`];
}
