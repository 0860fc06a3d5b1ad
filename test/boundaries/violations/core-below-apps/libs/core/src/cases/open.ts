import { main } from '../../../../apps/gateway/src/main.js';

export const open = main;
