import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { UserConfig } from 'vite';
import { markdown } from './markdown-plugin.ts';

/** How the web app is built: the `index.html` of `root`, into the folder `dist/<name>` of the repository. */
export function toSiteConfig(root: string, name: string): UserConfig {
  return {
    root,
    publicDir: fileURLToPath(new URL('public', import.meta.url)),
    plugins: [markdown(), react(), tailwindcss()],
    build: {
      outDir: fileURLToPath(new URL(`../../dist/${name}`, import.meta.url)),
      emptyOutDir: true,
      // Files of their own also where they are small: the policy allows no data: fonts, and scripts only from files.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      target: ['chrome125', 'edge125', 'firefox128', 'safari18'],
      reportCompressedSize: false,
      // What every first page needs is one file: it compresses better than twenty, and comes at once.
      rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
    },
  };
}
