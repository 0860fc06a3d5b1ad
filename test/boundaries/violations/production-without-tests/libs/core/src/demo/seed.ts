import { sample } from '../cases/debts.spec.js';
import { bureau } from '../../../../test/partners/bureau/main.ts';

export const seed = [sample, bureau];
