import { schedule } from '../../connectors/src/schedule.js';

export const main = schedule;
