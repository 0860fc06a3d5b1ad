import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { AlertsModule } from '@concord/core/alerts/alerts.module';
import { ArrangementsModule } from '@concord/core/arrangements/arrangements.module';
import { CasesModule } from '@concord/core/cases/cases.module';
import { ConfigurationModule } from '@concord/core/configuration/configuration.module';
import { DatabaseModule } from '@concord/core/database/database.module';
import { GatewayDayModule } from '@concord/core/day/gateway-day.module';
import { GatewayWork } from '@concord/core/day/gateway-work';
import { WORK } from '@concord/core/day/work';
import { DocumentsModule } from '@concord/core/documents/documents.module';
import { EventsModule } from '@concord/core/events/events.module';
import { ExchangesModule } from '@concord/core/exchanges/exchanges.module';
import { GeneralLedgerModule } from '@concord/core/general-ledger/general-ledger.module';
import { HostIntakeModule } from '@concord/core/intake/host-intake.module';
import { HealthModule } from '@concord/core/health/health.module';
import { MetricsModule } from '@concord/core/metrics/metrics.module';
import { NoticesModule } from '@concord/core/notices/notices.module';
import type { Environment } from '@concord/core/platform/environment';
import type { Half } from '@concord/core/platform/halves';
import type { OpenedResources } from '@concord/core/platform/opened-resources';
import { PartiesModule } from '@concord/core/parties/parties.module';
import { PlatformModule } from '@concord/core/platform/platform.module';
import { ReportsModule } from '@concord/core/reports/reports.module';
import { RulesModule } from '@concord/core/rules/rules.module';
import { StrategiesModule } from '@concord/core/strategies/strategies.module';
import type { Logger } from 'pino';

const GATEWAY: readonly Half[] = ['gateway'];

/** The gateway as a process of its own; the connectors' processes are reached over Kafka and the database. */
@Module({})
export class GatewayModule {
  static forRoot(environment: Environment, log: Logger, opened: OpenedResources): DynamicModule {
    return {
      module: GatewayModule,
      imports: [
        PlatformModule.forRoot(environment, log, opened),
        DatabaseModule.forHalves(GATEWAY),
        ConfigurationModule.forHalves(GATEWAY),
        EventsModule.forHalves(GATEWAY),
        CasesModule,
        ArrangementsModule,
        PartiesModule,
        DocumentsModule,
        NoticesModule,
        ReportsModule,
        StrategiesModule,
        RulesModule,
        HostIntakeModule,
        GeneralLedgerModule,
        ExchangesModule,
        AlertsModule,
        GatewayDayModule,
        HealthModule.forHalves(GATEWAY, null),
        MetricsModule.forHalves(GATEWAY),
      ],
      providers: [{ provide: WORK, useExisting: GatewayWork }],
    };
  }
}
