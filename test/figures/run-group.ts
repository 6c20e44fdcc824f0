/**
 * `node test/figures/run-group.ts <file of the groups> <name> ...`: measures groups in this process and writes a line of
 * JSON a figure.
 */
import { loadGroups } from './groups.ts';
import type { GroupNews } from './processes.ts';

const tell = (news: GroupNews) => process.stdout.write(`${JSON.stringify(news)}\n`);

const [file = '', ...names] = process.argv.slice(2);
const groups = await loadGroups(file);
for (const name of names) {
  const entry = groups[name];
  if (!entry) throw new Error(`there is no group ${name}`);
  const began = performance.now();
  const group = await entry.load();
  await group.measure((figure) => {
    if (!figure.figure.startsWith(`${name}.`)) throw new Error(`${figure.figure} is not of group ${name}`);
    tell({ name, figure });
  });
  tell({ name, about: group.about, seconds: (performance.now() - began) / 1000 });
}
