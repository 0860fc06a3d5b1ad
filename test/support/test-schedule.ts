import type { ConnectorRegistry } from '@concord/core/connectors/connector-registry';
import { LiveWork } from '@concord/core/day/live-work';
import { OnItsWay } from '@concord/core/day/on-its-way';
import { InProcessTransport } from '@concord/core/events/in-process-transport';
import type { ExchangeEngine } from '@concord/core/exchanges/exchange-engine';
import { engineTasks } from '@concord/core/jobs/engine-tasks';
import type { JobOrder, JobQueue } from '@concord/core/jobs/job-queue';
import type { TestOffice } from './test-office.js';

/** What the clock brings in one process: each job that it asks for is carried out at once, and the others are told of. */
export class TestSchedule {
  /** The jobs that the last turn asked for. */
  asked: JobOrder[] = [];
  private readonly live: LiveWork;

  constructor(office: TestOffice, registry: ConnectorRegistry, engineOf: (connectorId: string) => ExchangeEngine) {
    const { connectors } = office.database;
    const jobs: Pick<JobQueue, 'add'> = {
      add: async (order) => {
        this.asked.push(order);
        const engine = engineOf(order.payload['connectorId']!);
        await engineTasks(engine)[order.task as 'judge' | 'send' | 'collect'](order.payload);
      },
    };
    const onItsWay = new OnItsWay(connectors, new InProcessTransport());
    this.live = new LiveWork(connectors, registry, engineOf(''), jobs as JobQueue, onItsWay, office.clock);
  }

  /** Judges what is due, then looks at the clock. @returns the tasks that the look asked for, `collect` left out */
  async turn(): Promise<string[]> {
    await this.live.judgeDue();
    return this.look();
  }

  /** Looks at the clock alone. */
  async look(): Promise<string[]> {
    this.asked = [];
    await this.live.keepSchedule();
    return this.asked.filter(({ task }) => task !== 'collect').map(({ task }) => task);
  }
}
