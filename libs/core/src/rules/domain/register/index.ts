import type { Rule } from '../rule.js';
import { paid } from './paid.js';
import { usBk01 } from './us/us-bk-01.js';
import { usBk03 } from './us/us-bk-03.js';
import { usFcra01 } from './us/us-fcra-01.js';
import { usFcra03 } from './us/us-fcra-03.js';
import { usFcra04 } from './us/us-fcra-04.js';
import { usNcap01 } from './us/us-ncap-01.js';
import { usNcap02 } from './us/us-ncap-02.js';
import { usRegf01 } from './us/us-regf-01.js';
import { usRegf03 } from './us/us-regf-03.js';
import { usRegf08 } from './us/us-regf-08.js';

/** Every rule that Concord knows, in the order in which reasons of equal strictness are given. */
export const RULES: readonly Rule[] = [
  paid,
  usBk01,
  usBk03,
  usFcra01,
  usFcra03,
  usFcra04,
  usNcap01,
  usNcap02,
  usRegf01,
  usRegf03,
  usRegf08,
];
