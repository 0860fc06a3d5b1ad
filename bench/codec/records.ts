/** Invented base records with a K1 segment, each a new object, as they would come from a database. */

const SURNAMES = [
  'SMITH',
  'JOHNSON',
  'OLIVEIRA',
  'NGUYEN',
  'VAN DER MEER',
  'GARCIA',
  "O'BRIEN",
  'LEE',
  'PATEL',
  'KOWALSKI',
];
const FIRST_NAMES = ['MARY', 'JOHN', 'ELIZABETH', 'WEI', 'AISHA', 'CARLOS', 'SAM', 'OLGA'];
const STREETS = ['100 MAIN STREET', '2214 NORTH ELM AVENUE APT 3', '7 COURT SQUARE', '48100 COUNTY ROAD 12'];
const CITIES = ['SPRINGFIELD', 'PEORIA', 'CAIRO', 'EAST SAINT LOUIS'];
const HISTORY = 'B'.repeat(24);

function pick(list: readonly string[], index: number): string {
  return list[index % list.length] ?? '';
}

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}

export type BenchRecord = Record<string, unknown>;

/** The records of one file, made as they are asked for. */
export function* records(count: number): Generator<BenchRecord> {
  for (let i = 0; i < count; i += 1) {
    const month = twoDigits(1 + (i % 12));
    const day = twoDigits(1 + (i % 28));
    yield {
      identificationNumber: 'CITYCOLL01',
      consumerAccountNumber: `CITY${String(i).padStart(12, '0')}`,
      portfolioType: 'O',
      accountType: '48',
      dateOpened: `2025-${month}-${day}`,
      highestCredit: 100 + (i % 9_000),
      termsDuration: '001',
      actualPaymentAmount: i % 50,
      accountStatus: i % 20 === 0 ? '62' : '93',
      paymentHistoryProfile: HISTORY,
      complianceConditionCode: i % 100 === 0 ? 'XB' : undefined,
      currentBalance: 100 + (i % 8_000),
      amountPastDue: 100 + (i % 8_000),
      dateAccountInformation: '2026-11-30',
      dateFirstDelinquency: `2024-${month}-${day}`,
      dateLastPayment: i % 3 === 0 ? `2026-${month}-${day}` : undefined,
      surname: pick(SURNAMES, i),
      firstName: pick(FIRST_NAMES, i),
      socialSecurityNumber: String(100_000_000 + (i % 800_000_000)),
      dateBirth: `19${twoDigits(50 + (i % 50))}-${month}-${day}`,
      telephoneNumber: `217555${String(i % 10_000).padStart(4, '0')}`,
      ecoaCode: '1',
      firstLineAddress: pick(STREETS, i),
      city: pick(CITIES, i),
      state: 'IL',
      zipCode: `62${String(i % 1000).padStart(3, '0')}`,
      segments: [
        { segmentIdentifier: 'K1', originalCreditorName: 'CITY OF SPRINGFIELD', creditorClassification: '04' },
      ],
    };
  }
}
