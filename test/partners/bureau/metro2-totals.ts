import { BASE, J1, J2, K1, K2, K4, L1, N1, TRAILER } from './metro2-layouts.ts';
import type { AccountRecord } from './metro2-record.ts';
import { isGiven, valueAt } from './metro2-record.ts';

type Total = Exclude<
  keyof typeof TRAILER,
  'Record Descriptor Word' | 'Record Identifier' | 'Reserved 1' | 'Reserved 2'
>;

const TOTALS = Object.keys(TRAILER).filter((key): key is Total => /^(Total|Block)/.test(key));

/** Header and trailer are a block each, as every base record is. */
const BLOCKS_AROUND = 2;

/**
 * Counts what a trailer must state. Number totals take in values that are neither zeros nor all nines; "All" is base, J1
 * and J2 together. A named segment without its name, and a K2 or K4 without a listed indicator (a K2 that removes
 * included), is not counted. Every K3 is.
 */
export class Totals {
  private readonly counted = new Map<Total, number>([['Block Count', BLOCKS_AROUND]]);

  count(record: AccountRecord): void {
    const { text } = record;
    this.add('Total Base Records');
    this.add('Block Count');
    const status = `Total Status Code ${valueAt(text, BASE['Account Status'])}`;
    if (status in TRAILER) this.add(status as Total);
    this.countPerson(text, 0, BASE, 'Base');
    for (const { id, offset } of record.segments) {
      if (id === 'J1') {
        this.add('Total Consumer Segments J1');
        this.countPerson(text, offset, J1, 'J1');
      } else if (id === 'J2') {
        this.add('Total Consumer Segments J2');
        this.countPerson(text, offset, J2, 'J2');
      } else if (id === 'K1') {
        if (valueAt(text, K1['Original Creditor Name'], offset) !== '') this.add('Total Original Creditor Segments');
      } else if (id === 'K2') {
        if (/^[12]$/.test(valueAt(text, K2['Purchased Indicator'], offset))) this.add('Total Purchased To Segments');
      } else if (id === 'K3') {
        this.add('Total Mortgage Information Segments');
      } else if (id === 'K4') {
        if (/^0[12]$/.test(valueAt(text, K4['Specialized Payment Indicator'], offset)))
          this.add('Total Payment Information Segments');
      } else if (id === 'L1') {
        if (/^[123]$/.test(valueAt(text, L1['Change Indicator'], offset))) this.add('Total Change Segments');
      } else if (valueAt(text, N1['Employer Name'], offset) !== '') {
        this.add('Total Employment Segments');
      }
    }
  }

  /** The first total that the trailer states wrongly, in words that fit an answer; undefined where all agree. */
  disagreement(trailer: string): string | undefined {
    for (const total of TOTALS) {
      const [first, last] = TRAILER[total];
      const stated = trailer.slice(first - 1, last);
      const counted = this.counted.get(total) ?? 0;
      if (!/^\d{9}$/.test(stated)) return `TOTAL ${first}-${last} IS NOT A NUMBER`;
      if (Number(stated) !== counted) return `TOTAL ${first}-${last} SAYS ${Number(stated)} FOUND ${counted}`;
    }
    return undefined;
  }

  private countPerson(
    text: string,
    offset: number,
    layout: typeof BASE | typeof J1 | typeof J2,
    where: 'Base' | 'J1' | 'J2',
  ): void {
    if (isGiven(valueAt(text, layout['Social Security Number'], offset))) {
      this.add('Total Social Numbers All Segments');
      this.add(`Total Social Numbers ${where} Segments`);
    }
    if (isGiven(valueAt(text, layout['Date Birth'], offset))) {
      this.add('Total Dates Birth All Segments');
      this.add(`Total Dates Birth ${where} Segments`);
    }
    if (isGiven(valueAt(text, layout['Telephone Number'], offset))) this.add('Total Telephone Numbers All Segments');
    if (valueAt(text, layout['ECOA Code'], offset) === 'Z') this.add('Total ECOA Code Z');
  }

  private add(total: Total): void {
    this.counted.set(total, (this.counted.get(total) ?? 0) + 1);
  }
}
