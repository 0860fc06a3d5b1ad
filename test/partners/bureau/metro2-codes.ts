/** Code lists of the character format, as far as this bureau knows them. Blank is judged by the edits, not here. */

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

export const PORTFOLIO_TYPES = words('C I M O R');

export const ACCOUNT_TYPES = words(`
  00 01 02 03 04 05 06 07 08 0A 0C 0F 0G 10 11 12 13 15 17 18 19 20 25 26 29 2A 2C 37 3A 43 47 48 4D 50 5A 5B
  65 66 67 68 69 6A 6B 6D 70 71 72 73 74 75 77 7A 7B 89 8A 8B 90 91 92 93 95 9A 9B`);

export const ACCOUNT_STATUSES = words('05 11 13 61 62 63 64 65 71 78 80 82 83 84 88 89 93 94 95 96 97 DA DF');

/** Statuses that take the tradeline away. */
export const DELETIONS = words('DA DF');

/** Statuses that say the account was paid. */
export const PAID = words('13 61 62 63 64 65');

/** Statuses that are delinquent by their meaning, so that a date of first delinquency must exist. */
export const DELINQUENT = words('62 64 71 78 80 82 83 84 93 97');

/** The payment rating is present with these statuses and blank with all others. */
export const RATED_STATUSES = words('05 13 65 88 89 94 95');

export const PAYMENT_RATINGS = words('0 1 2 3 4 5 6 G L');

/** Account types of those who collect or bought another's debt: they must name the original creditor. */
export const COLLECTOR_TYPES = words('48 0C');

export const TERMS_FREQUENCIES = words('D P W B E M L Q T S Y');

/** Zero, 4 and 6 are obsolete and no longer taken. */
export const ECOA_CODES = words('1 2 3 5 7 T W X Z');

export const INFORMATION_INDICATORS = words('A B C D E F G H Q R S T U V 1A 2A');

export const COMPLIANCE_CODES = words('XA XB XC XD XE XF XG XH XJ XR');

export const SPECIAL_COMMENTS = words(`
  B C H I M O S V AB AC AH AI AL AM AN AO AP AS AT AU AV AW AX AZ BA BB BC BD BE BF BG BH BI BJ BK BL BN BO BP BS BT
  CH CI CJ CK CL CM CN CO CP CS DE`);

export const CREDITOR_CLASSIFICATIONS = words('01 02 03 04 05 06 07 08 09 10 11 12 13 14 15');

export const GENERATIONS = words('J S 2 3 4 5 6 7 8 9');

export const ADDRESS_INDICATORS = words('C Y N M S B U D P');

export const RESIDENCE_CODES = words('O R');

export const INTEREST_TYPES = words('F V');

/** States, the district, territories and the military's postal "states". */
export const STATES = words(`
  AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA
  RI SC SD TN TX UT VT VA WA WV WI WY DC AS FM GU MH MP PR PW VI AA AE AP`);
