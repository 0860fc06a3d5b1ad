import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

export default [createHash, readFile];
