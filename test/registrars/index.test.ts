import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { REGISTRAR_IDS } from '#core/registrar-id.ts';
import { createHttpClient } from '#registrars/http.ts';
import { REGISTRARS } from '#registrars/index.ts';

const all = REGISTRAR_IDS.map((id) => [id, REGISTRARS[id]] as const);

describe('the list of registrars', () => {
  test('is that of the ids, in their order, and of the folders (R15)', () => {
    const folders = readdirSync(new URL('../../packages/registrars', import.meta.url), {
      withFileTypes: true,
    })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);

    expect(Object.keys(REGISTRARS)).toEqual([...REGISTRAR_IDS]);
    expect(folders.sort()).toEqual([...REGISTRAR_IDS].sort());
    expect(all.filter(([id, definition]) => id !== definition.id)).toEqual([]);
  });

  test.each([
    ['godaddy', 'GoDaddy', "World's largest registrar"],
    ['namecheap', 'Namecheap', 'Competitive pricing'],
    ['gandi', 'Gandi', 'Privacy-focused'],
  ] as const)('shows %s as %s, "%s" (R12–R14)', (id, name, tagline) => {
    expect(REGISTRARS[id]).toMatchObject({ name, tagline });
  });

  test.each([
    ['godaddy', { apiKey: 'API Key', apiSecret: 'API Secret', customerId: 'Customer ID' }, ['apiSecret']],
    ['namecheap', { username: 'Username', apiKey: 'API Key' }, ['apiKey']],
    ['gandi', { apiToken: 'API Token' }, ['apiToken']],
    ['namecom', { username: 'Username', apiToken: 'API Token' }, ['apiToken']],
  ] as const)(
    'asks for the credentials of %s by the right labels in order (R18–R21)',
    (id, labels, secrets) => {
      const { credentialFields } = REGISTRARS[id];

      expect(credentialFields.map(({ name, label }) => [name, label])).toEqual(Object.entries(labels));
      expect(credentialFields.filter(({ secret }) => secret).map(({ name }) => name)).toEqual(secrets);
    },
  );

  test('asks for both keys of porkbun (R21)', () => {
    expect(REGISTRARS.porkbun.credentialFields.map(({ name, label }) => [name, label])).toEqual([
      ['apiKey', 'API Key'],
      ['secretApiKey', 'Secret API Key'],
    ]);
  });
});

describe.each(all)('%s', (_, definition) => {
  test('says how to get its credentials, in 3 to 5 steps, with links over https (R5)', () => {
    expect(definition.prerequisites.length).toBeGreaterThanOrEqual(3);
    expect(definition.prerequisites.length).toBeLessThanOrEqual(5);
    expect(definition.links.length).toBeGreaterThan(0);
    for (const { url } of definition.links) expect(url).toMatch(/^https:\/\//);
    for (const { hint } of definition.credentialFields) expect(hint).toMatch(/\.$/);
  });

  test('has production first, and origins that the HTTP client takes', () => {
    const origins = definition.environments.flatMap(({ origins: { api, identity } }) => [
      api,
      identity ?? api,
    ]);

    expect(definition.environments[0]?.id).toBe('production');
    expect(() => createHttpClient({ allowedOrigins: origins })).not.toThrow();
  });

  test('counts calls by a part of the credentials that is a secret or the account', () => {
    const names = definition.credentialFields.map(({ name }) => name);
    const credentials = Object.fromEntries(names.map((name) => [name, `fake-${name}`]));

    expect(names.map((name) => `fake-${name}`)).toContain(definition.limitSubject(credentials));
  });

  test('reads only: GET, or POST to paths and commands that say so (R46, R77)', () => {
    for (const { method, path, command } of definition.readingCalls) {
      if (method === 'GET') continue;
      const what = command ?? path.source;
      expect(what).toMatch(/\.get[A-Z]\w+$|(listAll|getNs|retrieve)\b/);
      expect(what).not.toMatch(/set|create|update|edit|delete|add/i);
    }
  });
});
