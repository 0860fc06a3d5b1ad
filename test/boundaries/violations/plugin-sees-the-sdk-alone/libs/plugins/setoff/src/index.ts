import { balance } from '../../../core/src/cases/balance.js';
import { tradeline } from '../../bureau/src/tradeline.js';
import metro2 from '@concord/plugin-metro2';

export default [balance, tradeline, metro2];
