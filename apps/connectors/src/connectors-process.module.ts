import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ConfigurationModule } from '@concord/core/configuration/configuration.module';
import { ConnectorsModule } from '@concord/core/connectors/connectors.module';
import { DatabaseModule } from '@concord/core/database/database.module';
import { EventsModule } from '@concord/core/events/events.module';
import { HealthModule } from '@concord/core/health/health.module';
import { MetricsModule } from '@concord/core/metrics/metrics.module';
import type { Environment } from '@concord/core/platform/environment';
import type { Half } from '@concord/core/platform/halves';
import type { OpenedResources } from '@concord/core/platform/opened-resources';
import { PlatformModule } from '@concord/core/platform/platform.module';
import { PluginHostModule } from '@concord/core/plugin-host/plugin-host.module';
import type { Logger } from 'pino';

const CONNECTORS: readonly Half[] = ['connectors'];

/** The connectors as a process of their own, one of as many as the work needs. */
@Module({})
export class ConnectorsProcessModule {
  static forRoot(environment: Environment, log: Logger, opened: OpenedResources): DynamicModule {
    return {
      module: ConnectorsProcessModule,
      imports: [
        PlatformModule.forRoot(environment, log, opened),
        DatabaseModule.forHalves(CONNECTORS),
        ConfigurationModule.forHalves(CONNECTORS),
        PluginHostModule,
        EventsModule.forHalves(CONNECTORS),
        ConnectorsModule,
        HealthModule.forHalves(CONNECTORS, ConnectorsModule),
        MetricsModule.forHalves(CONNECTORS),
      ],
    };
  }
}
