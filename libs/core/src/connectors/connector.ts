import type { Act, Confirmation, PositionState, UpdateKind } from '@concord/plugin-sdk';
import type { BusinessCalendar } from '../calendar/domain/business-calendar.js';
import type { ConnectorBody, ConnectorMode } from './connector-entry.js';

/** A connector as its work needs it: the row, the settings in force, and what its plugin said of them. */
export interface Connector {
  readonly id: string;
  readonly jurisdictionId: string;
  readonly pluginId: string;
  /** Package or file that the plugin is loaded from, in a child process. */
  readonly pluginSource: string;
  readonly family: string;
  readonly title: string;
  readonly mode: ConnectorMode;
  readonly settingsVersion: number;
  readonly body: ConnectorBody;
  readonly act: Act;
  readonly update: UpdateKind;
  readonly states: readonly Exclude<PositionState, 'absent'>[];
  readonly confirm: Confirmation;
  /** The kind of file that carries its positions. */
  readonly outboundKind: string;
  readonly inbound: readonly { readonly kind: string; readonly match: string }[];
  readonly calendar: BusinessCalendar;
  readonly timeZone: string;
}

/** Whether nothing more adverse may go out, while releases and answers go on. */
export function onlyReduces(mode: ConnectorMode): boolean {
  return mode === 'paused' || mode === 'retiring';
}
