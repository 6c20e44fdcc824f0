/**
 * `npm run -s bench`: measures what the product is held to and says whether it holds. `--json` prints a line a figure,
 * `--only <group>[,<group>]` measures a part. Exits 1 where a figure misses its bound, a control is not caught, a group
 * breaks, or there is nothing to say.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type Figure, isGood } from './figure.ts';
import { GROUPS } from './groups.ts';

/** Groups that run at the same time: each keeps one core busy. */
const AT_ONCE = 2;

interface Measured {
  readonly name: string;
  readonly about: string;
  readonly figures: readonly Figure[];
  readonly seconds: number;
  readonly broke: boolean;
}

const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const wanted = options.only?.split(',') ?? Object.keys(GROUPS);
const unknown = wanted.filter((name) => !(name in GROUPS));
if (unknown.length > 0) {
  process.stderr.write(
    `no such group: ${unknown.join(', ')}. There are: ${Object.keys(GROUPS).join(', ')}\n`,
  );
  process.exit(2);
}

const results = await measureAll(wanted);
for (const result of results) (options.json ? printJson : printTable)(result);
const figures = results.flatMap((result) => result.figures);
const missed = figures.filter((figure) => !isGood(figure));
const broken = results.filter(({ broke, figures: told }) => broke || told.length === 0);
if (!options.json) {
  const misses = missed.map(({ figure }) => figure).join(', ');
  process.stdout.write(`\n${figures.length} figures, ${missed.length} missed${misses && `: ${misses}`}\n`);
}
for (const { name } of broken) process.stderr.write(`group ${name} broke, or measured nothing\n`);
process.exitCode = missed.length + broken.length > 0 || figures.length === 0 ? 1 : 0;

/** Measures the groups, a process each, two at once and those that need the machine alone at the end; in their order. */
async function measureAll(names: readonly string[]): Promise<readonly Measured[]> {
  const found = new Map<string, Measured>();
  const shared = names.filter((name) => !GROUPS[name]?.alone);
  const lane = async () => {
    for (let name = shared.shift(); name !== undefined; name = shared.shift()) {
      found.set(name, await measureGroup(name));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  for (const name of names.filter((each) => GROUPS[each]?.alone)) found.set(name, await measureGroup(name));
  return names.map((name) => found.get(name) as Measured);
}

async function measureGroup(name: string): Promise<Measured> {
  const began = performance.now();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'run-group.ts'), name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const figures: Figure[] = [];
  let about = '';
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const told = JSON.parse(line) as Figure | { readonly about: string };
    if ('about' in told) about = told.about;
    else figures.push(told);
  });
  const [code] = await Promise.all([
    new Promise<number | null>((resolve) => child.once('close', resolve)),
    new Promise((resolve) => lines.once('close', resolve)),
  ]);
  return { name, about, figures, seconds: (performance.now() - began) / 1000, broke: code !== 0 };
}

function printJson({ figures: told }: Measured): void {
  for (const figure of told) process.stdout.write(`${JSON.stringify(figure)}\n`);
}

function printTable({ name, about, figures: told, seconds }: Measured): void {
  const rows = told.map((figure) => [
    isGood(figure) ? 'ok' : 'MISS',
    figure.figure,
    String(figure.value),
    String(figure.bound),
    figure.ratio.toFixed(3),
    figure.control ? `${figure.control.value} ${figure.control.caught ? 'caught' : 'NOT CAUGHT'}` : '',
  ]);
  const head = ['', 'figure', 'value', 'bound', 'ratio', 'control'];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const toLine = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column < 2 || column === 5 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  process.stdout.write(`\n${name} (${seconds.toFixed(0)} s): ${about}\n`);
  for (const row of [head, ...rows]) process.stdout.write(`  ${toLine(row)}\n`);
}
