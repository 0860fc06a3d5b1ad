import { Refusal } from '../../platform/errors.js';
import type { ReportDefinition } from '../report-definition.js';
import { ageing } from './ageing.js';
import { arrangements } from './arrangements.js';
import { collections } from './collections.js';
import { controlTotals } from './control-totals.js';
import { lateReleases } from './late-releases.js';
import { neverReferred } from './never-referred.js';
import { overdueQuarter } from './overdue-quarter.js';
import { writeOffRecommendations } from './write-off-recommendations.js';

/** Every report, in the order in which they are listed. */
export const REPORTS: readonly ReportDefinition[] = [
  overdueQuarter,
  writeOffRecommendations,
  ageing,
  collections,
  neverReferred,
  arrangements,
  lateReleases,
  controlTotals,
];

/** @throws Refusal `report-unknown` */
export function reportNamed(name: string): ReportDefinition {
  const found = REPORTS.find((report) => report.name === name);
  if (!found) throw new Refusal('report-unknown', `no report has the name ${name}`);
  return found;
}
