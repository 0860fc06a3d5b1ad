/** Work that is begun a few at a time, in order; each result is awaited where it is looked at. */
export class SideBySide {
  private readonly waiting: (() => void)[] = [];
  private free: number;

  constructor(places: number) {
    this.free = places;
  }

  /** Begins the work when there is a place. A failure is told to whoever awaits the result. */
  begin<T>(work: () => Promise<T>): Promise<T> {
    const result = this.place().then(async () => {
      try {
        return await work();
      } finally {
        this.leave();
      }
    });
    // Nobody may be looking yet.
    result.catch(() => undefined);
    return result;
  }

  private place(): Promise<void> {
    if (this.free > 0) {
      this.free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.free += 1;
  }
}
