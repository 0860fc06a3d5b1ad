/**
 * Kinds of account. A collection agency or attorney reports 48 whatever the debt is; the kinds of government debt (70-75)
 * and 92 for utilities belong to a creditor that reports its own accounts.
 */
export const ACCOUNT_TYPES: readonly string[] = [
  ...['00', '01', '02', '03', '04', '05', '06', '07', '08', '0A', '0C', '0F', '0G'],
  ...['10', '11', '12', '13', '15', '17', '18', '19', '20', '25', '26', '29', '2A', '2C'],
  ...['37', '3A', '43', '47', '48', '4D', '50', '5A', '5B', '65', '66', '67', '68', '69', '6A', '6B', '6D'],
  ...['70', '71', '72', '73', '74', '75', '77', '7A', '7B', '89', '8A', '8B'],
  ...['90', '91', '92', '93', '95', '9A', '9B'],
];

export const COLLECTION_AGENCY = '48';
/** Who reports bought the debt. */
export const DEBT_BUYER = '0C';
