import { join } from 'node:path';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { ROOT } from '../bundle.ts';
import type { Settings } from '../settings.ts';
import type { Edge } from './edge.ts';
import { createLogGroup } from './log-group.ts';
import type { Issuer } from './sign-in.ts';

/**
 * The site's files, and the settings that the web app reads when it starts. The deployment itself copies them, so that
 * site, settings and API are always of one version, and go back together when a deployment fails.
 */
export class Site extends Construct {
  constructor(scope: Construct, id: string, props: { edge: Edge; issuer: Issuer; settings: Settings }) {
    super(scope, id);
    const { issuer, clientId, audience } = props.issuer;
    const { supportUrl, stage } = props.settings;
    const config = { issuer, clientId, audience, local: false, ...(supportUrl && { supportUrl }) };
    new BucketDeployment(this, 'Files', {
      destinationBucket: props.edge.bucket,
      distribution: props.edge.distribution,
      distributionPaths: ['/*'],
      sources: [Source.asset(join(ROOT, 'packages', 'web', 'site')), Source.jsonData('config.json', config)],
      // Names don't change with the content: browsers ask each time whether what they have is still right.
      cacheControl: [CacheControl.noCache()],
      logGroup: createLogGroup(this, 'Log', stage, `/domain-collective/${stage.name}/site-deployment`),
    });
  }
}
