/** How a field is filled: `any` is not looked at. `number` is digits, `date` is MMDDYYYY, `stamp` is MMDDYYYYHHMMSS, zeros where unknown. */
export type FieldKind = 'any' | 'text' | 'number' | 'date' | 'stamp';

/** First and last position, 1-based and inclusive, and the kind. */
export type FieldPlace = readonly [first: number, last: number, kind: FieldKind];

/** The fields of one record or segment of the character format, by the names that the bureau uses in its answers. */
export type Layout = { readonly [field: string]: FieldPlace };

/** Header of a file, 426 bytes. */
export const HEADER = {
  'Record Descriptor Word': [1, 4, 'any'],
  'Record Identifier': [5, 10, 'any'],
  'Cycle Identifier': [11, 12, 'text'],
  'Innovis Program Identifier': [13, 22, 'text'],
  'Equifax Program Identifier': [23, 32, 'text'],
  'Experian Program Identifier': [33, 37, 'text'],
  'Trans Union Program Identifier': [38, 47, 'text'],
  'Activity Date': [48, 55, 'date'],
  'Date Created': [56, 63, 'date'],
  'Program Date': [64, 71, 'date'],
  'Program Revision Date': [72, 79, 'date'],
  'Reporter Name': [80, 119, 'text'],
  'Reporter Address': [120, 215, 'text'],
  'Reporter Telephone Number': [216, 225, 'number'],
  'Software Vendor Name': [226, 265, 'text'],
  'Software Version Number': [266, 270, 'text'],
  'PRBC Program Identifier': [271, 280, 'text'],
  Reserved: [281, 426, 'any'],
} as const satisfies Layout;

/** Base segment: one account, 426 bytes, followed by its appended segments. */
export const BASE = {
  'Record Descriptor Word': [1, 4, 'any'],
  'Processing Indicator': [5, 5, 'number'],
  'Time Stamp': [6, 19, 'stamp'],
  'Correction Indicator': [20, 20, 'number'],
  'Identification Number': [21, 40, 'text'],
  'Cycle Identifier': [41, 42, 'text'],
  'Consumer Account Number': [43, 72, 'text'],
  'Portfolio Type': [73, 73, 'text'],
  'Account Type': [74, 75, 'text'],
  'Date Opened': [76, 83, 'date'],
  'Credit Limit': [84, 92, 'number'],
  'Highest Credit': [93, 101, 'number'],
  'Terms Duration': [102, 104, 'text'],
  'Terms Frequency': [105, 105, 'text'],
  'Scheduled Monthly Payment Amount': [106, 114, 'number'],
  'Actual Payment Amount': [115, 123, 'number'],
  'Account Status': [124, 125, 'text'],
  'Payment Rating': [126, 126, 'text'],
  'Payment History Profile': [127, 150, 'text'],
  'Special Comment': [151, 152, 'text'],
  'Compliance Condition Code': [153, 154, 'text'],
  'Current Balance': [155, 163, 'number'],
  'Amount Past Due': [164, 172, 'number'],
  'Original Charge Off Amount': [173, 181, 'number'],
  'Date Account Information': [182, 189, 'date'],
  'Date First Delinquency': [190, 197, 'date'],
  'Date Closed': [198, 205, 'date'],
  'Date Last Payment': [206, 213, 'date'],
  'Interest Type Indicator': [214, 214, 'text'],
  'Reserved 2': [215, 231, 'any'],
  Surname: [232, 256, 'text'],
  'First Name': [257, 276, 'text'],
  'Middle Name': [277, 296, 'text'],
  'Generation Code': [297, 297, 'text'],
  'Social Security Number': [298, 306, 'number'],
  'Date Birth': [307, 314, 'date'],
  'Telephone Number': [315, 324, 'number'],
  'ECOA Code': [325, 325, 'text'],
  'Consumer Information Indicator': [326, 327, 'text'],
  'Country Code': [328, 329, 'text'],
  'First Line Address': [330, 361, 'text'],
  'Second Line Address': [362, 393, 'text'],
  City: [394, 413, 'text'],
  State: [414, 415, 'text'],
  'Zip Code': [416, 424, 'text'],
  'Address Indicator': [425, 425, 'text'],
  'Residence Code': [426, 426, 'text'],
} as const satisfies Layout;

