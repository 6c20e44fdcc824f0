import { parseArgs } from 'node:util';
import { isGood } from './figure.ts';
import { loadGroups } from './groups.ts';
import { toJson, toMarkdown, toTable } from './print.ts';
import { measureGroups } from './processes.ts';

/**
 * A command that measures groups of figures and says whether they hold. `--json` prints a line a figure, `--markdown`
 * the tables of the docs, `--only <group>[,<group>]` measures a part and `--without` leaves one out. The process exits 1
 * where a figure misses its bound, a control is not caught, a group breaks, or there is nothing to say.
 * @param file exports GROUPS.
 */
export async function runCommand(file: string): Promise<void> {
  const { values: options } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      only: { type: 'string' },
      without: { type: 'string' },
    },
  });
  const groups = await loadGroups(file);
  const named = options.only?.split(',') ?? Object.keys(groups);
  const without = options.without?.split(',') ?? [];
  const unknown = [...named, ...without].filter((name) => !(name in groups));
  if (unknown.length > 0) {
    const all = Object.keys(groups).join(', ');
    process.stderr.write(`no such group: ${unknown.join(', ')}. There are: ${all}\n`);
    process.exitCode = 2;
    return;
  }
  const results = await measureGroups(
    file,
    named.filter((name) => !without.includes(name)),
  );
  const print = options.json ? toJson : options.markdown ? toMarkdown : toTable;
  for (const result of results) process.stdout.write(print(result));
  const figures = results.flatMap((result) => result.figures);
  const missed = figures.filter((figure) => !isGood(figure));
  const broken = results.filter(({ isBroken }) => isBroken);
  const took = results.map(({ name, seconds }) => `${name} ${seconds.toFixed(0)}`).join(', ');
  const misses = missed.map(({ figure }) => figure).join(', ');
  process.stderr.write(
    `\n${figures.length} figures, ${missed.length} missed${misses && `: ${misses}`}; seconds: ${took}\n`,
  );
  for (const { name } of broken) process.stderr.write(`group ${name} broke, or measured nothing\n`);
  process.exitCode = missed.length + broken.length > 0 || figures.length === 0 ? 1 : 0;
}
