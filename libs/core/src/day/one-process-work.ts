import { Inject, Injectable } from '@nestjs/common';
import type { ConnectorNotice } from '../connectors/connector-registry.js';
import { ConnectorsWork } from './connectors-work.js';
import { GatewayWork } from './gateway-work.js';
import type { Work } from './work.js';

/** Both halves' work in one process. */
@Injectable()
export class OneProcessWork implements Work {
  constructor(
    @Inject(ConnectorsWork) private readonly connectors: ConnectorsWork,
    @Inject(GatewayWork) private readonly gateway: GatewayWork,
  ) {}

  async start(): Promise<ConnectorNotice[]> {
    const notices = await this.connectors.start();
    await this.gateway.start();
    return notices;
  }

  actByTheClock(): void {
    this.connectors.actByTheClock();
    this.gateway.actByTheClock();
  }
}
