import type { Act, Carries, Confirmation, PositionState, UpdateKind } from '@concord/plugin-sdk';
import type { BusinessCalendar } from '../calendar/domain/business-calendar.js';
import type { InboundKind } from '../plugin-host/jobs.js';
import type { JudgeOptions } from '../rules/domain/judge.js';
import type { AdverseStop } from './adverse-stop.js';
import type { ConnectorBody, ConnectorMode } from './connector-entry.js';

/** One kind of file that a connector sends. */
export interface OutboundFile {
  readonly kind: string;
  readonly carries: Carries;
  readonly confirm: Confirmation;
}

/** A connector as its work needs it: the row, the settings in force, and what its plugin said of them. */
export interface Connector {
  readonly id: string;
  readonly jurisdictionId: string;
  readonly pluginId: string;
  /** Package or file that the plugin is loaded from, in a child process. */
  readonly pluginSource: string;
  readonly family: string;
  readonly title: string;
  /** What it does now: `paused` instead of `on` while the adverse output of its jurisdiction is stopped. */
  readonly mode: ConnectorMode;
  readonly configuredMode: ConnectorMode;
  /** Why the adverse output of its jurisdiction is stopped; null while it is not. */
  readonly adverseStop: AdverseStop | null;
  readonly settingsVersion: number;
  readonly body: ConnectorBody;
  readonly act: Act;
  readonly update: UpdateKind;
  readonly states: readonly Exclude<PositionState, 'absent'>[];
  /** The kinds of files that carry its positions, in the order in which they are sent at a cutoff. */
  readonly outbound: readonly OutboundFile[];
  readonly inbound: readonly InboundKind[];
  /** Whether what the partner holds must still be taken over from its reconciliation before anything is sent. */
  readonly awaitsAdoption: boolean;
  /** On which days the partner works: its cutoffs and answers follow it. */
  readonly calendar: BusinessCalendar;
  /** On which days the office works: periods that a rule sets are counted in them. */
  readonly officeCalendar: BusinessCalendar;
  /** What its debts are judged by. */
  readonly judging: JudgeOptions;
  /** The same as a hash; null where no start has said by what its debts are judged. */
  readonly judgedBy: string | null;
  readonly timeZone: string;
}

/** What a connector does in a mode while the adverse output of its jurisdiction is stopped. What it holds is still looked after. */
export function modeUnderStop(configured: ConnectorMode): ConnectorMode {
  return configured === 'on' ? 'paused' : configured;
}

/** Whether nothing more adverse may go out, while releases and answers go on. */
export function onlyReduces(mode: ConnectorMode): boolean {
  return mode === 'paused' || mode === 'retiring';
}

/**
 * The file of a kind that a connector sends.
 *
 * @throws Error when the plugin no longer has this kind
 */
export function outboundFile(connector: Connector, kind: string): OutboundFile {
  const file = connector.outbound.find((each) => each.kind === kind);
  if (!file) throw new Error(`connector ${connector.id}: its plugin has no files of kind ${kind}`);
  return file;
}
