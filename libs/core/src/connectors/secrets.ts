import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ValueOrSecret } from './connector-entry.js';

/** Looks secrets up when they are needed, so that settings and their versions never hold one. */
export class Secrets {
  constructor(
    private readonly folder: string,
    private readonly variables: NodeJS.ProcessEnv = process.env,
  ) {}

  /**
   * The value itself, or that of the secret it names: the variable CONCORD_SECRET_<NAME> (capitals, underscores), else the
   * file of that name in the secrets folder, without its last line end.
   *
   * @throws Error naming the secret that is missing
   */
  async resolve(value: ValueOrSecret): Promise<string> {
    if (typeof value === 'string') return value;
    const variable = `CONCORD_SECRET_${value.secret.toUpperCase().replaceAll('-', '_')}`;
    const fromEnvironment = this.variables[variable];
    if (fromEnvironment) return fromEnvironment;
    try {
      return (await readFile(join(this.folder, value.secret), 'utf8')).replace(/\r?\n$/, '');
    } catch (error) {
      throw new Error(`the secret ${value.secret} is neither in ${variable} nor in the secrets folder`, {
        cause: error,
      });
    }
  }
}
