/** First and last position of a field, 1-based and inclusive, as the layouts state them. */
export type Place = readonly [first: number, last: number];

export interface RecordLayout {
  readonly length: number;
  readonly fields: { readonly [field: string]: Place };
}

/** The money columns of CACT, and of CPAY: principal, interest, other3 to other9, twelve positions each. */
export const MONEY_COLUMNS: readonly Place[] = Array.from({ length: 9 }, (_, column) => [
  44 + 12 * column,
  55 + 12 * column,
]);

/** An account that is placed with the agency. What follows position 191 is not public and not looked at. */
export const CACT = {
  length: 3000,
  fields: { fileNumber: [5, 13], account: [14, 43] },
} as const satisfies RecordLayout;

/** A debtor of a placed account. MADE UP: the real record is not public. */
export const CDBT = {
  length: 3000,
  fields: { debtorNumber: [5, 13], fileNumber: [14, 22], sequence: [23, 25], role: [26, 26], name: [28, 127] },
} as const satisfies RecordLayout;

/** A free title and value about a placed account. */
export const CMIS = {
  length: 3000,
  fields: { fileNumber: [5, 13], account: [14, 43], title: [44, 73], data: [74, 173] },
} as const satisfies RecordLayout;

/** A payment to the office, or an adjustment, told to the agency. */
export const CPAY = {
  length: 222,
  fields: {
    fileNumber: [5, 13],
    account: [14, 43],
    paymentDate: [152, 159],
    batchType: [160, 162],
    paymentIdentifier: [163, 192],
  },
} as const satisfies RecordLayout;

/** CPEN and CFIN: a recall that may be objected to, and one that is final. */
export const RECALL = {
  length: 102,
  fields: { fileNumber: [5, 13], account: [14, 43], reason: [44, 46], objectUntil: [47, 54] },
} as const satisfies RecordLayout;

/** Trailer of a placement file, the only public one. */
export const PLACEMENT_TRAILER = {
  length: 3000,
  fields: { recordCount: [85, 94], total: [95, 106], createdDate: [107, 114] },
} as const satisfies RecordLayout;

/** Trailer of the other files that state a total, both ways. MADE UP. */
export const TRAILER_WITH_TOTAL = {
  recordCount: [5, 14],
  total: [15, 26],
  createdDate: [27, 34],
} as const satisfies RecordLayout['fields'];

/** Trailer of the other files that state a count alone, both ways. MADE UP. */
export const TRAILER_WITHOUT_TOTAL = {
  recordCount: [5, 14],
  createdDate: [15, 22],
} as const satisfies RecordLayout['fields'];

/** AACK acknowledges a placement; AREC states what is held, with the same positions. */
export const AACK = {
  length: 126,
  fields: {
    fileNumber: [5, 13],
    account: [14, 43],
    originalBalance: [44, 55],
    receivedDate: [56, 63],
    currentBalance: [64, 75],
    lastPaymentDate: [76, 83],
    lastPaymentAmount: [84, 95],
  },
} as const satisfies RecordLayout;

/** A payment to the agency (type PA), or its reversal (PAR). Eight buckets of twelve positions end the public part. */
export const APAY = {
  length: 222,
  fields: {
    fileNumber: [5, 13],
    account: [14, 43],
    amount: [44, 55],
    paymentDate: [56, 63],
    type: [64, 66],
    paymentIdentifier: [67, 96],
    comment: [97, 126],
    bucket1: [127, 138],
    bucket2: [139, 150],
    bucket3: [151, 162],
    bucket4: [163, 174],
    bucket5: [175, 186],
    bucket6: [187, 198],
    bucket7: [199, 210],
    bucket8: [211, 222],
  },
} as const satisfies RecordLayout;

/** A status code with a note. */
export const ASTS = {
  length: 111,
  fields: {
    debtorNumber: [5, 13],
    fileNumber: [14, 22],
    statusCode: [23, 25],
    note: [26, 100],
    noteDate: [101, 108],
  },
} as const satisfies RecordLayout;

/** A new address of a debtor. */
export const AUAD = {
  length: 628,
  fields: {
    debtorNumber: [5, 13],
    fileNumber: [14, 22],
    street1: [23, 150],
    city: [279, 308],
    state: [309, 311],
    zip: [312, 321],
    date: [621, 628],
  },
} as const satisfies RecordLayout;

/** A new telephone number of a debtor. */
export const AUPH = {
  length: 628,
  fields: { debtorNumber: [5, 13], fileNumber: [14, 22], phoneType: [23, 23], number: [24, 53], date: [84, 91] },
} as const satisfies RecordLayout;

/** Something that a debtor owns. */
export const AAST = {
  length: 3000,
  fields: {
    debtorNumber: [5, 13],
    fileNumber: [14, 22],
    assetId: [23, 31],
    assetTypeId: [32, 40],
    name: [41, 90],
    description: [91, 290],
    value: [291, 302],
    lien: [303, 314],
  },
} as const satisfies RecordLayout;

/** A debtor's bankruptcy. MADE UP: the real record is not public. Action A tells one, D takes it back. */
export const ABKR = {
  length: 400,
  fields: {
    debtorNumber: [5, 13],
    fileNumber: [14, 22],
    action: [23, 23],
    chapter: [24, 26],
    caseNumber: [27, 46],
    court: [47, 86],
    filedDate: [87, 94],
    dismissedDate: [103, 110],
  },
} as const satisfies RecordLayout;

/** An objection to a recall. */
export const AOBJ = {
  length: 102,
  fields: { fileNumber: [5, 13], account: [14, 43], reason: [44, 46], date: [47, 54] },
} as const satisfies RecordLayout;
