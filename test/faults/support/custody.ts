import { readOfficeFile } from '../../partners/agency/read-office-file.js';

/** Something that begins or ends that an agency has accounts: a file of the office's that arrived, or the agency's own word. */
type Happening =
  | { readonly agency: string; readonly arrived: Buffer }
  | { readonly agency: string; readonly ended: readonly string[] };

/**
 * Who has which account, seen at the doors of all agencies: a placement has it from its arrival on, whenever the agency reads it,
 * until a final recall arrives or the agency itself refused it or gave it back.
 */
export class Custody {
  private readonly happenings: Happening[] = [];

  arrived(agency: string, file: Buffer): void {
    this.happenings.push({ agency, arrived: file });
  }

  /** @param fileNumbers accounts that the agency refused or gave back */
  ended(agency: string, fileNumbers: readonly string[]): void {
    this.happenings.push({ agency, ended: fileNumbers });
  }

  /** @returns what two agencies had at once, in words */
  async heldTwice(): Promise<string[]> {
    const holders = new Map<string, string>();
    const found: string[] = [];
    const end = (agency: string, fileNumber: string): void => {
      if (holders.get(fileNumber) === agency) holders.delete(fileNumber);
    };
    for (const happening of this.happenings) {
      const { agency } = happening;
      if ('ended' in happening) {
        for (const fileNumber of happening.ended) end(agency, fileNumber);
        continue;
      }
      const { file } = await readOfficeFile(happening.arrived);
      if (file?.kind === 'recalls') {
        for (const { kind, fileNumber } of file.recalls) if (kind === 'CFIN') end(agency, fileNumber);
      }
      if (file?.kind !== 'placements') continue;
      for (const { fileNumber } of file.placed) {
        const holder = holders.get(fileNumber) ?? agency;
        if (holder !== agency) found.push(`${fileNumber} went to ${agency} while ${holder} had it`);
        holders.set(fileNumber, agency);
      }
    }
    return found;
  }
}
