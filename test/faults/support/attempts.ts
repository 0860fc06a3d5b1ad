/** Words of a fault of ours, whatever was broken around it. */
const OURS = /can't go from|deadlock detected|violates|duplicate key|is not a function|undefined/;
const MOST_TRIES = 10;

/** What was done in one schedule, in its order, and everything that was found to be wrong. */
export class Attempts {
  readonly sequence: string[] = [];
  readonly wrong: string[] = [];

  /** What failed is no fault of ours while things are broken, unless its words say that it is. */
  async attempt(what: string, work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      const { message } = error as Error;
      this.sequence.push(`(${what} failed: ${message.slice(0, 80)})`);
      if (OURS.test(message)) this.wrong.push(`${what}: ${message}`);
      return false;
    }
  }

  /** A person or a program asks again with the same key until it is done. */
  async insist(what: string, work: () => Promise<unknown>): Promise<void> {
    for (let left = MOST_TRIES; left > 0; left -= 1) if (await this.attempt(what, work)) return;
    throw new Error(`${what} is not done`);
  }
}
