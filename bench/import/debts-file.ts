import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';

const HEADER =
  'source_reference,type,incurred_on,delinquent_on,notice_sent_on,amount,fees,debtor_reference,debtor_kind,surname,first_name,' +
  'line1,city,region,postal_code,country,ssn,date_of_birth';

/** Every debtor has so many debts: a person owes more than once. */
const DEBTS_EACH = 2;

/** Writes a source's file of made-up debts as CSV. Areas from 900 on are never given out as SSN. */
export async function writeDebtsFile(path: string, debts: number): Promise<void> {
  const file = createWriteStream(path);
  file.write(`${HEADER}\n`);
  let lines: string[] = [];
  for (let n = 0; n < debts; n += 1) {
    const person = Math.floor(n / DEBTS_EACH);
    const fee = n % 4 === 0 ? `${10 + (n % 40)}.00` : '';
    lines.push(
      `B-${n},utility,2025-05-01,2025-06-15,2025-07-01,${100 + (n % 900)}.${String(n % 100).padStart(2, '0')},${fee},` +
        `P-${person},person,Sample${person},Robin,${1 + (person % 9999)} Example Street,Exampleton,TX,75001,US,` +
        `9${String(person % 100_000_000).padStart(8, '0')},19${50 + (person % 50)}-07-${String(1 + (person % 28)).padStart(2, '0')}\n`,
    );
    if (lines.length < 5000) continue;
    if (!file.write(lines.join(''))) await once(file, 'drain');
    lines = [];
  }
  file.end(lines.join(''));
  await finished(file);
}
