/** One account placed with the agency, as the file states it. Money in cents. */
export interface PlacedAccount {
  readonly fileNumber: string;
  readonly account: string;
  readonly amountMinor: number;
  readonly debtorNumbers: string[];
  /** Free titles and values (CMIS). */
  readonly miscellaneous: { [title: string]: string };
}

/** A payment or an adjustment at the office. `amountMinor` is above zero; the batch type says which way it goes. */
export interface PaymentNotice {
  readonly fileNumber: string;
  readonly account: string;
  readonly amountMinor: number;
  readonly on: string;
  readonly batchType: string;
  readonly identifier: string;
}

export interface Recall {
  readonly kind: 'CPEN' | 'CFIN';
  readonly fileNumber: string;
  readonly account: string;
  readonly reason: string;
  /** Last date to object, or null for none. */
  readonly objectUntil: string | null;
}

interface Framed {
  /** Records before the trailer. */
  readonly records: number;
  /** Created date of the trailer: the agency's "today" for what it answers. */
  readonly createdOn: string;
}

/** What an office tells the agency in one file. */
export type OfficeFile =
  | (Framed & { readonly kind: 'placements'; readonly placed: readonly PlacedAccount[] })
  | (Framed & { readonly kind: 'payments'; readonly notices: readonly PaymentNotice[] })
  | (Framed & { readonly kind: 'recalls'; readonly recalls: readonly Recall[] });

/** A file that was read, or why it must not be processed. */
export type FileReading =
  | { readonly file: OfficeFile; readonly refused?: undefined }
  | { readonly refused: string; readonly records: number; readonly file?: undefined };
