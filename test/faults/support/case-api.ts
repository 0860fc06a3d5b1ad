import { ValidationPipe } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { CaseCommands } from '@concord/core/cases/case-commands';
import { FindingsWorkController } from '@concord/core/cases/findings/http/findings-work.controller';
import { CasesController } from '@concord/core/cases/http/cases.controller';
import { LedgerController } from '@concord/core/cases/http/ledger.controller';
import { LedgerCommands } from '@concord/core/cases/ledger/ledger-commands';
import { ExchangesController } from '@concord/core/exchanges/http/exchanges.controller';
import { DatabaseTroubleFilter } from '@concord/core/platform/database-trouble.filter';
import { CLOCK, GATEWAY_DATABASE, JURISDICTIONS } from '@concord/core/platform/tokens';
import type { DebtView } from '../../e2e/api.js';
import { pause } from '../../support/processes.js';
import type { TestOffice } from '../../support/test-office.js';

const ASKED_AGAIN = 10;

/** The API of a test office's cases and files, as a stranger reads it. */
export class CaseApi {
  private constructor(private readonly app: NestFastifyApplication) {}

  static async open({ database, clock, commands, jurisdiction }: TestOffice): Promise<CaseApi> {
    const parts = await Test.createTestingModule({
      controllers: [CasesController, LedgerController, FindingsWorkController, ExchangesController],
      providers: [
        { provide: GATEWAY_DATABASE, useValue: database.gateway },
        { provide: CLOCK, useValue: clock },
        { provide: CaseCommands, useValue: commands },
        { provide: JURISDICTIONS, useValue: [jurisdiction] },
        LedgerCommands,
      ],
    }).compile();
    const app = parts.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
    app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }));
    app.useGlobalFilters(new DatabaseTroubleFilter(app.getHttpAdapter()));
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return new CaseApi(app);
  }

  close(): Promise<void> {
    return this.app.close();
  }

  /** Asks again where the answer says so: the faults cut connections to the database, of which one may be this one's. */
  async get<T>(path: string): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const { statusCode, body } = await this.app.inject({ method: 'GET', url: `/api/v1${path}` });
      if (statusCode === 200) return JSON.parse(body) as T;
      if (statusCode !== 503 || attempt === ASKED_AGAIN) throw new Error(`GET ${path}: ${statusCode} ${body}`);
      await pause(100);
    }
  }

  debts(jurisdiction: string): Promise<Omit<DebtView, 'parties'>[]> {
    return this.get(`/debts?jurisdiction=${jurisdiction}&limit=1000`);
  }
}
