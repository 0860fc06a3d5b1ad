/** Where a debtor has moved to, as AUAD states it: thirty positions of city, three of state, ten of ZIP. */
export interface NewAddress {
  readonly street1: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
}
