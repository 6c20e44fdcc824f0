import { join } from 'node:path';
import { build, type InlineConfig } from 'vite';
import { ROOT } from './bundle.ts';

/** The folder that the built web app is in, ready to be an asset. */
export const SITE_DIR = join(ROOT, 'dist', 'web');

/** Builds the web app into {@link SITE_DIR}: the page, and files whose names change with what is in them. */
export async function buildSite(): Promise<void> {
  await buildPages({ configFile: join(ROOT, 'packages', 'web', 'vite.config.ts') });
}

/**
 * Builds pages for production, whatever NODE_ENV says: in a test, or in a shell that somebody develops in, they would
 * get React's slow and talkative form.
 */
export async function buildPages(config: InlineConfig): Promise<void> {
  const former = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await build({ logLevel: 'warn', ...config });
  } finally {
    if (former === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = former;
  }
}
