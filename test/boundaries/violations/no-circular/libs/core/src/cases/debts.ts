import { party } from './parties.js';

export const debt = () => party;
