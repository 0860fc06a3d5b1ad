import type { Finding } from '@concord/plugin-sdk';
import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';
import type { ExchangeRow } from '../exchange-ledger.js';
import type { Numbered, Statement } from './statements.js';

interface Place {
  readonly sequence: number;
  readonly kind: string;
  readonly status: string;
  /** As the plugin gave it; null for a record that could not be read. */
  readonly key: string | null;
}

/** What the ledger has of a file that was applied, place by place, for reading the same file again. */
export class PlacesOnRecord {
  private constructor(
    private readonly exchangeId: string,
    /** Places that the file itself has; what follows was mended, read later, or is missing from a list. */
    private readonly length: number,
    private readonly keysBehind: ReadonlySet<string>,
  ) {}

  static async of(on: Queryable, { id }: Pick<ExchangeRow, 'id'>): Promise<PlacesOnRecord> {
    const [file] = await rows<{ records: number }>(on, 'select records from exchange.exchange where id = $1', [id]);
    const length = file!.records;
    const behind = await rows<{ key: string }>(
      on,
      `select finding->>'naturalKey' as key from exchange.inbound_record
       where exchange_id = $1 and sequence > $2 and finding ? 'naturalKey'`,
      [id, length],
    );
    return new PlacesOnRecord(id, length, new Set(behind.map(({ key }) => key)));
  }

  /** Whether a place was on record when the file was applied. */
  isInFile(sequence: number): boolean {
    return sequence <= this.length;
  }

  /**
   * Where a part of the file says something else than what is on record at the same place.
   *
   * @returns the place, or null where all is as it was, or could not be read then or now
   */
  async firstReadOtherwise(on: Queryable, first: number, part: readonly Statement[]): Promise<number | null> {
    const known = await this.places(on, first, part.length);
    for (const { sequence, statement } of numberedFrom(first, part)) {
      const place = known.get(sequence);
      if ('fault' in statement || place === undefined || place.kind === 'fault') continue;
      if (place.key !== statement.naturalKey) return sequence;
    }
    return null;
  }

  /** What of a part has never had an effect and about which nobody decided. */
  async missing(on: Queryable, first: number, part: readonly Statement[]): Promise<Numbered<Finding>[]> {
    const known = await this.places(on, first, part.length);
    return numberedFrom(first, part).flatMap(({ sequence, statement }) => {
      if ('fault' in statement) return [];
      const place = known.get(sequence);
      const isMissing =
        sequence > this.length
          ? !this.keysBehind.has(statement.naturalKey)
          : place === undefined || (place.kind === 'fault' && place.status === 'quarantined');
      return isMissing ? [{ sequence, statement }] : [];
    });
  }

  private async places(on: Queryable, first: number, count: number): Promise<ReadonlyMap<number, Place>> {
    const found = await rows<Place>(
      on,
      `select sequence, kind, status, finding->>'naturalKey' as key from exchange.inbound_record
       where exchange_id = $1 and sequence between $2 and $3`,
      [this.exchangeId, first, Math.min(first + count - 1, this.length)],
    );
    return new Map(found.map((place) => [place.sequence, place]));
  }
}

function numberedFrom(first: number, part: readonly Statement[]): Numbered<Statement>[] {
  return part.map((statement, index) => ({ sequence: first + index, statement }));
}
