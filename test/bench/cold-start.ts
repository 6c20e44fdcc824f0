import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build, type Metafile } from 'esbuild';
import { ENV } from '#core/env.ts';
import { BUNDLE_NAMES, type BundleName, bundleFunctions, ROOT, toBundleOptions } from '#infra/bundle.ts';
import { atMost, exactly, type Group, told } from '../figures/figure.ts';
import { say } from '../figures/say.ts';
import { middle } from './times.ts';

const run = promisify(execFile);

/** Functions that people wait for may be a little larger: they validate and route. */
const MOST_BYTES = { api: 500_000, others: 400_000 };
/** 100 ms in the middle: the least of 21 was a tenth to a fifth below it. */
const MOST_IMPORT_MS = 85;
/** Odd, so that the middle is one of them. */
const IMPORTS = 21;

/** What no function uses: seen in a bundle, it is a mistake. */
const STRANGERS: readonly RegExp[] = [
  /@aws-sdk\/(credential-provider-(?!env|node)|nested-clients|token-providers)/,
  /@smithy\/(credential-provider-imds|fetch-http-handler)/,
  /submodules\/(event-streams|cbor)\/(?!index)/,
  /\/mnemonist\//,
  /zod\/v4\/(classic|core\/(to-json-schema|json-schema))/,
  /zod\/v4\/locales\/(?!en\.js)/,
  /packages\/(simulators|local|web)\//,
  /openapi\.(ts|json)$/,
];

