import { userInfo } from 'node:os';
import { SingleBar } from 'cli-progress';
import type { Progress } from './operations/operation.js';

/** Says something to the person, beside the data on standard output. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Writes data. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Who gives this command, for the record of changes. */
export function actor(): string {
  return `cli:${userInfo().username}`;
}

/** Shows how far something has come: a bar where a person watches, a line a step where nobody does. */
export class ProgressDisplay {
  private bar: SingleBar | null = null;
  private step = '';

  readonly show = ({ step, done, of }: Progress): void => {
    if (!process.stderr.isTTY) {
      if (step !== this.step) note(of > 0 && done === 0 ? `${step} (${of})` : step);
      this.step = step;
      return;
    }
    if (step !== this.step) {
      this.stop();
      this.step = step;
      this.bar = new SingleBar({ format: `${step} {bar} {percentage}%`, stream: process.stderr, hideCursor: true });
      this.bar.start(Math.max(of, 1), done);
    }
    this.bar?.update(done);
  };

  stop(): void {
    this.bar?.update(this.bar.getTotal());
    this.bar?.stop();
    this.bar = null;
    this.step = '';
  }
}

/** Runs with a progress display that is gone before anything is printed. */
export async function withProgress<T>(work: (progress: ProgressDisplay) => Promise<T>): Promise<T> {
  const progress = new ProgressDisplay();
  try {
    return await work(progress);
  } finally {
    progress.stop();
  }
}
