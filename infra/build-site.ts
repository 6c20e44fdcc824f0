import { join } from 'node:path';
import { build } from 'vite';
import { ROOT } from './bundle.ts';

/** The folder that the built web app is in, ready to be an asset. */
export const SITE_DIR = join(ROOT, 'dist', 'web');

/** Builds the web app into {@link SITE_DIR}: the page, and files whose names change with what is in them. */
export async function buildSite(): Promise<void> {
  await build({ configFile: join(ROOT, 'packages', 'web', 'vite.config.ts'), logLevel: 'warn' });
}
