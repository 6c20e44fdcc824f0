import { App } from 'aws-cdk-lib';
import type { BundleName } from './bundle.ts';
import { FEATURE_FLAGS } from './feature-flags.ts';
import { readSettings } from './settings.ts';
import { DomainCollectiveStack } from './stack.ts';

export interface CompositionOptions {
  /** Folder of a function's code. */
  readonly toBundleDir: (name: BundleName) => string;
  /** Folder of the built web app. */
  readonly siteDir: string;
  /** What an operator would say by `--context`; the command line's own comes on top. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Where the cloud assembly goes. @default what the CDK's command line says, else a new temporary folder */
  readonly outdir?: string;
  /** The region that the CDK's command line found. */
  readonly region?: string | undefined;
}

/** Makes the app with its one stack, as the context describes it; `app.synth()` writes it. */
export function composeApp({ toBundleDir, siteDir, context, outdir, region }: CompositionOptions) {
  const app = new App({
    context: { ...FEATURE_FLAGS, ...context },
    analyticsReporting: false,
    treeMetadata: false,
    ...(outdir !== undefined && { outdir }),
  });
  const settings = readSettings((name) => app.node.tryGetContext(name), region);
  const { stage } = settings;
  const stack = new DomainCollectiveStack(app, `domain-collective-${stage.name}`, {
    settings,
    toBundleDir,
    siteDir,
    terminationProtection: stage.isKept,
    tags: { application: 'domain-collective', stage: stage.name },
    ...(settings.region !== undefined && { env: { region: settings.region } }),
  });
  return { app, stack, settings };
}
