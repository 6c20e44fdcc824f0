import { describe, expect, test } from 'vitest';
import { readSettings } from '#infra/settings.ts';

const read = (context: Readonly<Record<string, unknown>>, region?: string) =>
  readSettings((name) => context[name], region);

const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-4000-8000-000000000000';

describe('readSettings', () => {
  test('without a word gives the small stage, with everything optional off', () => {
    expect(read({})).toMatchObject({
      stage: { name: 'dev', isKept: false },
      namecheapEgress: 'off',
      oidc: undefined,
      domain: undefined,
      alarmEmail: undefined,
      supportUrl: undefined,
      region: undefined,
      hasFirewall: false,
      isNagged: false,
    });
  });

  test('reads what an operator says', () => {
    const context = {
      stage: 'prod',
      namecheapEgress: 'natGateway',
      oidcIssuer: 'https://login.example.com',
      oidcClientId: 'fake-client',
      oidcAudience: 'https://api.example.com',
      domainName: 'domains.example.com',
      certificateArn,
      alarmEmail: 'operator@example.com',
      supportUrl: 'mailto:help@example.com',
      enableWaf: 'true',
      nag: true,
    };

    expect(read(context, 'us-east-1')).toMatchObject({
      stage: { name: 'prod', isKept: true },
      namecheapEgress: 'natGateway',
      oidc: {
        issuer: 'https://login.example.com',
        clientId: 'fake-client',
        audience: 'https://api.example.com',
      },
      domain: { name: 'domains.example.com', certificateArn },
      alarmEmail: 'operator@example.com',
      supportUrl: 'mailto:help@example.com',
      region: 'us-east-1',
      hasFirewall: true,
      isNagged: true,
    });
  });

  test('takes the client for the audience where none is named', () => {
    const { oidc } = read({ oidcIssuer: 'https://login.example.com', oidcClientId: 'fake-client' });

    expect(oidc?.audience).toBe('fake-client');
  });

  test.each([
    [{ stage: 'test' }, 'context stage is one of dev, prod, not test'],
    [{ namecheapEgress: 'on' }, 'context namecheapEgress is one of off, fckNat, natGateway, not on'],
    [{ enableWaf: 'yes' }, 'context enableWaf is one of true, false, not yes'],
    [{ oidcIssuer: 'https://login.example.com' }, 'context oidcIssuer and oidcClientId go together'],
    [{ oidcAudience: 'api' }, 'context oidcIssuer and oidcClientId go together'],
    [{ oidcIssuer: 'http://login.example.com', oidcClientId: 'x' }, 'context oidcIssuer is an https: URL'],
    [{ domainName: 'domains.example.com' }, 'context domainName and certificateArn go together'],
    [
      { domainName: 'domains.example.com', certificateArn: certificateArn.replace('us-east-1', 'eu-west-1') },
      'us-east-1',
    ],
    [{ alarmEmail: 'operator' }, 'context alarmEmail is an e-mail address'],
    [{ supportUrl: 'javascript:alert(1)' }, 'context supportUrl is an https: or mailto: URL'],
    [{ stage: { name: 'dev' } }, 'context stage is a text'],
  ])('refuses %o', (context, message) => {
    expect(() => read(context)).toThrow(message);
  });

  test.each([['eu-west-1'], [undefined]])('refuses a firewall in region %s', (region) => {
    expect(() => read({ enableWaf: 'true' }, region)).toThrow(
      `enableWaf needs the stack in us-east-1, where CloudFront's web ACLs live; its region is ${region ?? 'not known here'}`,
    );
  });
});
