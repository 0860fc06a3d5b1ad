import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { KEY_BYTES, KeyRing } from './key-ring.js';

export interface KeyFileOptions {
  /**
   * `CONCORD_KEYS` is the key ring itself, as a key file has it; `CONCORD_KEYS_FILE` names a file that the office manages:
   * it must exist and is never written.
   */
  readonly env: { readonly CONCORD_KEYS?: string | undefined; readonly CONCORD_KEYS_FILE?: string | undefined };
  /** Concord's own data folder; its `keys.json` is used where the environment names no file. */
  readonly dataFolder: string;
  /** Whether a missing `keys.json` is made. Only for a first start: new keys can't read what older ones encrypted. */
  readonly createIfMissing: boolean;
}

/** The keys can't be used. Says which file and why, never what is in it. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError';
  readonly file: string;

  constructor(file: string, reason: string, options?: ErrorOptions) {
    super(`key file ${file}: ${reason}`, options);
    this.file = file;
  }
}

const base64Key = z.base64().transform((text) => Buffer.from(text, 'base64'));
const keyFileSchema = z.strictObject({
  current: z.string(),
  keys: z.record(z.string(), base64Key),
  blindIndexKey: base64Key,
});

/**
 * Loads the key ring from `CONCORD_KEYS`, from `CONCORD_KEYS_FILE`, or from `keys.json` in the data folder.
 *
 * @throws KeyFileError when the file is missing (and may not be made), readable by others, or not a key ring.
 */
export async function loadKeyRing(options: KeyFileOptions): Promise<KeyRing> {
  const given = options.env.CONCORD_KEYS;
  if (given !== undefined && given !== '') return parseKeyFile('in CONCORD_KEYS', given);
  const named = options.env.CONCORD_KEYS_FILE;
  if (named !== undefined && named !== '') return parseKeyFile(named, await readKeyFile(named));
  const own = join(options.dataFolder, 'keys.json');
  if (options.createIfMissing && !(await isPresent(own))) await createKeyFile(own);
  await refuseReadableByOthers(own);
  return parseKeyFile(own, await readKeyFile(own));
}

async function readKeyFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new KeyFileError(file, `can't be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`, {
      cause: error,
    });
  }
}

function parseKeyFile(file: string, text: string): KeyRing {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The parser's message quotes the text, which holds keys.
    throw new KeyFileError(file, 'is not JSON');
  }
  const parsed = keyFileSchema.safeParse(json);
  if (!parsed.success) {
    const where = parsed.error.issues.map((issue) => issue.path.join('.') || 'top level').join(', ');
    throw new KeyFileError(file, `is not a key ring (${where})`);
  }
  try {
    return new KeyRing({ ...parsed.data, keys: new Map(Object.entries(parsed.data.keys)) });
  } catch (error) {
    throw new KeyFileError(file, (error as Error).message, { cause: error });
  }
}

/** Links a finished file into place, so that of two first starts at once one wins and both use its keys. */
async function createKeyFile(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const key = (): string => randomBytes(KEY_BYTES).toString('base64');
  const content = { current: 'k1', keys: { k1: key() }, blindIndexKey: key() };
  const draft = `${file}.${randomUUID()}.tmp`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(content, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
}

async function isPresent(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

async function refuseReadableByOthers(file: string): Promise<void> {
  if (process.platform === 'win32') return;
  const found = await stat(file).catch(() => null);
  if (found !== null && (found.mode & 0o077) !== 0)
    throw new KeyFileError(file, 'is open to other users; make it 0600');
}
