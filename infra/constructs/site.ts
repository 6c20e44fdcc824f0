import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import type { Edge } from './edge.ts';
import { createLogGroup } from './log-group.ts';
import type { Issuer } from './sign-in.ts';

interface SiteProps {
  readonly edge: Edge;
  readonly issuer: Issuer;
  readonly settings: Settings;
  /** Folder of the built web app. */
  readonly folder: string;
}

/**
 * The site's files, and the settings that the web app reads when it starts. The deployment itself copies them, so that
 * site, settings and API are always of one version, and go back together when a deployment fails.
 */
export class Site extends Construct {
  constructor(scope: Construct, id: string, props: SiteProps) {
    super(scope, id);
    const { issuer, clientId, audience } = props.issuer;
    const { supportUrl, stage } = props.settings;
    const config = { issuer, clientId, audience, local: false, ...(supportUrl && { supportUrl }) };
    new BucketDeployment(this, 'Files', {
      destinationBucket: props.edge.bucket,
      distribution: props.edge.distribution,
      distributionPaths: ['/*'],
      sources: [Source.asset(props.folder), Source.jsonData('config.json', config)],
      // Browsers ask each time whether what they have is still right: one rule for the page, whose name never changes,
      // and the files behind it; a 304 costs no more than a round trip to the edge.
      cacheControl: [CacheControl.noCache()],
      logGroup: createLogGroup(this, 'Log', stage, `/domain-collective/${stage.name}/site-deployment`),
    });
  }
}
