/** When claims of some kinds are barred by time, as an office's counsel reads its law. */
export interface LimitationPeriod {
  readonly debtTypes: readonly string[];
  readonly years: number;
  /** The date of the debt from which the period runs. A debt without that date is never told to be barred. */
  readonly runsFrom: 'incurred' | 'delinquent';
  /** Whether a payment starts the period again. The last one counts, also where it came after the end of the period. */
  readonly restartsOnPayment: boolean;
  /** The provision, told with each recommendation. */
  readonly citation: string;
}

/** For which reasons an office wants debts put up to be written off. Nothing is built in: a reason that is null is not used. */
export interface WriteOffPolicy {
  /** Whole years since the debt became overdue. */
  readonly olderThanYears: number | null;
  /** Minor units: what is owed is less than collecting it costs. */
  readonly costOfCollectionMinor: number | null;
  readonly limitation: readonly LimitationPeriod[];
  readonly deceasedWithoutEstate: boolean;
  readonly dischargedInsolvency: boolean;
  /** So many letters came back since anybody was reached or paid. */
  readonly returnedNotices: number | null;
}

export const NO_WRITE_OFF_POLICY: WriteOffPolicy = {
  olderThanYears: null,
  costOfCollectionMinor: null,
  limitation: [],
  deceasedWithoutEstate: false,
  dischargedInsolvency: false,
  returnedNotices: null,
};
