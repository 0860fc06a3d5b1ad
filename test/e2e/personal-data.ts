import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

interface DemoParty {
  readonly surname: string;
  readonly firstName: string | null;
  readonly telephone: string | null;
  readonly ssn: string | null;
  readonly sin: string | null;
  readonly dateOfBirth: string | null;
  readonly address: { readonly line1: string } | null;
}

interface DemoRow {
  readonly debtor: DemoParty;
  readonly coDebtors: readonly DemoParty[];
}

/** Everything about people in the made-up cases of a data folder: names, numbers, dates of birth, streets. */
export function personalData(data: string): ReadonlySet<string> {
  const folder = join(data, 'demo');
  const rows = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) =>
      readFileSync(join(folder, name), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as DemoRow),
    );
  const parties = rows.flatMap(({ debtor, coDebtors }) => [debtor, ...coDebtors]);
  return new Set(
    parties
      .flatMap((party) => [
        party.surname,
        party.firstName,
        party.telephone,
        party.ssn,
        party.sin,
        party.dateOfBirth,
        party.address?.line1,
      ])
      .filter((value) => typeof value === 'string'),
  );
}

/** What of it stands in a text, as a whole word; no matter whether in capitals, as files for partners have it. */
export function disclosedIn(text: string, personal: ReadonlySet<string>): string[] {
  const capitals = text.toUpperCase();
  return [...personal].filter((value) => {
    const wanted = value.toUpperCase();
    for (let at = capitals.indexOf(wanted); at !== -1; at = capitals.indexOf(wanted, at + 1)) {
      const [before = '', after = ''] = [capitals[at - 1], capitals[at + wanted.length]];
      if (!/[A-Z0-9]/.test(before) && !/[A-Z0-9]/.test(after)) return true;
    }
    return false;
  });
}
