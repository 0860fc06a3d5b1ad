/**
 * What the gateway can ask of the connectors, beside a day. Each has one handler, beside the code of what it does; its body is
 * parsed there.
 */
export const COMMAND_KINDS = [
  /** Judges, builds and sends what a connector has to say now, whatever its schedule. */
  'exchange-run',
  /** Builds what a connector would send, without any effect, and returns records and bytes. */
  'exchange-preview',
  'exchange-hold',
  'exchange-release',
  'exchange-cancel',
  'exchange-resend',
  /** Says whether a file arrived whose confirmation was lost: it is delivered, or sent as if it had never been. */
  'exchange-arrival',
  /** Applies an archived incoming file again, which by its natural keys has only the effects that are missing. */
  'exchange-replay',
  /** Applies a file that came under the name of an earlier one, or puts it away. */
  'exchange-decide',
  'quarantine-mend',
  'quarantine-dismiss',
  'connector-mode',
  'connector-check',
  'adverse-stop',
] as const;
export type CommandKind = (typeof COMMAND_KINDS)[number];
