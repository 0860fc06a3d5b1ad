import type { Clock } from '@concord/core/platform/clock';

/** A clock that stands still until it is set. */
export class SetClock implements Clock {
  constructor(private at: string) {}

  now(): Date {
    return new Date(this.at);
  }

  /** @param at an instant, ISO 8601 with its zone */
  set(at: string): void {
    this.at = at;
  }
}
