import { balance } from '../../../core/src/cases/balance.js';

export const sdk = balance;
