import { toAcknowledgements } from './acknowledgements.ts';
import { buildSite, SITE_DIR } from './build-site.ts';
import { bundleFunctions, toBundleDir } from './bundle.ts';
import { composeApp } from './compose.ts';

/*
 * What the CDK runs: bundles the functions, builds the web app and writes the cloud assembly. `CDK_OUTDIR=cdk.out CDK_VALIDATION=false
 * node infra/app.ts` does it without the command line, and without the checks that take most of the time.
 */
const startedMs = performance.now();
await Promise.all([bundleFunctions(), buildSite()]);
const bundledMs = performance.now();
const { app, stack, settings } = composeApp({
  toBundleDir,
  siteDir: SITE_DIR,
  region: process.env.CDK_DEFAULT_REGION,
});
if (settings.isNagged) {
  // Loaded only where it is wanted: it is large.
  const { addNag } = await import('./nag.ts');
  addNag(app, stack, toAcknowledgements(settings));
}
const composedMs = performance.now();
app.synth();

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
console.error(
  `${stack.stackName}: bundled and built in ${seconds(bundledMs - startedMs)}, composed in ${seconds(composedMs - bundledMs)}, ` +
    `written in ${seconds(performance.now() - composedMs)}`,
);
