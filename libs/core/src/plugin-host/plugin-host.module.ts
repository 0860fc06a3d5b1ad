import { join } from 'node:path';
import { Global, Inject, Module } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { surveyPlugins } from '../connectors/plugin-list.js';
import type { Environment } from '../platform/environment.js';
import { ENVIRONMENT, LOG, PLUGINS } from '../platform/tokens.js';
import { openPluginHost } from './open-plugin-host.js';
import { PluginHost } from './pool.js';

/** The child processes that plugins run in, and the plugins of the list as they describe themselves, or can't. */
@Global()
@Module({
  providers: [
    { provide: PluginHost, inject: [LOG], useFactory: (log: Logger) => openPluginHost(log) },
    {
      provide: PLUGINS,
      inject: [PluginHost, ENVIRONMENT],
      useFactory: (host: PluginHost, { configFolder }: Environment) =>
        surveyPlugins(host, join(configFolder, 'plugins.yaml')),
    },
  ],
  exports: [PluginHost, PLUGINS],
})
export class PluginHostModule implements OnApplicationShutdown {
  constructor(@Inject(PluginHost) private readonly host: PluginHost) {}

  onApplicationShutdown(): void {
    this.host.close();
  }
}