/** Associated consumer at the same address. */
export const J1 = {
  'Segment Identifier': [1, 2, 'any'],
  'Reserved 1': [3, 3, 'any'],
  Surname: [4, 28, 'text'],
  'First Name': [29, 48, 'text'],
  'Middle Name': [49, 68, 'text'],
  'Generation Code': [69, 69, 'text'],
  'Social Security Number': [70, 78, 'number'],
  'Date Birth': [79, 86, 'date'],
  'Telephone Number': [87, 96, 'number'],
  'ECOA Code': [97, 97, 'text'],
  'Consumer Information Indicator': [98, 99, 'text'],
  'Reserved 2': [100, 100, 'any'],
} as const satisfies Layout;

/** Associated consumer at a different address. */
export const J2 = {
  'Segment Identifier': [1, 2, 'any'],
  'Reserved 1': [3, 3, 'any'],
  Surname: [4, 28, 'text'],
  'First Name': [29, 48, 'text'],
  'Middle Name': [49, 68, 'text'],
  'Generation Code': [69, 69, 'text'],
  'Social Security Number': [70, 78, 'number'],
  'Date Birth': [79, 86, 'date'],
  'Telephone Number': [87, 96, 'number'],
  'ECOA Code': [97, 97, 'text'],
  'Consumer Information Indicator': [98, 99, 'text'],
  'Country Code': [100, 101, 'text'],
  'First Line Address': [102, 133, 'text'],
  'Second Line Address': [134, 165, 'text'],
  City: [166, 185, 'text'],
  State: [186, 187, 'text'],
  'Zip Code': [188, 196, 'text'],
  'Address Indicator': [197, 197, 'text'],
  'Residence Code': [198, 198, 'text'],
  'Reserved 2': [199, 200, 'any'],
} as const satisfies Layout;

/** Original creditor. */
export const K1 = {
  'Segment Identifier': [1, 2, 'any'],
  'Original Creditor Name': [3, 32, 'text'],
  'Creditor Classification': [33, 34, 'number'],
} as const satisfies Layout;

/** Purchased from or sold to. */
export const K2 = {
  'Segment Identifier': [1, 2, 'any'],
  'Purchased Indicator': [3, 3, 'number'],
  'Purchased Name': [4, 33, 'text'],
  Reserved: [34, 34, 'any'],
} as const satisfies Layout;

/** Mortgage information. */
export const K3 = {
  'Segment Identifier': [1, 2, 'any'],
  'Agency Identifier': [3, 4, 'number'],
  'Account Number': [5, 22, 'text'],
  'Mortgage Identification Number': [23, 40, 'text'],
} as const satisfies Layout;

/** Specialised payment information. */
export const K4 = {
  'Segment Identifier': [1, 2, 'any'],
  'Specialized Payment Indicator': [3, 4, 'number'],
  'Deferred Payment Start Date': [5, 12, 'date'],
  'Balloon Payment Due Date': [13, 20, 'date'],
  'Balloon Payment Amount': [21, 29, 'number'],
  Reserved: [30, 30, 'any'],
} as const satisfies Layout;

/** Change of account number or identification number. */
export const L1 = {
  'Segment Identifier': [1, 2, 'any'],
  'Change Indicator': [3, 3, 'number'],
  'New Consumer Account Number': [4, 33, 'text'],
  'New Identification Number': [34, 53, 'text'],
  Reserved: [54, 54, 'any'],
} as const satisfies Layout;

/** Employment. */
export const N1 = {
  'Segment Identifier': [1, 2, 'any'],
  'Employer Name': [3, 32, 'text'],
  'First Line Employer Address': [33, 64, 'text'],
  'Second Line Employer Address': [65, 96, 'text'],
  'Employer City': [97, 116, 'text'],
  'Employer State': [117, 118, 'text'],
  'Zip Code': [119, 127, 'text'],
  Occupation: [128, 145, 'text'],
  Reserved: [146, 146, 'any'],
} as const satisfies Layout;

