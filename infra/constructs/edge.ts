import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { toContentSecurityPolicy, toPermissionsPolicy } from '../security-headers.ts';
import type { Settings } from '../settings.ts';

export interface EdgeProps {
  readonly settings: Settings;
  /** Host of the HTTP API. */
  readonly apiHost: string;
  /** Origins that the web app may talk to besides its own. */
  readonly connectOrigins: readonly string[];
  /** The web ACL before the distribution, where there is one. */
  readonly webAclArn: string | undefined;
}

/**
 * Serves the app's one page for every path that is no file, so that a reload of any page works. Files are those at the
 * root and those below /assets: a dot alone says nothing, for the page of a domain ends in the domain's name.
 */
const SPA_PATHS = `function handler(event) {
  var request = event.request;
  if (!/^\\/(assets\\/.+|[^/]+\\.[a-z0-9]+)$/.test(request.uri)) request.uri = '/index.html';
  return request;
}`;

/** One distribution, one origin for browsers: the site from S3, and the API under /v1, with one set of headers. */
export class Edge extends Construct {
  readonly bucket: IBucket;
  readonly distribution: Distribution;
  /** Where people go, `https://…` without a slash at the end. */
  readonly url: string;

  constructor(scope: Construct, id: string, { settings, apiHost, connectOrigins, webAclArn }: EdgeProps) {
    super(scope, id);
    const { stage, domain } = settings;
    const removalPolicy = stage.isKept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    const safe = {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy,
    };
    const logs: IBucket = createBucket(this, 'Logs', {
      ...safe,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      versioned: true,
      lifecycleRules: [{ expiration: Duration.days(90), noncurrentVersionExpiration: Duration.days(7) }],
    });
    this.bucket = createBucket(this, 'Site', {
      ...safe,
      versioned: true,
      serverAccessLogsBucket: logs,
      serverAccessLogsPrefix: 'site/',
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(30) }],
    });
    const responseHeadersPolicy = this.createHeaders(connectOrigins);
    const shared = { viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS, responseHeadersPolicy };
    const spaPaths = new EdgeFunction(this, 'SpaPaths', {
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(SPA_PATHS),
      comment: 'Serves index.html for the paths of the app',
    });
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `Domain Collective ${stage.name}`,
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      logBucket: logs,
      logFilePrefix: 'edge/',
      defaultBehavior: {
        ...shared,
        origin: S3BucketOrigin.withOriginAccessControl(this.bucket),
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        functionAssociations: [{ function: spaPaths, eventType: FunctionEventType.VIEWER_REQUEST }],
      },
      additionalBehaviors: {
        '/v1/*': {
          ...shared,
          origin: new HttpOrigin(apiHost),
          allowedMethods: AllowedMethods.ALLOW_ALL,
          cachePolicy: CachePolicy.CACHING_DISABLED,
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        },
      },
      ...(webAclArn !== undefined && { webAclId: webAclArn }),
      ...(domain && {
        domainNames: [domain.name],
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
      }),
    });
    this.url = `https://${domain?.name ?? this.distribution.distributionDomainName}`;
  }

  private createHeaders(connectOrigins: readonly string[]): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'Headers', {
      comment: 'Strict headers of site and API',
      securityHeadersBehavior: {
        contentSecurityPolicy: {
          contentSecurityPolicy: toContentSecurityPolicy(connectOrigins),
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(730),
          includeSubdomains: true,
          preload: true,
          override: true,
        },
      },
      customHeadersBehavior: {
        customHeaders: [
          { header: 'Permissions-Policy', value: toPermissionsPolicy(), override: true },
          { header: 'Cross-Origin-Opener-Policy', value: 'same-origin', override: true },
          { header: 'Cross-Origin-Resource-Policy', value: 'same-origin', override: true },
        ],
      },
    });
  }
}

/** CDK's own Bucket doesn't fit its interface where optional members are exact; the cast says that it does. */
function createBucket(...parameters: ConstructorParameters<typeof Bucket>): IBucket {
  return new Bucket(...parameters) as IBucket;
}
