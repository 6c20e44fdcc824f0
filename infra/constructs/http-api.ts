import { Fn, Stack } from 'aws-cdk-lib';
import {
  CfnApi,
  CfnAuthorizer,
  CfnIntegration,
  CfnRoute,
  type CfnRouteProps,
  CfnStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { INTAKE_ROUTES, OPEN_ROUTES } from '../routes.ts';
import type { Stage } from '../stage.ts';
import type { HouseFunction } from './house-function.ts';
import { createLogGroup } from './log-group.ts';
import type { Issuer } from './sign-in.ts';

/** What the access log says of a request: the route, never the path with its ids and names. */
const ACCESS_LOG_FORMAT = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  integrationError: '$context.integrationErrorMessage',
  authorizerError: '$context.authorizer.error',
});

export interface ApiProps {
  readonly stage: Stage;
}

/**
 * The HTTP API behind the distribution. The gateway's part comes first, since the distribution needs its address and
 * the issuer needs the distribution's; `serve` adds routes and authorizer when both are known. The plain resources
 * say it shorter than the constructs above them: one permission for each function instead of one for each route.
 */
export class Api extends Construct {
  private readonly api: CfnApi;

  constructor(scope: Construct, id: string, { stage }: ApiProps) {
    super(scope, id);
    this.api = new CfnApi(this, 'Http', {
      name: `domain-collective-${stage.name}`,
      protocolType: 'HTTP',
      description: 'Domain Collective',
    });
    // Under this prefix the services that deliver logs need no statement of their own for each log.
    const log = createLogGroup(
      this,
      'AccessLog',
      stage,
      `/aws/vendedlogs/apis/domain-collective-${stage.name}`,
    );
    new CfnStage(this, 'LiveStage', {
      apiId: this.api.ref,
      stageName: '$default',
      autoDeploy: true,
      accessLogSettings: { destinationArn: log.logGroupArn, format: ACCESS_LOG_FORMAT },
      defaultRouteSettings: {
        throttlingRateLimit: stage.throttle.rate,
        throttlingBurstLimit: stage.throttle.burst,
        detailedMetricsEnabled: true,
      },
    });
  }

  /** Id of the API, for alarms and for the distribution's origin. */
  get id(): string {
    return this.api.ref;
  }

  /** Host name of the API, without scheme. */
  get host(): string {
    return Fn.select(2, Fn.split('/', this.api.attrApiEndpoint));
  }

  /** Adds the routes: everything but the open ones asks for an access token with scope `openid`, so that ID tokens stop here. */
  serve(functions: { readonly api: HouseFunction; readonly intake: HouseFunction }, issuer: Issuer): void {
    const authorizer = new CfnAuthorizer(this, 'Authorizer', {
      apiId: this.api.ref,
      authorizerType: 'JWT',
      name: 'access-token',
      identitySource: ['$request.header.Authorization'],
      jwtConfiguration: { issuer: issuer.issuer, audience: [issuer.audience] },
    });
    const api = this.integrate('Api', functions.api);
    const intake = this.integrate('Intake', functions.intake);
    const guard = { authorizationType: 'JWT', authorizerId: authorizer.ref, authorizationScopes: ['openid'] };
    for (const routeKey of INTAKE_ROUTES) this.route(routeKey, intake, guard);
    for (const routeKey of OPEN_ROUTES) this.route(routeKey, api, { authorizationType: 'NONE' });
    this.route('$default', api, guard);
  }

  private integrate(id: string, { fn }: HouseFunction): string {
    const integration = new CfnIntegration(this, `${id}Integration`, {
      apiId: this.api.ref,
      integrationType: 'AWS_PROXY',
      integrationUri: fn.functionArn,
      payloadFormatVersion: '2.0',
    });
    fn.addPermission(`InvokedBy${this.node.id}`, {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: Stack.of(this).formatArn({
        service: 'execute-api',
        resource: this.api.ref,
        resourceName: '*',
      }),
    });
    return `integrations/${integration.ref}`;
  }

  private route(
    routeKey: string,
    target: string,
    access: Pick<CfnRouteProps, 'authorizationType' | 'authorizerId' | 'authorizationScopes'>,
  ): void {
    const id = routeKey.replace(/[^A-Za-z]+/g, '-').replace(/^-|-$/g, '');
    new CfnRoute(this, `Route-${id}`, { apiId: this.api.ref, routeKey, target, ...access });
  }
}
