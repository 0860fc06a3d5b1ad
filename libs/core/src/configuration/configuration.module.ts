import { Global, Module } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Environment } from '../platform/environment.js';
import { ENVIRONMENT, GATEWAY_DATABASE, JURISDICTIONS } from '../platform/tokens.js';
import { requireJurisdictions } from './jurisdiction-file.js';
import type { Jurisdiction } from './jurisdiction-file.js';
import { storeJurisdictions } from './store-jurisdictions.js';

/** The jurisdictions of the configuration folder, also as rows that cases can refer to. */
@Global()
@Module({
  providers: [
    {
      provide: JURISDICTIONS,
      inject: [ENVIRONMENT, GATEWAY_DATABASE],
      useFactory: async ({ configFolder }: Environment, gateway: DataSource): Promise<readonly Jurisdiction[]> => {
        const jurisdictions = await requireJurisdictions(configFolder);
        await storeJurisdictions(gateway, jurisdictions);
        return jurisdictions;
      },
    },
  ],
  exports: [JURISDICTIONS],
})
export class ConfigurationModule {}
