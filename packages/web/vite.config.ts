import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { markdown } from './markdown-plugin.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

/**
 * Builds the site to `dist/web`. `--mode stories` builds the pages with made-up data in every state to
 * `dist/web-stories` instead, from an entry of its own: nothing of them is in the site.
 */
export default defineConfig(({ mode }) => {
  const isStories = mode === 'stories';
  return {
    root,
    plugins: [markdown(), react(), tailwindcss()],
    build: {
      outDir: `../../dist/${isStories ? 'web-stories' : 'web'}`,
      emptyOutDir: true,
      // Files of their own also where they are small: the policy allows no data: fonts, and scripts only from files.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      target: ['chrome125', 'edge125', 'firefox128', 'safari18'],
      reportCompressedSize: false,
      rolldownOptions: { input: `${root}${isStories ? 'stories' : 'index'}.html` },
    },
  };
});
