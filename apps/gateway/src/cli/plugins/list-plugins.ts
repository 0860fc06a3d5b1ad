import { configuredPlugins, terminalHost } from '../file/file-job.js';
import { table } from '../render/table.js';
import { print } from '../terminal.js';

/** A plugin as scripts see it. The shape is a contract. */
interface ListedPlugin {
  readonly id: string;
  readonly family: string;
  readonly title: string;
  readonly acts: readonly string[];
  readonly requests: readonly string[];
  readonly fileKinds: readonly string[];
}

/** Lists the plugins that are loaded. */
export async function listPlugins(json: boolean): Promise<void> {
  const host = terminalHost();
  try {
    const listed = (await configuredPlugins(host)).map(({ description }): ListedPlugin => ({
      id: description.id,
      family: description.family,
      title: description.title,
      acts: description.act === null ? [] : [description.act],
      requests: description.requests,
      fileKinds: [...description.outboundKinds, ...description.inboundKinds].map(({ kind }) => kind),
    }));
    if (json) return print(JSON.stringify(listed, null, 2));
    print(
      table<ListedPlugin>(
        [
          { title: 'Id', value: ({ id }) => id },
          { title: 'Family', value: ({ family }) => family },
          { title: 'Title', value: ({ title }) => title },
          { title: 'Acts', value: ({ acts }) => acts.join(', ') },
          { title: 'Requests', value: ({ requests }) => requests.join(', ') },
          { title: 'Files', value: ({ fileKinds }) => fileKinds.join(', ') },
        ],
        listed,
      ),
    );
  } finally {
    host.close();
  }
}
