import { defineConfig } from 'vite';
import { toSiteConfig } from '../../../packages/web/site-config.ts';

/** Builds the stories to `dist/web-stories`, as the site is built, from an entry of their own: none are in the site. */
export default defineConfig(toSiteConfig(import.meta.dirname, 'web-stories'));
