import { layout } from '../../../libs/plugins/bureau/src/layout.ts';

export const main = layout;
