import { Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Clock } from '../platform/clock.js';
import type { Environment } from '../platform/environment.js';
import type { Half } from '../platform/halves.js';
import { CLOCK, ENVIRONMENT, GATEWAY_DATABASE, JURISDICTIONS } from '../platform/tokens.js';
import { requireJurisdictions } from './jurisdiction-file.js';
import type { Jurisdiction } from './jurisdiction-file.js';
import { storeJurisdictions } from './store-jurisdictions.js';

/** The case core also keeps them as rows that cases can refer to. */
const STORED: Provider = {
  provide: JURISDICTIONS,
  inject: [ENVIRONMENT, GATEWAY_DATABASE, CLOCK],
  useFactory: async (
    { configFolder }: Environment,
    gateway: DataSource,
    clock: Clock,
  ): Promise<readonly Jurisdiction[]> => {
    const jurisdictions = await requireJurisdictions(configFolder);
    await storeJurisdictions(gateway, jurisdictions, clock);
    return jurisdictions;
  },
};

const READ: Provider = {
  provide: JURISDICTIONS,
  inject: [ENVIRONMENT],
  useFactory: ({ configFolder }: Environment): Promise<readonly Jurisdiction[]> => requireJurisdictions(configFolder),
};

/** The jurisdictions of the configuration folder. */
@Module({})
export class ConfigurationModule {
  static forHalves(halves: readonly Half[]): DynamicModule {
    const jurisdictions = halves.includes('gateway') ? STORED : READ;
    return { module: ConfigurationModule, global: true, providers: [jurisdictions], exports: [jurisdictions] };
  }
}
