import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { FUNCTION_NAMES, type FunctionName } from '#core/env.ts';
import { REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';
import { trims } from './trims.ts';

export const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, 'dist', 'functions');

/** A function as it is deployed: by its name, and a worker by that of its registrar besides. */
export type BundleName = Exclude<FunctionName, 'registrar-worker'> | `registrar-worker-${RegistrarId}`;

/** The source of each bundle. A worker holds the adapter of its own registrar and of no other. */
const ENTRIES: ReadonlyMap<BundleName, string> = new Map(
  FUNCTION_NAMES.flatMap((name): [BundleName, string][] =>
    name === 'registrar-worker'
      ? REGISTRAR_IDS.map((id) => [`registrar-worker-${id}`, `functions/registrar-worker/${id}.ts`])
      : [[name, `functions/${name}/handler.ts`]],
  ),
);
export const BUNDLE_NAMES: readonly BundleName[] = [...ENTRIES.keys()];

/** The folder that holds a function's bundle, ready to be an asset. */
export function toBundleDir(name: BundleName): string {
  return join(OUT, name);
}

/**
 * Bundles every function in one esbuild call: a folder each with `handler.mjs`, the AWS SDK and all else inside, so
 * that nothing depends on what the runtime happens to hold. Source maps lie beside it and stay here: they read the
 * stack traces of a log, and are nobody else's business.
 */
export async function bundleFunctions(outdir = OUT): Promise<Metafile> {
  rmSync(outdir, { recursive: true, force: true });
  const result = await build({
    ...toBundleOptions(),
    entryPoints: [...ENTRIES].map(([name, source]) => ({ in: source, out: `${name}/handler` })),
    outdir,
    outExtension: { '.js': '.mjs' },
    sourcemap: 'external',
    sourcesContent: false,
    metafile: true,
  });
  copyFileSync(join(ROOT, 'packages/api/openapi.json'), join(outdir, 'api/openapi.json'));
  return result.metafile;
}

/** How code for Lambda is made, whatever it is made of. */
export function toBundleOptions() {
  return {
    absWorkingDir: ROOT,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [trims()],
    // Some packages are CommonJS inside and call require for Node's own modules.
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  } satisfies BuildOptions;
}
