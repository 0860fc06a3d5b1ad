import { CA } from './ca.js';
import { EVERYWHERE } from './everywhere.js';
import type { RuleExample } from './example.js';
import { GB } from './gb.js';
import { US_BANKRUPTCY } from './us-bankruptcy.js';
import { US_COURTS } from './us-courts.js';
import { US_INTERCEPTS } from './us-intercepts.js';
import { US_REPORTS } from './us-reports.js';

/** Every rule by examples: each kind of thing that it can say is shown at least once, which a test sees to. */
export const RULE_EXAMPLES: readonly RuleExample[] = [
  ...EVERYWHERE,
  ...US_REPORTS,
  ...US_BANKRUPTCY,
  ...US_COURTS,
  ...US_INTERCEPTS,
  ...GB,
  ...CA,
];
