import type { DataSource } from 'typeorm';
import { listReleases } from '@concord/core/exchanges/release-reads';
import type { ReleaseFilter, ReleaseList } from '@concord/core/exchanges/release-reads';
import type { Clock } from '@concord/core/platform/clock';
import { CLOCK, GATEWAY_DATABASE } from '@concord/core/platform/tokens';
import type { Operation } from './operation.js';

export const releaseList: Operation<ReleaseFilter, ReleaseList> = {
  name: 'releases',
  works: false,
  run: (app, filter) => listReleases(app.get<DataSource>(GATEWAY_DATABASE), app.get<Clock>(CLOCK), filter),
};
