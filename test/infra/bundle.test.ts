import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REGISTRAR_IDS } from '#core/registrar-id.ts';
import { BUNDLE_NAMES, type BundleName, bundleFunctions } from '#infra/bundle.ts';

const outdir = mkdtempSync(join(tmpdir(), 'bundles-'));
let meta: Metafile;
beforeAll(async () => {
  meta = await bundleFunctions(outdir);
});
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

/** The sources that have a part in a function's bundle. */
function sourcesOf(name: BundleName): readonly string[] {
  const found = Object.entries(meta.outputs).find(([path]) => path.endsWith(`/${name}/handler.mjs`));
  if (!found) throw new Error(`no bundle of ${name}`);
  return Object.entries(found[1].inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path);
}

/** The calls of a service that a bundle can make, by the name of their command. */
function callsOf(name: BundleName, client: string): readonly string[] {
  const calls = sourcesOf(name).flatMap((path) => {
    const [, call] = new RegExp(`@aws-sdk/${client}/.*/commands/(\\w+)Command\\.js$`).exec(path) ?? [];
    return call === undefined ? [] : [call];
  });
  return [...new Set(calls)].sort();
}

describe('bundleFunctions', () => {
  test.each(BUNDLE_NAMES)('%s holds its own handler, and that of no other function', (name) => {
    const handlers = sourcesOf(name).filter((path) => path.startsWith('functions/'));

    const source = name.startsWith('registrar-worker-')
      ? name.replace('worker-', 'worker/')
      : `${name}/handler`;
    expect(handlers).toEqual([`functions/${source}.ts`]);
  });

  test.each([
    ['api', ['GenerateMac']],
    ['credentials', ['Encrypt', 'GenerateMac']],
    ...REGISTRAR_IDS.map((id) => [`registrar-worker-${id}`, ['Decrypt']] as const),
    ['start-sync', []],
    ['dispatch-due-syncs', []],
    ['finish-sync', []],
    ['sweep', []],
    ['dead-letter', []],
  ] as const)('%s can ask KMS for %o and nothing else', (name, calls) => {
    expect(callsOf(name, 'client-kms')).toEqual(calls);
  });

  test.each(BUNDLE_NAMES)('%s brings no simulator and no stand-in along', (name) => {
    const local = sourcesOf(name).filter((path) => /^packages\/(simulators|local|web)\//.test(path));

    expect(local).toEqual([]);
  });

  test.each(BUNDLE_NAMES)('%s brings the adapters along that it calls, and no other', (name) => {
    const adapters = sourcesOf(name).flatMap(
      (path) => /^packages\/registrars\/(\w+)\/index\.ts$/.exec(path)?.[1] ?? [],
    );

    expect(adapters).toEqual(REGISTRAR_IDS.filter((id) => name === `registrar-worker-${id}`));
  });

  test.each(BUNDLE_NAMES)('%s is small enough to start fast', (name) => {
    const most = name === 'api' || name === 'credentials' ? 500_000 : 400_000;

    expect(statSync(join(outdir, name, 'handler.mjs')).size).toBeLessThanOrEqual(most);
  });

  test.each(BUNDLE_NAMES)('%s has schemas by zod/mini, without the methods of the large one', (name) => {
    expect(sourcesOf(name).filter((path) => path.includes('/zod/v4/classic/'))).toEqual([]);
  });

  test('leaves out messages in languages that nobody asks for', () => {
    const locales = sourcesOf('api').filter((path) => /\/zod\/v4\/locales\//.test(path));

    expect(locales).toEqual(['node_modules/zod/v4/locales/en.js']);
  });

  test('lays the description of the API beside the function that shows it', () => {
    expect(JSON.parse(readFileSync(join(outdir, 'api', 'openapi.json'), 'utf8')).openapi).toBe('3.1.0');
  });

  test('names no source map, for none is shipped', () => {
    const code = readFileSync(join(outdir, 'sweep', 'handler.mjs'), 'utf8');

    expect(code).not.toContain('sourceMappingURL');
  });
});
