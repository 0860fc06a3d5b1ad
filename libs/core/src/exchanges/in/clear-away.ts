import { remotePath } from '../../channels/file-channel.js';
import type { FileChannel } from '../../channels/file-channel.js';
import type { Connector } from '../../connectors/connector.js';
import { takeOf } from '../../connectors/entry/incoming.js';
import { Refusal } from '../../platform/errors.js';
import type { CollectedFile } from './collect.js';
import type { IncomingFile } from './incoming-files.js';

const HASH_SHOWN = 12;

/** Takes a file that has been dealt with away from the partner's folder: it is deleted, or moved where the partner wants it. */
export async function clearAway(
  channel: FileChannel,
  connector: Connector,
  { file, doneFile }: IncomingFile,
  { contentHash }: CollectedFile,
): Promise<void> {
  const folder = connector.body.channel.collectFrom;
  const path = remotePath(folder, file.name);
  if (doneFile !== null) await channel.remove(remotePath(folder, doneFile));
  const { afterwards } = takeOf(connector.body);
  if (afterwards === 'delete') {
    await channel.remove(path);
    return;
  }
  if (remotePath(afterwards.moveTo, '') === remotePath(folder, '')) {
    throw new Refusal(
      'configuration',
      `connector ${connector.id}: take.afterwards.moveTo is the folder that is collected`,
    );
  }
  const target = remotePath(afterwards.moveTo, file.name);
  if (!(await channel.exists(target))) {
    await channel.rename(path, target);
    return;
  }
  // What lies there under this name came earlier: it is neither replaced nor kept twice.
  const beside = `${target}.${contentHash.slice(0, HASH_SHOWN)}`;
  if (await channel.exists(beside)) await channel.remove(path);
  else await channel.rename(path, beside);
}
