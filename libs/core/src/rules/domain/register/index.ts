import type { Rule } from '../rule.js';
import { caBia01 } from './ca/ca-bia-01.js';
import { caBia02 } from './ca/ca-bia-02.js';
import { caNl01 } from './ca/ca-nl-01.js';
import { caNl02 } from './ca/ca-nl-02.js';
import { caNl03 } from './ca/ca-nl-03.js';
import { caPriv02 } from './ca/ca-priv-02.js';
import { caRso01 } from './ca/ca-rso-01.js';
import { ukBs01 } from './gb/uk-bs-01.js';
import { ukBs02 } from './gb/uk-bs-02.js';
import { ukCare01 } from './gb/uk-care-01.js';
import { ukCt01 } from './gb/uk-ct-01.js';
import { ukDd01 } from './gb/uk-dd-01.js';
import { ukDd02 } from './gb/uk-dd-02.js';
import { ukGdpr01 } from './gb/uk-gdpr-01.js';
import { ukLim01 } from './gb/uk-lim-01.js';
import { ukPap01 } from './gb/uk-pap-01.js';
import { ukPap02 } from './gb/uk-pap-02.js';
import { ukPap03 } from './gb/uk-pap-03.js';
import { ukTcg01 } from './gb/uk-tcg-01.js';
import { ukTcg02 } from './gb/uk-tcg-02.js';
import { ukTcg03 } from './gb/uk-tcg-03.js';
import { paid } from './paid.js';
import { setAside } from './set-aside.js';
import { usAch01 } from './us/us-ach-01.js';
import { usBk01 } from './us/us-bk-01.js';
import { usBk02 } from './us/us-bk-02.js';
import { usBk03 } from './us/us-bk-03.js';
import { usBk04 } from './us/us-bk-04.js';
import { usBk05 } from './us/us-bk-05.js';
import { usCaIic01 } from './us/us-ca-iic-01.js';
import { usChi01 } from './us/us-chi-01.js';
import { usFcra01 } from './us/us-fcra-01.js';
import { usFcra03 } from './us/us-fcra-03.js';
import { usFcra04 } from './us/us-fcra-04.js';
import { usFcra07 } from './us/us-fcra-07.js';
import { usFl01 } from './us/us-fl-01.js';
import { usFti01 } from './us/us-fti-01.js';
import { usIl01 } from './us/us-il-01.js';
import { usLic02 } from './us/us-lic-02.js';
import { usLic03 } from './us/us-lic-03.js';
import { usNc01 } from './us/us-nc-01.js';
import { usNc02 } from './us/us-nc-02.js';
import { usNc04 } from './us/us-nc-04.js';
import { usNcap01 } from './us/us-ncap-01.js';
import { usNcap02 } from './us/us-ncap-02.js';
import { usNcap03 } from './us/us-ncap-03.js';
import { usRegf01 } from './us/us-regf-01.js';
import { usRegf03 } from './us/us-regf-03.js';
import { usRegf07 } from './us/us-regf-07.js';
import { usRegf08 } from './us/us-regf-08.js';
import { usScra01 } from './us/us-scra-01.js';
import { usSol01 } from './us/us-sol-01.js';
import { usTop01 } from './us/us-top-01.js';
import { usTop02 } from './us/us-top-02.js';
import { usTop03 } from './us/us-top-03.js';

/** Every rule that Concord knows, in the order in which reasons of equal strictness are given. */
export const RULES: readonly Rule[] = [
  paid,
  setAside,
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
  usBk02,
  usBk04,
  usBk05,
  usScra01,
  usSol01,
  usRegf07,
  usFcra07,
  usNcap03,
  usFti01,
  usTop01,
  usTop02,
  usTop03,
  usCaIic01,
  usNc01,
  usNc02,
  usNc04,
  usIl01,
  usChi01,
  usFl01,
  usLic02,
  usLic03,
  usAch01,
  ukBs01,
  ukBs02,
  ukPap01,
  ukPap02,
  ukPap03,
  ukTcg01,
  ukTcg02,
  ukTcg03,
  ukCt01,
  ukDd01,
  ukDd02,
  ukLim01,
  ukCare01,
  ukGdpr01,
  caBia01,
  caBia02,
  caRso01,
  caNl01,
  caNl02,
  caNl03,
  caPriv02,
];
