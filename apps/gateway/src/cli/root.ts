import { fileURLToPath } from 'node:url';

/** The folder that relative paths of the configuration start from: where Concord is installed. */
export const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
