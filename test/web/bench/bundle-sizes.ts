import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { atMost, type Figure } from '#test/figures/figure.ts';

const FIRST_KB = 140;
const CSS_KB = 10;
const LAZY_KB = 50;

/** Size of a built file as it goes over the line, kB of 1,000 bytes, gzip level 9. */
function toKb(file: string): number {
  return gzipSync(readFileSync(file), { level: 9 }).length / 1000;
}

/**
 * Sizes of a built site. What is loaded first is what a browser asked for until it showed rows; `entry` is the part of
 * it that index.html names, `dashboard` the rest.
 */
export function measureSizes(
  folder: string,
  requested: { readonly desk: readonly string[]; readonly phone: readonly string[] },
): Figure[] {
  const assets = join(folder, 'assets');
  const all = readdirSync(assets);
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const sum = (names: readonly string[]) =>
    names.reduce((total, name) => total + toKb(join(assets, name)), 0);
  const scripts = all.filter((name) => name.endsWith('.js'));
  const entry = scripts.filter((name) => page.includes(`/assets/${name}"`));
  const first = new Set([...requested.desk, ...requested.phone, ...entry]);
  return [
    atMost('web.js.first', sum(requested.desk), FIRST_KB),
    atMost('web.js.first.phone', sum(requested.phone), FIRST_KB),
    atMost('web.js.entry', sum(entry), FIRST_KB),
    atMost('web.js.dashboard', sum(requested.desk.filter((name) => !entry.includes(name))), LAZY_KB),
    atMost('web.css', sum(all.filter((name) => name.endsWith('.css'))), CSS_KB),
    ...toNamed(scripts.filter((name) => !first.has(name))).map(([name, file]) =>
      atMost(`web.js.lazy.${name}`, toKb(join(assets, file)), LAZY_KB),
    ),
  ];
}

/** Chunks by their names without the hash; two of one name are numbered. */
function toNamed(files: readonly string[]): (readonly [name: string, file: string])[] {
  const seen = new Map<string, number>();
  return files.map((file) => {
    const name = basename(file, '.js').replace(/-.{8}$/, '');
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return [count === 1 ? name : `${name}.${count}`, file] as const;
  });
}
