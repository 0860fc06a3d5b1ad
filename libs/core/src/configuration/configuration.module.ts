import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Environment } from '../platform/environment.js';
import { Refusal } from '../platform/errors.js';
import { ENVIRONMENT, GATEWAY_DATABASE, JURISDICTIONS } from '../platform/tokens.js';
import { loadJurisdictions } from './jurisdiction-file.js';
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
        const result = await loadJurisdictions(join(configFolder, 'jurisdictions'));
        if (!result.ok) {
          const [first] = result.faults;
          throw new Refusal('configuration', `${first?.file}: ${first?.path} ${first?.reason}`);
        }
        await storeJurisdictions(gateway, result.jurisdictions);
        return result.jurisdictions;
      },
    },
  ],
  exports: [JURISDICTIONS],
})
export class ConfigurationModule {}
