import type { SkippableCheck, Skips } from './samples.js';
import { SKIPPABLE_CHECKS } from './samples.js';
import { ensure } from './test-framework.js';

/** What a check is about. Only some may be left out; what protects debtors and the hub never is. */
export type CheckArea = SkippableCheck | 'always';

/** One check of a plugin, ready to be run. It passes, or throws an Error that says what is wrong. */
export interface ConformanceCheck {
  /** What of the plugin it is about, e.g. `outbound placements`; empty for the plugin as a whole. */
  readonly part: string;
  readonly name: string;
  readonly area: CheckArea;
  /** Why it is left out; null when it is run. */
  readonly leftOut: string | null;
  readonly run: () => void | Promise<void>;
}

const MUTATIONS: readonly CheckArea[] = ['truncation', 'damage', 'hostile'];

/** Collects the checks of one part of a plugin. */
export class CheckList {
  readonly checks: ConformanceCheck[];
  private readonly part: string;
  private readonly skips: Skips;

  constructor(skips: Skips = {}, part = '', checks: ConformanceCheck[] = []) {
    this.skips = skips;
    this.part = part;
    this.checks = checks;
  }

  /** The same list, for one part of the plugin and with what that part leaves out besides. */
  of(part: string, skips: Skips = {}): CheckList {
    return new CheckList({ ...this.skips, ...skips }, part, this.checks);
  }

  add(area: CheckArea, name: string, run: () => void | Promise<void>): void {
    this.checks.push({ part: this.part, name, area, leftOut: this.reasonFor(area), run });
  }

  private reasonFor(area: CheckArea): string | null {
    if (area === 'always') return null;
    return this.skips[area] ?? (MUTATIONS.includes(area) ? this.skips.mutations : undefined) ?? null;
  }
}

/** A reason is a sentence: blanks, a dash or a single word are none. */
export function ensureReason(reason: unknown): void {
  const words = typeof reason === 'string' ? reason.split(/\s+/).filter((word) => /\p{L}/u.test(word)) : [];
  ensure(words.length >= 3, 'A check is left out for a reason of three words or more');
}

/** Samples are data: what they leave out may come from plain JavaScript, where no type has looked at it. */
export function ensureKnownSkips(skips: Skips | undefined): void {
  for (const [check, reason] of Object.entries(skips ?? {})) {
    ensure((SKIPPABLE_CHECKS as readonly string[]).includes(check), `${check} is no check that may be left out`);
    ensureReason(reason);
  }
}
