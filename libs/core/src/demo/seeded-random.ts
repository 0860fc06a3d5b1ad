/** Repeatable choices: the same seed gives the same sequence on every machine. Not fit for anything secret. */
export class SeededRandom {
  private state = 0x811c9dc5;

  constructor(seed: string) {
    for (let index = 0; index < seed.length; index += 1)
      this.state = Math.imul(this.state ^ seed.charCodeAt(index), 0x01000193);
  }

  /** A fraction from 0 up to but not including 1, by a Weyl sequence whose steps are mixed until neighbours differ. */
  fraction(): number {
    this.state = (this.state + 0x9e3779b9) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 0x1_0000_0000;
  }

  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.fraction() * (to - from + 1));
  }

  /** True in this share of cases, from 0 to 1. */
  chance(share: number): boolean {
    return this.fraction() < share;
  }

  pick<T>(list: readonly T[]): T {
    const item = list[this.whole(0, list.length - 1)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  /** One item, each as often as its weight says. */
  weighted<T extends { readonly weight: number }>(list: readonly T[]): T {
    let left = this.fraction() * list.reduce((sum, { weight }) => sum + weight, 0);
    for (const item of list) {
      left -= item.weight;
      if (left < 0) return item;
    }
    return this.pick(list);
  }
}
