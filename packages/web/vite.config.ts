import { defineConfig } from 'vite';
import { toSiteConfig } from './site-config.ts';

/** Builds the site to `dist/web`. */
export default defineConfig(toSiteConfig(import.meta.dirname, 'web'));