/** Trailer of a file, 426 bytes. Every total has nine digits. */
export const TRAILER = {
  'Record Descriptor Word': [1, 4, 'any'],
  'Record Identifier': [5, 11, 'any'],
  'Total Base Records': [12, 20, 'number'],
  'Reserved 1': [21, 29, 'any'],
  'Total Status Code DF': [30, 38, 'number'],
  'Total Consumer Segments J1': [39, 47, 'number'],
  'Total Consumer Segments J2': [48, 56, 'number'],
  'Block Count': [57, 65, 'number'],
  'Total Status Code DA': [66, 74, 'number'],
  'Total Status Code 05': [75, 83, 'number'],
  'Total Status Code 11': [84, 92, 'number'],
  'Total Status Code 13': [93, 101, 'number'],
  'Total Status Code 61': [102, 110, 'number'],
  'Total Status Code 62': [111, 119, 'number'],
  'Total Status Code 63': [120, 128, 'number'],
  'Total Status Code 64': [129, 137, 'number'],
  'Total Status Code 65': [138, 146, 'number'],
  'Total Status Code 71': [147, 155, 'number'],
  'Total Status Code 78': [156, 164, 'number'],
  'Total Status Code 80': [165, 173, 'number'],
  'Total Status Code 82': [174, 182, 'number'],
  'Total Status Code 83': [183, 191, 'number'],
  'Total Status Code 84': [192, 200, 'number'],
  'Total Status Code 88': [201, 209, 'number'],
  'Total Status Code 89': [210, 218, 'number'],
  'Total Status Code 93': [219, 227, 'number'],
  'Total Status Code 94': [228, 236, 'number'],
  'Total Status Code 95': [237, 245, 'number'],
  'Total Status Code 96': [246, 254, 'number'],
  'Total Status Code 97': [255, 263, 'number'],
  'Total ECOA Code Z': [264, 272, 'number'],
  'Total Employment Segments': [273, 281, 'number'],
  'Total Original Creditor Segments': [282, 290, 'number'],
  'Total Purchased To Segments': [291, 299, 'number'],
  'Total Mortgage Information Segments': [300, 308, 'number'],
  'Total Payment Information Segments': [309, 317, 'number'],
  'Total Change Segments': [318, 326, 'number'],
  'Total Social Numbers All Segments': [327, 335, 'number'],
  'Total Social Numbers Base Segments': [336, 344, 'number'],
  'Total Social Numbers J1 Segments': [345, 353, 'number'],
  'Total Social Numbers J2 Segments': [354, 362, 'number'],
  'Total Dates Birth All Segments': [363, 371, 'number'],
  'Total Dates Birth Base Segments': [372, 380, 'number'],
  'Total Dates Birth J1 Segments': [381, 389, 'number'],
  'Total Dates Birth J2 Segments': [390, 398, 'number'],
  'Total Telephone Numbers All Segments': [399, 407, 'number'],
  'Reserved 2': [408, 426, 'any'],
} as const satisfies Layout;

export const HEADER_LENGTH = 426;
export const BASE_LENGTH = 426;
export const TRAILER_LENGTH = 426;

export type SegmentId = 'J1' | 'J2' | 'K1' | 'K2' | 'K3' | 'K4' | 'L1' | 'N1';

/** Appended segments in the order in which they must follow the base segment. */
export const SEGMENTS: readonly {
  readonly id: SegmentId;
  readonly length: number;
  readonly repeats: boolean;
  readonly layout: Layout;
}[] = [
  { id: 'J1', length: 100, repeats: true, layout: J1 },
  { id: 'J2', length: 200, repeats: true, layout: J2 },
  { id: 'K1', length: 34, repeats: false, layout: K1 },
  { id: 'K2', length: 34, repeats: false, layout: K2 },
  { id: 'K3', length: 40, repeats: false, layout: K3 },
  { id: 'K4', length: 30, repeats: false, layout: K4 },
  { id: 'L1', length: 54, repeats: false, layout: L1 },
  { id: 'N1', length: 146, repeats: false, layout: N1 },
];
