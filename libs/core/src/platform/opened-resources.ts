/**
 * What was opened on the way to a running application and must be closed again, also when the way was not completed: pools,
 * locks, servers.
 */
export class OpenedResources {
  private readonly closers: (() => Promise<void>)[] = [];

  keep(close: () => Promise<void>): void {
    this.closers.push(close);
  }

  /** Closes everything, the last opened first. A second call has nothing left to close. */
  async closeAll(): Promise<void> {
    for (let close = this.closers.pop(); close; close = this.closers.pop()) await close();
  }
}
