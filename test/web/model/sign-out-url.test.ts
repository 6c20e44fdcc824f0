import { expect, test } from 'vitest';
import { toSignOutUrl } from '../../../packages/web/src/session/sign-out-url.ts';

const ORIGIN = 'https://domains.example.test';

test('Cognito is told its own parameters', () => {
  const cognito = {
    authorization_endpoint: 'https://fake.auth.eu-central-1.amazoncognito.com/oauth2/authorize',
    end_session_endpoint: 'https://fake.auth.eu-central-1.amazoncognito.com/logout',
  };
  const issuer = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_fake';

  expect(toSignOutUrl(cognito, { issuer, clientId: 'fake-client' }, ORIGIN, 'fake-id-token')).toBe(
    'https://fake.auth.eu-central-1.amazoncognito.com/logout?client_id=fake-client&logout_uri=https%3A%2F%2Fdomains.example.test%2F',
  );
});

test('another issuer is told those of OpenID Connect', () => {
  const local = { end_session_endpoint: 'http://127.0.0.1:4000/oidc/session/end?x=1' };
  const config = { issuer: 'http://127.0.0.1:4000/oidc', clientId: 'fake-client' };
  const common =
    'http://127.0.0.1:4000/oidc/session/end?x=1&client_id=fake-client&post_logout_redirect_uri=https%3A%2F%2Fdomains.example.test%2F';

  expect(toSignOutUrl(local, config, ORIGIN, undefined)).toBe(common);
  expect(toSignOutUrl(local, config, ORIGIN, 'fake-id-token')).toBe(`${common}&id_token_hint=fake-id-token`);
});

test('one that has no page to sign out at leads back at once', () => {
  expect(toSignOutUrl({}, { issuer: 'https://issuer.example.test', clientId: 'x' }, ORIGIN, undefined)).toBe(
    'https://domains.example.test/',
  );
});
