import { remotePath } from '../../channels/file-channel.js';
import type { FileChannel, RemoteFile } from '../../channels/file-channel.js';

/** What was read is not what was listed: the partner is still writing, or has replaced the file. */
export class StillGrowing extends Error {
  override readonly name = 'StillGrowing';
}

/**
 * Reads a file whose size is the same in the listing, on the way and afterwards. It fails before its end is given out, so
 * that nothing half is archived.
 *
 * @throws StillGrowing while iterating
 */
export async function* wholeDownload(
  channel: FileChannel,
  folder: string,
  file: RemoteFile,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of channel.download(folder, file.name)) {
    bytes += chunk.length;
    if (bytes > file.size) throw new StillGrowing(`more than the ${file.size} bytes that were listed`);
    yield chunk;
  }
  if (bytes !== file.size) throw new StillGrowing(`${bytes} bytes where ${file.size} were listed`);
  const after = await channel.size(remotePath(folder, file.name));
  if (after !== file.size)
    throw new StillGrowing(`${file.size} bytes were listed, afterwards there are ${after ?? 'none'}`);
}
