import {
  findResource,
  functionsOf,
  type Properties,
  resourcesOf,
  type Template,
  toText,
} from '../support/template.ts';
import type { TemplateRule } from './rule.ts';

const OPEN = ['GET /v1/health', 'GET /v1/openapi.json'];
const routesOf = (template: Template) => resourcesOf(template, 'AWS::ApiGatewayV2::Route');
/** What the access log may say of a request: nothing of who it is about. */
const LOGGED = [
  '$context.requestId',
  '$context.requestTime',
  '$context.routeKey',
  '$context.status',
  '$context.responseLatency',
  '$context.integrationErrorMessage',
  '$context.authorizer.error',
];

/** What stands before the API. */
export const API_RULES: readonly TemplateRule[] = [
  {
    title: 'every route but health and the description asks for an access token with scope openid',
    find: (template) =>
      routesOf(template)
        .filter(
          ([
            ,
            {
              Properties: { RouteKey, AuthorizationType, AuthorizationScopes, AuthorizerId },
            },
          ]) => {
            if (OPEN.includes(RouteKey)) return AuthorizationType !== 'NONE';
            const isGuarded =
              AuthorizationType === 'JWT' && /^<ApiAuthorizer\w*>$/.test(toText(AuthorizerId));
            return !isGuarded || AuthorizationScopes?.join() !== 'openid';
          },
        )
        .map(
          ([
            ,
            {
              Properties: { RouteKey },
            },
          ]) => RouteKey,
        ),
    controls: {
      'an open route': (template) => {
        findResource(template, 'AWS::ApiGatewayV2::Route', 'default').Properties.AuthorizationType = 'NONE';
      },
      'ID tokens pass': (template) => {
        delete findResource(template, 'AWS::ApiGatewayV2::Route', 'POST').Properties.AuthorizationScopes;
      },
    },
  },
  {
    title: 'paths that nobody serves are answered by the API, behind the authorizer',
    find: (template) =>
      routesOf(template).some(([, { Properties: route }]) => route.RouteKey === '$default')
        ? []
        : ['$default'],
    controls: {
      'no default route': (template) => {
        findResource(template, 'AWS::ApiGatewayV2::Route', 'default').Properties.RouteKey = 'GET /v1/other';
      },
    },
  },
  {
    title: 'what touches credentials goes to the one function that can seal them, all else to the other',
    find: (template) => {
      const functions = functionsOf(template);
      const toTarget = ({ Target }: Properties) => {
        const [, integration = ''] = /<(\w+)>/.exec(toText(Target)) ?? [];
        return toText(template.Resources[integration]?.Properties.IntegrationUri);
      };
      return routesOf(template)
        .filter(([, { Properties: route }]) => {
          const name = /^(POST|PUT|DELETE) /.test(route.RouteKey) ? 'credentials' : 'api';
          return toTarget(route) !== `<${functions.get(name)?.logicalId}.Arn>`;
        })
        .map(([, { Properties: route }]) => route.RouteKey);
    },
    controls: {
      'the API takes credentials in': (template) => {
        const { Target } = findResource(template, 'AWS::ApiGatewayV2::Route', 'default').Properties;
        findResource(template, 'AWS::ApiGatewayV2::Route', 'POST').Properties.Target = Target;
      },
    },
  },
  {
    title: 'no other origin is let in by the browser',
    find: (template) => {
      const { CorsConfiguration } = findResource(template, 'AWS::ApiGatewayV2::Api').Properties;
      return CorsConfiguration === undefined ? [] : ['CORS'];
    },
    controls: {
      'every origin': (template) => {
        findResource(template, 'AWS::ApiGatewayV2::Api').Properties.CorsConfiguration = {
          AllowOrigins: ['*'],
        };
      },
    },
  },
  {
    title: 'access is logged by route, and never by path, address, token or person',
    find: (template) => {
      const { Format, DestinationArn } =
        findResource(template, 'AWS::ApiGatewayV2::Stage').Properties.AccessLogSettings ?? {};
      const said = Object.values<string>(JSON.parse(Format ?? '{"none":""}'));
      return [
        ...said.filter((variable) => !LOGGED.includes(variable)),
        ...(DestinationArn ? [] : ['nowhere']),
      ];
    },
    controls: {
      'the path': (template) => {
        const settings = findResource(template, 'AWS::ApiGatewayV2::Stage').Properties.AccessLogSettings;
        settings.Format = settings.Format.replace('routeKey', 'path');
      },
      'no log': (template) => {
        delete findResource(template, 'AWS::ApiGatewayV2::Stage').Properties.AccessLogSettings;
      },
    },
  },
  {
    title: 'requests are throttled',
    find: (template) => {
      const { DefaultRouteSettings: limits } = findResource(template, 'AWS::ApiGatewayV2::Stage').Properties;
      return limits?.ThrottlingRateLimit > 0 && limits?.ThrottlingBurstLimit > 0 ? [] : ['the stage'];
    },
    controls: {
      'not at all': (template) => {
        delete findResource(template, 'AWS::ApiGatewayV2::Stage').Properties.DefaultRouteSettings;
      },
    },
  },
];
