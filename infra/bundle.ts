import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { FUNCTION_NAMES } from '#core/env.ts';
import { trims } from './trims.ts';

export const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, 'dist', 'functions');

/** The folder that holds a function's bundle, ready to be an asset. */
export function toBundleDir(name: string): string {
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
    absWorkingDir: ROOT,
    entryPoints: FUNCTION_NAMES.map((name) => ({
      in: `functions/${name}/handler.ts`,
      out: `${name}/handler`,
    })),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: 'external',
    sourcesContent: false,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    plugins: [trims()],
    // Some packages are CommonJS inside and call require for Node's own modules.
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  });
  copyFileSync(join(ROOT, 'packages/api/openapi.json'), join(outdir, 'api/openapi.json'));
  return result.metafile;
}
