import { decorate } from '../decorate.js';

export const judge = decorate;
