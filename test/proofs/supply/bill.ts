import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Lockfile, ROOT } from './lockfile.ts';

const run = promisify(execFile);

interface Bill {
  readonly components: readonly {
    readonly name: string;
    readonly group?: string;
    readonly version: string;
  }[];
}

/** The bill of materials of what the product installs, by `npm run sbom` (CycloneDX). */
export async function makeBill(): Promise<Bill> {
  const { stdout } = await run('npm', ['run', '-s', 'sbom'], { cwd: ROOT, maxBuffer: 64_000_000 });
  return JSON.parse(stdout) as Bill;
}

/** Its components as `name@version`, in order. */
export function listComponents({ components }: Bill): readonly string[] {
  return components.map(({ group, name, version }) => `${group ? `${group}/` : ''}${name}@${version}`).sort();
}

/** Packages that the product installs by its lockfile, and which the bill doesn't name. */
export function listUnbilled({ packages }: Lockfile, components: readonly string[]): readonly string[] {
  return Object.entries(packages).flatMap(([path, { dev, version }]) => {
    if (path === '' || dev === true) return [];
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return components.includes(`${name}@${version}`) ? [] : [`${name}@${version}`];
  });
}
