import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPages } from '#infra/build-site.ts';
import { type ServedSite, serveSite } from './static-site.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** The stories, built as they are now and served with the product's headers. */
export interface BuiltStories {
  readonly site: ServedSite;
  close(): Promise<void>;
}

/** Builds the stories to a folder of their own, so that two files of tests can do so at once. */
export async function buildStories(): Promise<BuiltStories> {
  const folder = mkdtempSync(join(tmpdir(), 'stories-'));
  const configFile = join(ROOT, 'test/web/stories/vite.config.ts');
  await buildPages({ configFile, build: { outDir: folder } });
  const site = await serveSite({ folder });
  return {
    site,
    async close() {
      await site.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
