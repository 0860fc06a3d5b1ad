import { debt } from './debts.js';

export const party = () => debt;
