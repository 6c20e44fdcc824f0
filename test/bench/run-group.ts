/** `node test/bench/run-group.ts <name>`: measures one group and writes a line of JSON a figure. */
import { GROUPS } from './groups.ts';

const name = process.argv[2] ?? '';
const entry = GROUPS[name];
if (!entry) throw new Error(`there is no group ${name}`);
const group = await entry.load();
process.stdout.write(`${JSON.stringify({ about: group.about })}\n`);
await group.measure((figure) => {
  if (!figure.figure.startsWith(`${name}.`)) throw new Error(`${figure.figure} is not of group ${name}`);
  process.stdout.write(`${JSON.stringify(figure)}\n`);
});
