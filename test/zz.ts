import { toModel } from './proofs/model/model.ts';
const t=Date.now();
await toModel(Number(process.argv[2])).measure((f)=>console.log(JSON.stringify(f)));
console.log(Date.now()-t);
