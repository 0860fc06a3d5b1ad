import type { DataSource } from 'typeorm';
import { rows } from '../../database/sql.js';
import type { Alert, AlertCause } from '../alerts.js';

const MINUTE_MS = 60_000;
/** Batches take seconds; reading a file to its end, which is one step, takes minutes. */
const STANDS_STILL_MS = 30 * MINUTE_MS;
const NAMED = 5;
const KEPT = 100;

/** The causes that {@link hostFilesWaiting} finds. */
export const HOST_FILE_CAUSES = ['host-file-held', 'host-file-refused', 'host-file-stopped'] as const;
type HostFileCause = (typeof HOST_FILE_CAUSES)[number] & AlertCause;

interface WaitingFile {
  readonly id: string;
  readonly jurisdictionId: string;
  readonly systemId: string;
  readonly definition: string;
  readonly fileName: string;
  readonly receivedAt: Date;
  readonly cause: HostFileCause;
}

/** What is said of one file, and of several. */
const WORDS: Readonly<Record<HostFileCause, readonly [string, string]>> = {
  'host-file-held': ['waits for a person, who accepts or refuses it', 'wait for a person, who accepts or refuses them'],
  'host-file-refused': [
    'was refused, and no right one was applied since',
    'were refused, and no right one was applied since',
  ],
  'host-file-stopped': ['was begun and not gone on with', 'were begun and not gone on with'],
};

/**
 * Files of host systems that nobody would notice: that wait for a person, were refused with no right one applied since, or
 * were cut off. One alert for each kind of file of a system, which names them by their file names.
 */
export async function hostFilesWaiting(exchange: DataSource, now: Date): Promise<Alert[]> {
  const found = await rows<WaitingFile>(
    exchange,
    `select f.id, f.jurisdiction_id as "jurisdictionId", f.system_id as "systemId", f.definition, f.file_name as "fileName",
            f.received_at as "receivedAt",
            case f.state when 'held' then 'host-file-held' when 'refused' then 'host-file-refused'
                         else 'host-file-stopped' end as cause
     from cases_v1.host_file f
     where f.state = 'held'
        or (f.state in ('reading', 'applying') and f.progressed_at < $1)
        or (f.state = 'refused' and not exists (
              select 1 from cases_v1.host_file o
              where o.jurisdiction_id = f.jurisdiction_id and o.system_id = f.system_id and o.definition = f.definition
                and o.state = 'applied' and o.received_at > f.received_at))
     order by f.received_at, f.id`,
    [new Date(now.getTime() - STANDS_STILL_MS)],
  );
  const groups = Map.groupBy(found, (file) => `${file.jurisdictionId} ${aboutOf(file)} ${file.cause}`);
  return [...groups.values()].map(alertOf);
}

const aboutOf = ({ systemId, definition }: WaitingFile): string => `${systemId}/${definition}`;

function alertOf(files: readonly WaitingFile[]): Alert {
  const { jurisdictionId, cause } = files[0]!;
  const about = aboutOf(files[0]!);
  const what =
    files.length === 1
      ? `A file of ${about} ${WORDS[cause][0]}`
      : `${files.length} files of ${about} ${WORDS[cause][1]}`;
  const names = files.slice(0, NAMED).map(({ fileName }) => fileName);
  const more = files.length > NAMED ? ` and ${files.length - NAMED} more` : '';
  return {
    ...{ jurisdictionId, connectorId: null, cause, about },
    message: `${what}: ${names.join(', ')}${more}.`,
    details: {
      count: files.length,
      files: files.slice(0, KEPT).map(({ id, fileName, receivedAt }) => ({ id, file: fileName, receivedAt })),
    },
  };
}
