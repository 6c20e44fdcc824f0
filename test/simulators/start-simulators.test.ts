import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulators } from '#simulators/engine.ts';
import { PROTOCOLS } from '#simulators/protocols.ts';
import { startSimulators } from '#simulators/start-simulators.ts';
import type { SimAccount, SimRegistrarId } from '#simulators/types.ts';

let simulators: Simulators;
let nowMs = Date.parse('2026-11-23T12:00:00Z');

beforeAll(async () => {
  simulators = await startSimulators({ latencyMs: 0, now: () => nowMs });
});
afterAll(() => simulators.close());

describe.each(PROTOCOLS.map((protocol) => [protocol.id, protocol] as const))(
  'simulated %s',
  (id, protocol) => {
    it('has demo accounts of 10, 50 and 0 domains, and some that refuse', () => {
      const accounts = simulators.accounts(id);

      expect(
        accounts.filter(({ refusal }) => refusal === 'none').map(({ portfolio }) => portfolio.size),
      ).toEqual([10, 50, 0]);
      expect(accounts.filter(({ refusal }) => refusal !== 'none').length).toBeGreaterThan(0);
    });

    it('has credentials that say they are fake', () => {
      for (const { credentials } of simulators.accounts(id)) {
        expect(Object.values(credentials).join()).toMatch(/fake/i);
      }
    });

    it.each([10, 50])('lists the domains of the account of %i to who signs in as it', async (size) => {
      nowMs += 86_400_000;
      const account = goodAccount(id, size);
      const { status, text } = await list(id, account);

      expect(status).toBe(200);
      const listed = account.portfolio.names.filter((name) => text.toLowerCase().includes(name));
      expect(listed.length).toBeGreaterThan(0);
    });

    it('lists no domain to an account that refuses the call', async () => {
      nowMs += 86_400_000;
      for (const account of simulators.accounts(id).filter(({ refusal }) => refuses(refusal))) {
        nowMs += 60_000;
        const { text } = await list(id, account);
        expect(account.portfolio.names.filter((name) => text.toLowerCase().includes(name))).toEqual([]);
      }
    });

    it('knows whose calls it counts, and enforces its strictest window to the call', async () => {
      nowMs += 86_400_000;
      await control('DELETE', `${id}/counters`);
      const account = goodAccount(id, 10);
      const most = Math.min(...protocol.limits.map(({ calls }) => calls));

      await Promise.all(Array.from({ length: most + 1 }, () => list(id, account)));

      expect(await control('GET', `${id}/counters`)).toMatchObject({
        calls: most + 1,
        violations: 1,
        writes: 0,
        failures: 0,
        perAccount: { [account.id]: { calls: most + 1, violations: 1 } },
      });
    });

    it('tells the truth of every account, with records for each domain', async () => {
      for (const account of simulators.accounts(id)) {
        const truth = await control('GET', `${id}/accounts/${account.id}/truth`);
        expect(truth.domains.map(({ name }: { name: string }) => name)).toEqual(account.portfolio.names);
        expect(Object.keys(truth.records)).toEqual(account.portfolio.names);
      }
    });

    it('adds an account that can sign in with the credentials made for it', async () => {
      nowMs += 86_400_000;
      await control('PUT', `${id}/accounts/added`, { size: 3, seed: 77, add: ['added-by-name.com'] });
      const account = simulators.accounts(id).find(({ id: accountId }) => accountId === 'added');

      const { status, text } = await list(id, account as SimAccount);

      expect(status).toBe(200);
      expect(text.toLowerCase()).toContain('added-by-name.com');
    });

    it('answers nonsense without failing', async () => {
      await control('DELETE', `${id}/counters`);
      const origin = String(simulators.origins[id]);
      for (const path of [
        '/',
        '/%ff',
        '//',
        '/v1/domains?limit=x',
        '/v5/domain/domains/%ff',
        '/xml.response?Page=-1',
      ]) {
        nowMs += 60_000;
        const headers = { authorization: 'Basic ////' };
        await fetch(origin + path, { headers }).then((answer) => answer.text());
        await fetch(origin + path, { method: 'POST', body: '[]' }).then((answer) => answer.text());
      }

      expect(await control('GET', `${id}/counters`)).toMatchObject({ calls: 12, failures: 0 });
    });
  },
);

