import type { Statement } from './statements.js';

/**
 * Statements that are applied in one transaction: enough that its fixed cost is spread over many, and few enough that the
 * cases they lock are soon free again. A plugin's process hands over far fewer at a time.
 */
export const STATEMENTS_IN_PART = 5_000;

/**
 * Cuts a file into the parts that are applied one by one, the same ones each time that it is read. The end of an answer stands
 * alone: it speaks of all records that came before it.
 */
export async function* inParts(batches: AsyncIterable<readonly Statement[]>): AsyncIterable<Statement[]> {
  let part: Statement[] = [];
  for await (const batch of batches) {
    for (const statement of batch) {
      if (!('fault' in statement) && statement.kind === 'file-answered') {
        if (part.length > 0) yield part;
        yield [statement];
        part = [];
        continue;
      }
      part.push(statement);
      if (part.length < STATEMENTS_IN_PART) continue;
      yield part;
      part = [];
    }
  }
  if (part.length > 0) yield part;
}
