/**
 * `npm run -s bench:web`: builds the site as it is deployed, and measures what its first load weighs and how fast it is
 * with 10,000 domains at a fourth of the processor's speed, against static answers on this machine. `--json` prints a
 * line a figure; `--sizes` leaves the times out; `--built` takes the site as it was built last. Exits 1 where a figure
 * misses its bound: sizes at the bound, times at 1.5 times theirs. `web.rows.all`, `web.cpu`, `web.heap` and the single
 * columns tell, and gate nothing; a keystroke is without the 100 ms in which the search box waits for the next one.
 */
import { parseArgs } from 'node:util';
import { buildSite, SITE_DIR } from '#infra/build-site.ts';
import type { Figure } from '#test/figures/figure.ts';
import { launchBrowser } from '../support/browser.ts';
import { measureSizes } from './bundle-sizes.ts';
import { findScripts, measureTimes, serveMany } from './page-times.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    sizes: { type: 'boolean', default: false },
    built: { type: 'boolean', default: false },
  },
});

if (!options.built) await buildSite();
const browser = await launchBrowser();
const site = await serveMany(SITE_DIR);
const figures: Figure[] = [];
try {
  figures.push(...measureSizes(SITE_DIR, await findScripts(browser, site)));
  if (!options.sizes) figures.push(...(await measureTimes(browser, site)));
} finally {
  await browser.close();
  await site.close();
}
if (options.json) for (const figure of figures) process.stdout.write(`${JSON.stringify(figure)}\n`);
else console.table(figures.map(({ figure, ...rest }) => ({ figure, ...rest })));
process.exitCode = figures.length === 0 || figures.some(({ ok }) => !ok) ? 1 : 0;
