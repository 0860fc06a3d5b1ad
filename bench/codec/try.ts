import metro2 from '@concord/plugin-metro2';
import { fileFormat } from '@concord/plugin-sdk/codec';
import { METRO2 } from '@concord/plugin-metro2/layout/file';
import { records } from './records.ts';
import { CONTEXT, SETTINGS } from './settings.ts';
const N=600000;
let t=performance.now(); let n=0; for (const r of records(N)) n+= r.highestCredit as number; console.log('gen', N/(performance.now()-t)*1000|0);
const f = metro2.outbound[0]!.format(metro2.settings.parse(SETTINGS));
for (let k=0;k<2;k++){ t=performance.now(); for await (const c of f.encode(records(N), CONTEXT, ()=>{throw new Error()})) n+=c.length; console.log('encode', N/(performance.now()-t)*1000|0);}
const g = fileFormat(METRO2,{header:()=>({activityDate:'2026-01-01',dateCreated:'2026-01-01',reporterName:'x',reporterAddress:'y'})});
t=performance.now(); for await (const c of g.encode(records(N), CONTEXT, ()=>{throw new Error()})) n+=c.length; console.log('nocheck', N/(performance.now()-t)*1000|0);
const pool=[...records(1000)]; function* cyc(){for(let i=0;i<N;i++) yield pool[i%1000]!;}
t=performance.now(); for await (const c of g.encode(cyc(), CONTEXT, ()=>{throw new Error()})) n+=c.length; console.log('pool nocheck', N/(performance.now()-t)*1000|0);
t=performance.now(); for await (const c of f.encode(cyc(), CONTEXT, ()=>{throw new Error()})) n+=c.length; console.log('pool check', N/(performance.now()-t)*1000|0);
