import { toKill } from './proofs/kill/kill.ts';
await toKill(Number(process.argv[2])).measure((f)=>console.log(JSON.stringify(f)));
