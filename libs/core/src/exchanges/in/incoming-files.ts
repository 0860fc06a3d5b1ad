import type { DataSource } from 'typeorm';
import type { RemoteFile } from '../../channels/file-channel.js';
import { unsafeNameReason } from '../../channels/remote-name.js';
import type { Connector } from '../../connectors/connector.js';
import { takeOf } from '../../connectors/entry/incoming.js';
import { arrivalsLying } from './arrivals.js';
import { unchangedFiles } from './stable-files.js';

/** Names under which partners write what is not finished yet. */
const UNFINISHED = /\.(tmp|part|filepart)$/i;

/** A file in the partner's folder, and the kind that its name says it is. */
export interface IncomingFile {
  readonly file: RemoteFile;
  readonly kind: string;
  /** Name of the file that says that this one is finished, where the partner leaves one. */
  readonly doneFile: string | null;
}

/** Of what lies in the partner's folder: finished files of the connector's kinds, in the order of their names. */
export async function finishedFiles(
  exchange: DataSource,
  connector: Connector,
  listed: readonly RemoteFile[],
  at: Date,
): Promise<IncomingFile[]> {
  const { when, doneSuffix } = takeOf(connector.body);
  const named = ofKnownKinds(connector, listed).filter(
    ({ file }) => when !== 'done-file' || !file.name.endsWith(doneSuffix),
  );
  if (when === 'present') return named;
  if (when === 'stable') {
    const unchanged = await unchangedFiles(
      exchange,
      connector,
      named.map(({ file }) => file),
      at,
    );
    return named.filter(({ file }) => unchanged.has(file.name));
  }
  const names = new Set(listed.map(({ name }) => name));
  // Its done-file goes first, so that one that is left behind never vouches for a later file of its name. A file that was
  // taken and is still there has therefore none.
  const taken = await arrivalsLying(exchange, connector.id);
  return named.flatMap((incoming) => {
    const doneFile = `${incoming.file.name}${doneSuffix}`;
    if (names.has(doneFile)) return [{ ...incoming, doneFile }];
    return taken.some((arrival) => arrival.isOf(incoming.file)) ? [incoming] : [];
  });
}

function ofKnownKinds(connector: Connector, listed: readonly RemoteFile[]): IncomingFile[] {
  return listed
    .filter(({ name }) => !UNFINISHED.test(name) && unsafeNameReason(name) === null)
    .flatMap((file) => {
      const inbound = connector.inbound.find(({ match }) => matches(match, file.name));
      return inbound ? [{ file, kind: inbound.kind, doneFile: null }] : [];
    })
    .sort((a, b) => (a.file.name < b.file.name ? -1 : 1));
}

function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(name);
}
