import type { Logger } from 'pino';

/** The longest that a stop waits for a pause to end. */
const PULSE_MS = 100;

/** One thing that is done again and again. */
export interface Turn {
  readonly name: string;
  /** Between two turns that had nothing to do. */
  readonly pauseMs: number;
  /** @returns whether it was busy: then the next turn follows at once */
  readonly turn: () => Promise<boolean>;
}

/** Work that a process does by itself until it is told to stop. A turn that fails is logged and tried again. */
export class Loops {
  private running = true;
  private readonly loops: Promise<void>[] = [];

  constructor(private readonly log: Logger) {}

  begin(...turns: readonly Turn[]): void {
    for (const turn of turns) this.loops.push(this.loop(turn));
  }

  /** Settles when the turns that were under way have ended. */
  async stop(): Promise<void> {
    this.running = false;
    await Promise.all(this.loops);
  }

  private async loop({ name, pauseMs, turn }: Turn): Promise<void> {
    while (this.running) {
      let busy = false;
      try {
        busy = await turn();
      } catch (error) {
        this.log.error({ pump: name, err: error }, 'a turn failed and is tried again');
      }
      if (!busy) await this.pause(pauseMs);
      // Others must have their turn also while this one is busy.
      else await new Promise((resolve) => setImmediate(resolve));
    }
  }

  private async pause(ms: number): Promise<void> {
    for (let left = ms; this.running && left > 0; left -= PULSE_MS) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(left, PULSE_MS)));
    }
  }
}