describe('start-simulators by hand', () => {
  const file = fileURLToPath(new URL('../../packages/simulators/start-simulators.ts', import.meta.url));
  const run = (...args: readonly string[]) => {
    const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.setEncoding('utf8');
    child.stderr.setEncoding('utf8');
    return child;
  };

  it('prints where everything is, and ends when it is told to', async () => {
    const child = run('--port', '0', '--latency', '0', 'porkbun');
    const [printed] = (await once(child.stdout, 'data')) as [string];
    const { control: origin, origins } = JSON.parse(printed) as { control: string; origins: object };
    expect(Object.keys(origins)).toEqual(['porkbun']);
    expect(await (await fetch(`${origin}/control`)).json()).toEqual({ origins });

    child.kill('SIGTERM');

    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('refuses what it does not understand, and says how it is called', async () => {
    const child = run('--port', 'any');
    const [told] = (await once(child.stderr, 'data')) as [string];

    expect(told).toContain('--port takes a whole number, not "any"');
    expect(told).toContain('start-simulators.ts [--port');
    expect(child.exitCode ?? (await once(child, 'exit'))[0]).toBe(1);
  });
});

/** A wrong customer id refuses only calls that carry one, and listing domains doesn't. */
function refuses(refusal: SimAccount['refusal']): boolean {
  return !['none', 'wrongCustomerId', 'customerIdUnverifiable'].includes(refusal);
}

function goodAccount(id: SimRegistrarId, size: number): SimAccount {
  const account = simulators
    .accounts(id)
    .find(({ refusal, portfolio }) => refusal === 'none' && portfolio.size === size);
  if (account === undefined) throw new Error(`${id} has no demo account of ${size} domains`);
  return account;
}

/** The first page of the account's domains, asked for as each registrar's documentation says. */
async function list(
  id: SimRegistrarId,
  { credentials }: SimAccount,
): Promise<{ status: number; text: string }> {
  const field = (name: string) => String(credentials[name]);
  const origin = String(simulators.origins[id]);
  const ask = async (path: string, init: RequestInit) => {
    const answer = await fetch(origin + path, init);
    return { status: answer.status, text: await answer.text() };
  };
  switch (id) {
    case 'godaddy':
      return ask('/v1/domains?limit=100', {
        headers: { authorization: `sso-key ${field('apiKey')}:${field('apiSecret')}` },
      });
    case 'namecheap': {
      const query = new URLSearchParams({
        ApiUser: field('username'),
        ApiKey: field('apiKey'),
        UserName: field('username'),
        ClientIp: '127.0.0.1',
        Command: 'namecheap.domains.getList',
        PageSize: '100',
      });
      return ask(`/xml.response?${query}`, {});
    }
    case 'gandi':
      return ask('/v5/domain/domains?per_page=100', {
        headers: { authorization: `Bearer ${field('apiToken')}` },
      });
    case 'porkbun':
      return ask('/api/json/v3/domain/listAll', {
        method: 'POST',
        body: JSON.stringify({ apikey: field('apiKey'), secretapikey: field('secretApiKey') }),
      });
    case 'namecom': {
      const pair = Buffer.from(`${field('username')}:${field('apiToken')}`).toString('base64');
      return ask('/core/v1/domains?perPage=100', { headers: { authorization: `Basic ${pair}` } });
    }
  }
}

async function control(method: string, path: string, body?: unknown) {
  const answer = await fetch(`${simulators.controlOrigin}/control/${path}`, {
    method,
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
