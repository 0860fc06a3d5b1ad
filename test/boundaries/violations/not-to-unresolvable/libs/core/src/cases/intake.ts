import { ledger } from './ledger-that-was-moved.js';

export const intake = ledger;
