/** The only source of the time. Dates of business are not here: an office's today also depends on the last day it ran. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
