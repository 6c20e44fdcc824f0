import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Figure } from './figure.ts';
import { type Groups, loadGroups } from './groups.ts';

/** What the process of a group says: each figure, and at the group's end what it was about. */
export type GroupNews =
  | { readonly name: string; readonly figure: Figure }
  | { readonly name: string; readonly about: string; readonly seconds: number };

/** A group as it was measured. */
export interface Measured {
  readonly name: string;
  readonly about: string;
  readonly figures: readonly Figure[];
  readonly seconds: number;
  /** It didn't come to its end, or had nothing to say. */
  readonly isBroken: boolean;
}

/** Processes that run at the same time: each keeps one core busy. */
const AT_ONCE = 2;

/**
 * Measures groups in processes, two at once and those that need the machine alone at the end; gives them in their order.
 * @param file exports GROUPS.
 */
export async function measureGroups(file: string, names: readonly string[]): Promise<readonly Measured[]> {
  const groups = await loadGroups(file);
  const found = new Map<string, Measured>();
  const measure = async (batch: readonly string[]) => {
    for (const measured of await runBatch(file, batch)) found.set(measured.name, measured);
  };
  const shared = toBatches(
    groups,
    names.filter((name) => !groups[name]?.alone),
  );
  const lane = async () => {
    for (let batch = shared.shift(); batch !== undefined; batch = shared.shift()) await measure(batch);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  for (const name of names.filter((each) => groups[each]?.alone)) await measure([name]);
  return names.map((name) => found.get(name) as Measured);
}

/** Groups of the same process come together; the others each by itself. */
function toBatches(groups: Groups, names: readonly string[]): string[][] {
  const batches = new Map<string, string[]>();
  for (const name of names) {
    const key = groups[name]?.process ?? name;
    batches.set(key, [...(batches.get(key) ?? []), name]);
  }
  return [...batches.values()];
}

async function runBatch(file: string, names: readonly string[]): Promise<readonly Measured[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'run-group.ts'), file, ...names], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const all: GroupNews[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => void all.push(JSON.parse(line) as GroupNews));
  await Promise.all([
    new Promise((resolve) => child.once('close', resolve)),
    new Promise((resolve) => lines.once('close', resolve)),
  ]);
  return names.map((name) => {
    const own = all.filter((news) => news.name === name);
    const figures = own.flatMap((news) => ('figure' in news ? [news.figure] : []));
    const end = own.find((news) => 'about' in news);
    const isBroken = end === undefined || figures.length === 0;
    return { name, about: end?.about ?? '', figures, seconds: end?.seconds ?? 0, isBroken };
  });
}
