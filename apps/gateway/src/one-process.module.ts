import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { AlertsModule } from '@concord/core/alerts/alerts.module';
import { ArrangementsModule } from '@concord/core/arrangements/arrangements.module';
import { CasesModule } from '@concord/core/cases/cases.module';
import { ConfigurationModule } from '@concord/core/configuration/configuration.module';
import { ConnectorsModule } from '@concord/core/connectors/connectors.module';
import { DatabaseModule } from '@concord/core/database/database.module';
import { DayModule } from '@concord/core/day/day.module';
import { DocumentsModule } from '@concord/core/documents/documents.module';
import { EventsModule } from '@concord/core/events/events.module';
import { ExchangesModule } from '@concord/core/exchanges/exchanges.module';
import { GeneralLedgerModule } from '@concord/core/general-ledger/general-ledger.module';
import { HostIntakeModule } from '@concord/core/intake/host-intake.module';
import { HealthModule } from '@concord/core/health/health.module';
import { MetricsModule } from '@concord/core/metrics/metrics.module';
import { NoticesModule } from '@concord/core/notices/notices.module';
import type { Environment } from '@concord/core/platform/environment';
import { BOTH_HALVES } from '@concord/core/platform/halves';
import type { OpenedResources } from '@concord/core/platform/opened-resources';
import { PartiesModule } from '@concord/core/parties/parties.module';
import { PlatformModule } from '@concord/core/platform/platform.module';
import { PluginHostModule } from '@concord/core/plugin-host/plugin-host.module';
import { ReportsModule } from '@concord/core/reports/reports.module';
import { RulesModule } from '@concord/core/rules/rules.module';
import { StrategiesModule } from '@concord/core/strategies/strategies.module';
import type { Logger } from 'pino';

/** The gateway and the connectors in one process, which hands events on to itself. */
@Module({})
export class OneProcessModule {
  static forRoot(environment: Environment, log: Logger, opened: OpenedResources): DynamicModule {
    return {
      module: OneProcessModule,
      imports: [
        PlatformModule.forRoot(environment, log, opened),
        DatabaseModule.forHalves(BOTH_HALVES),
        ConfigurationModule.forHalves(BOTH_HALVES),
        PluginHostModule,
        EventsModule.forHalves(BOTH_HALVES),
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
        DayModule,
        HealthModule.forHalves(BOTH_HALVES, ConnectorsModule),
        MetricsModule.forHalves(BOTH_HALVES),
      ],
    };
  }
}
