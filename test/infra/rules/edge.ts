import { findResource, type Properties, resourcesOf, type Template, toText } from '../support/template.ts';
import type { TemplateRule } from './rule.ts';

const headersOf = (template: Template) =>
  findResource(template, 'AWS::CloudFront::ResponseHeadersPolicy').Properties.ResponseHeadersPolicyConfig;
const policyOf = (template: Template) => headersOf(template).SecurityHeadersConfig.ContentSecurityPolicy;
const distributionOf = (template: Template) =>
  findResource(template, 'AWS::CloudFront::Distribution').Properties.DistributionConfig;
const behaviorsOf = (template: Template): readonly Properties[] => {
  const { DefaultCacheBehavior, CacheBehaviors } = distributionOf(template);
  return [DefaultCacheBehavior, ...CacheBehaviors];
};

const toPolicy = (connect: string) =>
  `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' ${connect}; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'`;
const COGNITO =
  'https://cognito-idp.<AWS::Region>.amazonaws.com https://domain-collective-dev-<AWS::AccountId>.auth.<AWS::Region>.amazoncognito.com';

/** What browsers are told, and how they come in. */
export const EDGE_RULES: readonly TemplateRule[] = [
  {
    title: 'the content security policy is this very one, with Cognito as the only other origin',
    in: ['dev', 'natGateway'],
    find: (template) => {
      const { ContentSecurityPolicy: policy, Override } = policyOf(template);
      return toText(policy) === toPolicy(COGNITO) && Override ? [] : [toText(policy)];
    },
    controls: {
      'inline scripts': (template) => {
        policyOf(template).ContentSecurityPolicy = toPolicy(COGNITO).replace(
          "script-src 'self'",
          "script-src 'self' 'unsafe-inline'",
        );
      },
      'the origin has its way': (template) => {
        policyOf(template).Override = false;
      },
    },
  },
  {
    title: "with an issuer of the operator's own, the browser talks to that one and not to Cognito",
    in: ['own'],
    find: (template) => {
      const policy = toText(policyOf(template).ContentSecurityPolicy);
      const found = resourcesOf(template, 'AWS::Cognito::UserPool').map(([id]) => id);
      return policy === toPolicy('https://login.example.com') ? found : [policy];
    },
    controls: {
      'Cognito too': (template) => {
        policyOf(template).ContentSecurityPolicy = toPolicy(COGNITO);
      },
    },
  },
  {
    title: 'every answer has the strict set of headers, and no origin can loosen it',
    find: (template) => {
      const { SecurityHeadersConfig: security, CustomHeadersConfig: custom } = headersOf(template);
      const sts = security.StrictTransportSecurity;
      const said = new Map<string, Properties>(custom.Items.map((item: Properties) => [item.Header, item]));
      const checks: Readonly<Record<string, boolean>> = {
        hsts:
          sts.AccessControlMaxAgeSec >= 63_072_000 && sts.IncludeSubdomains && sts.Preload && sts.Override,
        nosniff: security.ContentTypeOptions?.Override === true,
        frames: security.FrameOptions?.FrameOption === 'DENY',
        referrer: security.ReferrerPolicy?.ReferrerPolicy === 'no-referrer',
        opener: said.get('Cross-Origin-Opener-Policy')?.Value === 'same-origin',
        resource: said.get('Cross-Origin-Resource-Policy')?.Value === 'same-origin',
        permissions: /^([a-z-]+=\(\)(, )?)+$/.test(said.get('Permissions-Policy')?.Value ?? ''),
        override: [...said.values()].every((item) => item.Override === true),
      };
      const policies = behaviorsOf(template).map(({ ResponseHeadersPolicyId }) =>
        toText(ResponseHeadersPolicyId),
      );
      return [
        ...Object.keys(checks).filter((name) => !checks[name]),
        ...(policies.every((policy) => /^<EdgeHeaders\w+>$/.test(policy)) ? [] : ['a path without']),
      ];
    },
    controls: {
      'a short memory for HTTPS': (template) => {
        headersOf(template).SecurityHeadersConfig.StrictTransportSecurity.AccessControlMaxAgeSec = 300;
      },
      'the API without': (template) => {
        delete distributionOf(template).CacheBehaviors[0].ResponseHeadersPolicyId;
      },
      'in a frame of its own': (template) => {
        headersOf(template).SecurityHeadersConfig.FrameOptions.FrameOption = 'SAMEORIGIN';
      },
    },
  },
  {
    title: 'browsers come by HTTPS alone, and nothing of the API is kept at the edge',
    find: (template) => {
      // CloudFront's own policies CachingDisabled and AllViewerExceptHostHeader
      const [disabled, withoutHost] = [
        '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      ];
      const api = distributionOf(template).CacheBehaviors[0];
      return [
        ...behaviorsOf(template)
          .filter(({ ViewerProtocolPolicy: policy }) => policy !== 'redirect-to-https')
          .map(() => 'plain text'),
        ...(api.PathPattern === '/v1/*' && api.CachePolicyId === disabled ? [] : ['the API is cached']),
        ...(api.OriginRequestPolicyId === withoutHost ? [] : ['headers of the request']),
      ];
    },
    controls: {
      'plain text': (template) => {
        distributionOf(template).DefaultCacheBehavior.ViewerProtocolPolicy = 'allow-all';
      },
      'answers of one person for another': (template) => {
        distributionOf(template).CacheBehaviors[0].CachePolicyId = '658327ea-f89d-4fab-a63d-7e88639e58f6';
      },
    },
  },
  {
    title: "a domain of the operator's own speaks TLS 1.2 or later",
    in: ['own'],
    find: (template) => {
      const { ViewerCertificate: certificate, Aliases } = distributionOf(template);
      return certificate?.MinimumProtocolVersion === 'TLSv1.2_2021' && Aliases?.[0] === 'domains.example.com'
        ? []
        : ['TLS'];
    },
    controls: {
      'TLS 1.0': (template) => {
        distributionOf(template).ViewerCertificate.MinimumProtocolVersion = 'TLSv1';
      },
    },
  },
  {
    title:
      'the firewall, where it is wanted, stands before the distribution and keeps no sample of a request',
    in: ['own'],
    find: (template) => {
      const { Scope, Rules, VisibilityConfig } = findResource(template, 'AWS::WAFv2::WebACL').Properties;
      const views = [VisibilityConfig, ...Rules.map((rule: Properties) => rule.VisibilityConfig)];
      return [
        ...(Scope === 'CLOUDFRONT' ? [] : ['scope']),
        ...(/^<FirewallWebAcl\w*\.Arn>$/.test(toText(distributionOf(template).WebACLId)) ? [] : ['nowhere']),
        ...views.filter((view) => view.SampledRequestsEnabled !== false).map(() => 'samples'),
      ];
    },
    controls: {
      'bearer tokens in samples': (template) => {
        findResource(
          template,
          'AWS::WAFv2::WebACL',
        ).Properties.Rules[0].VisibilityConfig.SampledRequestsEnabled = true;
      },
      'before nothing': (template) => {
        delete distributionOf(template).WebACLId;
      },
    },
  },
  {
    title: 'sign-in takes a second factor and a code with proof, and renews refresh tokens',
    in: ['dev', 'prod'],
    find: (template) => {
      const pool = findResource(template, 'AWS::Cognito::UserPool').Properties;
      const client = findResource(template, 'AWS::Cognito::UserPoolClient').Properties;
      const domain = findResource(template, 'AWS::Cognito::UserPoolDomain').Properties;
      const checks: Readonly<Record<string, boolean>> = {
        factor: pool.MfaConfiguration === 'ON' && pool.EnabledMfas.join() === 'SOFTWARE_TOKEN_MFA',
        flows: client.AllowedOAuthFlows.join() === 'code' && !client.GenerateSecret,
        existence: client.PreventUserExistenceErrors === 'ENABLED',
        rotation: client.RefreshTokenRotation?.Feature === 'ENABLED',
        passwords: client.ExplicitAuthFlows.join() === 'ALLOW_USER_SRP_AUTH',
        pages:
          domain.ManagedLoginVersion === 2 &&
          resourcesOf(template, 'AWS::Cognito::ManagedLoginBranding').length === 1,
      };
      return Object.keys(checks).filter((name) => !checks[name]);
    },
    controls: {
      'one factor': (template) => {
        findResource(template, 'AWS::Cognito::UserPool').Properties.MfaConfiguration = 'OPTIONAL';
      },
      'tokens in the address': (template) => {
        findResource(template, 'AWS::Cognito::UserPoolClient').Properties.AllowedOAuthFlows = ['implicit'];
      },
    },
  },
];
