import { readFileSync } from 'node:fs';

export const register = readFileSync;
