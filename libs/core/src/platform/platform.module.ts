import { Global, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import type { Logger } from 'pino';
import { FolderArchive } from '../archive/folder-archive.js';
import { FieldCipher } from '../crypto/field-cipher.js';
import { loadKeyRing } from '../crypto/key-file.js';
import { KeyRing } from '../crypto/key-ring.js';
import { killingCheckpoints, silentCheckpoints } from './checkpoints.js';
import { systemClock } from './clock.js';
import { openDataFolder } from './data-folder.js';
import type { DataFolder } from './data-folder.js';
import type { Environment } from './environment.js';
import { OpenedResources } from './opened-resources.js';
import { ARCHIVE, CHECKPOINTS, CLOCK, DATA_FOLDER, ENVIRONMENT, LOG } from './tokens.js';

/** What every feature stands on: the environment, the clock, the data folder, the keys, the archive and the log. */
@Global()
@Module({})
export class PlatformModule {
  static forRoot(environment: Environment, log: Logger, opened: OpenedResources): DynamicModule {
    return {
      module: PlatformModule,
      imports: [LoggerModule.forRoot({ pinoHttp: { logger: log, autoLogging: environment.logLevel === 'debug' } })],
      providers: [
        { provide: ENVIRONMENT, useValue: environment },
        { provide: LOG, useValue: log },
        { provide: OpenedResources, useValue: opened },
        { provide: CLOCK, useValue: systemClock },
        { provide: DATA_FOLDER, useFactory: () => openDataFolder(environment.dataFolder) },
        {
          provide: CHECKPOINTS,
          useFactory: () => {
            const instruction = process.env['CONCORD_KILL_AT'];
            return instruction ? killingCheckpoints(instruction) : silentCheckpoints;
          },
        },
        {
          provide: KeyRing,
          inject: [DATA_FOLDER],
          // Keys are made for the database that Concord itself makes; with an outside one, losing them must be noticed.
          useFactory: (folder: DataFolder) =>
            loadKeyRing({
              env: process.env,
              dataFolder: folder.root,
              createIfMissing: environment.databaseUrl === null,
            }),
        },
        { provide: FieldCipher, inject: [KeyRing], useFactory: (keys: KeyRing) => new FieldCipher(keys) },
        {
          provide: ARCHIVE,
          // After the data folder, inside which the archive stands unless the environment says otherwise.
          inject: [DATA_FOLDER, KeyRing],
          useFactory: (_: DataFolder, keys: KeyRing) => FolderArchive.attach(environment.archiveFolder, keys),
        },
      ],
      exports: [ENVIRONMENT, LOG, OpenedResources, CLOCK, DATA_FOLDER, CHECKPOINTS, KeyRing, FieldCipher, ARCHIVE],
    };
  }
}