/** How large the bundles are, what is in them, and how long they take to load. */
export const coldStart: Group = {
  name: 'cold-start',
  about:
    'bytes of the bundles as deployed, sources in them that nothing uses, and ms to import one beside an empty module',
  async measure(tell) {
    const folder = mkdtempSync(join(tmpdir(), 'bench-bundles-'));
    try {
      const meta = await bundleFunctions(join(folder, 'trimmed'));
      const untrimmed = await bundleUntrimmed(join(folder, 'untrimmed'));
      const toFile = (name: BundleName, kind = 'trimmed') => join(folder, kind, name, 'handler.mjs');

      for (const name of BUNDLE_NAMES) {
        const most = name === 'api' || name === 'credentials' ? MOST_BYTES.api : MOST_BYTES.others;
        const plain = statSync(toFile(name, 'untrimmed')).size;
        // A control where it can fail: the smallest functions are below the bound whatever they bring along.
        const control = plain > most ? { value: plain, caught: true } : undefined;
        tell(atMost(`cold-start.bytes.${name}`, statSync(toFile(name)).size, most, control));
        say(`${name}: ${toLargest(meta, name).join(', ')}`);
      }
      const strange = countStrangers(untrimmed);
      const control = { value: strange, caught: strange > 0 };
      tell(exactly('cold-start.sources-out-of-reach', countStrangers(meta), 0, control));

      const empty = join(folder, 'empty.mjs');
      writeFileSync(empty, 'export {};\n');
      const source = join(ROOT, 'functions/api/handler.ts');
      const files = [empty, source, ...BUNDLE_NAMES.map((name) => toFile(name))];
      const ms = await measureImports(files);
      const of = (file: string) => ms.get(file) ?? { least: Number.NaN, clock: Number.NaN };
      const unbundled = { value: of(source).least, caught: of(source).least > MOST_IMPORT_MS };
      tell(told('cold-start.import-ms.empty-module', of(empty).least));
      tell(told('cold-start.import-ms-by-the-clock.empty-module', of(empty).clock));
      for (const name of BUNDLE_NAMES) {
        const { least, clock } = of(toFile(name));
        tell(
          atMost(
            `cold-start.import-ms.${name}`,
            least,
            MOST_IMPORT_MS,
            name === 'api' ? unbundled : undefined,
          ),
        );
        tell(told(`cold-start.import-ms-by-the-clock.${name}`, clock));
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** The same functions with all that their packages bring along. */
async function bundleUntrimmed(outdir: string): Promise<Metafile> {
  const entryPoints = BUNDLE_NAMES.map((name) => {
    const isWorker = name.startsWith('registrar-worker-');
    const source = isWorker ? name.replace('worker-', 'worker/') : `${name}/handler`;
    return { in: `functions/${source}.ts`, out: `${name}/handler` };
  });
  const options = { ...toBundleOptions(), plugins: [], outExtension: { '.js': '.mjs' } };
  return (await build({ ...options, entryPoints, outdir, metafile: true })).metafile;
}

function sourcesOf(meta: Metafile, name: BundleName): readonly (readonly [path: string, bytes: number])[] {
  const found = Object.entries(meta.outputs).find(([path]) => path.endsWith(`/${name}/handler.mjs`));
  if (!found) throw new Error(`no bundle of ${name}`);
  return Object.entries(found[1].inputs).map(([path, { bytesInOutput }]) => [path, bytesInOutput]);
}

/** The five largest sources of a bundle. */
function toLargest(meta: Metafile, name: BundleName): readonly string[] {
  return [...sourcesOf(meta, name)]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 5)
    .map(([path, bytes]) => `${path.replace(/^.*node_modules\//, '')} ${(bytes / 1000).toFixed(1)} KB`);
}

function countStrangers(meta: Metafile): number {
  const isStrange = (name: BundleName, path: string) => {
    const own = name.replace('registrar-worker-', '');
    const isForeign =
      /^packages\/registrars\/(\w+)\/index\.ts$/.test(path) &&
      !path.startsWith(`packages/registrars/${own}/`);
    const isXml = /\/(saxes|xmlchars)\//.test(path) && own !== 'namecheap';
    return isForeign || isXml || STRANGERS.some((stranger) => stranger.test(path));
  };
  return BUNDLE_NAMES.flatMap((name) =>
    sourcesOf(meta, name).filter(([path, bytes]) => bytes > 0 && isStrange(name, path)),
  ).length;
}

interface Times {
  readonly clock: number;
  /**
   * The least of all times by the clock and of the processor. What else the machine does lengthens the former, and what
   * the runtime does in further threads meanwhile (collecting, compiling) the latter; nothing makes one shorter.
   */
  readonly least: number;
}

/** The times that a fresh process takes to import each file, in ms; the files take turns. */
async function measureImports(files: readonly string[]): Promise<ReadonlyMap<string, Times>> {
  const times = new Map<string, { readonly cpu: number; readonly clock: number }[]>(
    files.map((file) => [file, []]),
  );
  for (let round = 0; round < IMPORTS; round++) {
    for (const file of files) {
      const code = `
        const [began, idle] = [performance.now(), process.cpuUsage()];
        await import(${JSON.stringify(file)});
        const { user, system } = process.cpuUsage(idle);
        console.log(JSON.stringify({ cpu: (user + system) / 1000, clock: performance.now() - began }));
        process.exit();`;
      const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code], {
        env: toEnvironment(),
      });
      times.get(file)?.push(JSON.parse(stdout));
    }
  }
  return new Map(
    [...times].map(([file, list]) => {
      const clock = middle(list.map((time) => time.clock));
      return [file, { clock, least: Math.min(...list.flatMap((time) => [time.cpu, time.clock])) }];
    }),
  );
}

/** What Lambda would set, as far as it is read when a function loads. */
function toEnvironment(): NodeJS.ProcessEnv {
  const local = new Set<string>([ENV.registrarEndpoints, ENV.simulatorControl]);
  const own = Object.values(ENV).filter((name) => !local.has(name));
  return {
    ...Object.fromEntries(
      own.map((name) => [name, name === ENV.egressAddresses ? '' : 'arn:aws:x:us-east-1:0:stateMachine:x']),
    ),
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'FAKEBENCHACCESSKEYID',
    AWS_SECRET_ACCESS_KEY: 'fake-bench-secret-access-key',
    POWERTOOLS_SERVICE_NAME: 'bench',
  };
}
