import type { ConnectorNotice } from '../connectors/connector-registry.js';

/** What a process does by itself, once it is told to begin. Which, depends on what it is composed of. */
export interface Work {
  /**
   * Begins, once handlers have subscribed. A second call changes nothing.
   *
   * @returns what there is to say about the connectors; nothing where there are none
   */
  start(): Promise<ConnectorNotice[]>;
  /** From now on also acts when dates come by themselves, except while a day that was ordered is being run. */
  actByTheClock(): void;
}

export const WORK = Symbol('Work');
