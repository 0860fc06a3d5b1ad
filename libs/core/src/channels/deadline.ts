/** Time that a partner has to make progress. Runs from the start. */
export class Deadline {
  readonly #milliseconds: number;
  readonly #onExpiry: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(milliseconds: number, onExpiry: () => void) {
    this.#milliseconds = milliseconds;
    this.#onExpiry = onExpiry;
    this.renew();
  }

  /** The partner made progress: it has the full time again. */
  renew(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#onExpiry, this.#milliseconds);
  }

  /** The partner is waiting for us, not we for it; also the end of the deadline. */
  pause(): void {
    clearTimeout(this.#timer);
  }
}

/** Rejects everything that is waited for as soon as one thing ends the wait for all: a lost connection, a deadline. */
export class Interruption {
  #error: Error | null = null;
  readonly #waiting = new Set<(error: Error) => void>();

  /** The first reason counts. Whoever waits later gets it at once. */
  interrupt(error: Error): void {
    if (this.#error !== null) return;
    this.#error = error;
    for (const reject of this.#waiting) reject(error);
    this.#waiting.clear();
  }

  within<T>(work: Promise<T>): Promise<T> {
    return this.during<T>((resolve, reject) => void work.then(resolve, reject));
  }

  /** As {@link within}, for work that says by itself how it ended: one promise for each of many small questions. */
  during<T>(begin: (resolve: (value: T) => void, reject: (error: Error) => void) => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.add(reject);
      if (this.#error !== null) reject(this.#error);
      begin(
        (value) => {
          this.#waiting.delete(reject);
          resolve(value);
        },
        (error) => {
          this.#waiting.delete(reject);
          reject(error);
        },
      );
    });
  }
}
