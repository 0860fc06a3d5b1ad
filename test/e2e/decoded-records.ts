/** A record as `concord file decode` prints it, fields by name; a fault as `concord file check --json` prints it. */
export type DecodedRecord = Readonly<Record<string, unknown>>;

/** The objects of JSON Lines. */
export function parseRecords(lines: string): DecodedRecord[] {
  return lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as DecodedRecord);
}
