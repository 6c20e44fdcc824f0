import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type LocalServer, startServer } from '#local/server.ts';
import { readSettings } from '#local/settings.ts';
import { changeMini, MINI_ASSEMBLY, makeDataDir } from './fixtures/mini.ts';

const run = promisify(execFile);
const tokenCommand = fileURLToPath(new URL('../../packages/local/token.ts', import.meta.url));
const serveMini = fileURLToPath(new URL('./fixtures/serve-mini.ts', import.meta.url));
const env = (dataDir: string) => ({ ...process.env, PORT: '0', SIM_PORT: '0', DATA_DIR: dataDir });

/** A bearer token, as the command prints it. */
async function readToken(dataDir: string, ...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [tokenCommand, ...args], {
    env: env(dataDir),
  });
  return stdout.trim();
}

const waitUntil = { timeout: 15_000, interval: 30 };

describe('a local run', () => {
  const [dataDir, remove] = makeDataDir();
  const told: string[] = [];
  let server: LocalServer;
  let token: string;

  const settings = readSettings({ PORT: '0', SIM_PORT: '0', DATA_DIR: dataDir });
  const start = () =>
    startServer(
      settings,
      { note: (text) => told.push(text), simulators: (url) => told.push(`simulators ${url}`) },
      async () => MINI_ASSEMBLY,
    );
  const call = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(server.url + path, {
      ...init,
      headers: { authorization: `Bearer ${token}` },
    });
    return { status: response.status, body: (await response.json()) as never };
  };

  beforeAll(async () => {
    server = await start();
    token = await readToken(dataDir, 'alice');
  });
  afterAll(async () => {
    await server.close();
    remove();
  });

  test('tells where the simulators are, and they answer', async () => {
    const line = told.find((text) => text.startsWith('simulators ')) ?? '';

    const response = await fetch(`${line.split(' ')[1]}/control/porkbun/accounts`);

    expect(response.status).toBe(200);
  });

  test('serves the site, its configuration and the issuer at one address, under the headers of the template', async () => {
    const page = await fetch(`${server.url}/integrations`);
    const config = await fetch(`${server.url}/config.json`);
    const discovery = await fetch(`${server.url}/oidc/.well-known/openid-configuration`);

    expect(await page.text()).toContain('mini site');
    expect(await config.json()).toEqual({
      issuer: `${server.url}/oidc`,
      clientId: 'urn:domain-collective:local',
      audience: 'urn:domain-collective:local',
      local: true,
    });
    for (const { headers } of [page, config])
      expect(headers.get('content-security-policy')).toBe("default-src 'none'");
    expect(await discovery.json()).toMatchObject({ issuer: `${server.url}/oidc` });
  });

  test('lets a signed-in person through to the function, with the local issuer in its variables', async () => {
    const { status, body } = await call('/v1/echo?x=1');

    expect(status).toBe(200);
    expect(body).toMatchObject({
      issuer: `${server.url}/oidc`,
      clientId: 'urn:domain-collective:local',
      event: {
        requestContext: { authorizer: { jwt: { claims: { sub: 'local|alice', token_use: 'access' } } } },
      },
    });
  });

  test('stops a token that has expired, and a request without one', async () => {
    const expired = await readToken(dataDir, 'alice', '--ttl', '-5');

    for (const authorization of [`Bearer ${expired}`, '']) {
      const response = await fetch(`${server.url}/v1/echo`, { headers: { authorization } });
      expect([response.status, await response.text()]).toEqual([401, '{"message":"Unauthorized"}']);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
  });

  test('runs an execution through queue, worker, token, function and rule', async () => {
    expect((await call('/v1/start/run1', { method: 'POST' })).status).toBe(202);

    const item = await vi.waitFor(async () => {
      const { status, body } = await call('/v1/items/run1');
      expect(status).toBe(200);
      return body;
    }, waitUntil);

    expect(item).toEqual({
      id: 'run1',
      result: { delivery: 1, group: 'run1', arn: 'arn:aws:sqs:us-east-1:000000000000:Queue' },
    });
  });

  test('answers as the gateway does when a function throws', async () => {
    expect(await call('/v1/crash')).toEqual({ status: 500, body: { message: 'Internal Server Error' } });
  });

  test('answers to no other name than localhost', async () => {
    const sent = httpRequest(`${server.url}/config.json`, { headers: { host: 'rebound.example' } }).end();

    const [response] = await once(sent, 'response');

    response.resume();
    expect(response.statusCode).toBe(421);
  });

  test('refuses a second run on its data folder, and on its port', async () => {
    const [other, removeOther] = makeDataDir();
    const samePort = readSettings({ PORT: new URL(server.url).port, SIM_PORT: '0', DATA_DIR: other });

    await expect(start()).rejects.toThrow(/is in use by another local run/);
    await expect(
      startServer(
        samePort,
        { note: () => undefined, simulators: () => undefined },
        async () => MINI_ASSEMBLY,
      ),
    ).rejects.toThrow(/port \d+ is in use/);
    removeOther();
  });

  test('leaves nothing behind when the template asks for what is not known', async () => {
    const [other, removeOther] = makeDataDir();
    const rule = { Targets: [{ Id: 'a', Arn: 'arn:aws:lambda:us-east-1:000000000000:function:api' }] };
    const template = changeMini({ Rule: rule });
    const folder = join(other, 'assembly');
    cpSync(MINI_ASSEMBLY, folder, { recursive: true });
    writeFileSync(join(folder, 'Mini.template.json'), JSON.stringify(template));
    const attempt = () =>
      startServer(
        readSettings({ PORT: '0', SIM_PORT: '0', DATA_DIR: join(other, 'data') }),
        { note: () => undefined, simulators: () => undefined },
        async () => folder,
      );

    for (const start of [attempt, attempt])
      await expect(start()).rejects.toThrow(
        /no AWS::Lambda::Permission lets events\.amazonaws\.com call api/,
      );
    removeOther();
  });

  test('keeps its data and its address over a restart', async () => {
    const { url } = server;
    await server.close();

    server = await start();

    expect(server.url).toBe(url);
    expect((await call('/v1/items/run1')).status).toBe(200);
  });

  test('goes on with a run whose function was cut off by the end of the process', async () => {
    await call('/v1/start/hang1', { method: 'POST' });
    await vi.waitFor(
      async () => expect((await call('/v1/items/hang1?kind=started')).status).toBe(200),
      waitUntil,
    );
    await server.close();

    server = await start();

    await vi.waitFor(async () => expect((await call('/v1/items/hang1')).status).toBe(200), waitUntil);
  });

  test('replaces the simulators of the registrars that have an address of their own', async () => {
    await server.close();
    const endpoints = { ...settings, registrarEndpoints: { godaddy: 'http://127.0.0.1:9' } };
    told.splice(0);

    server = await startServer(
      endpoints,
      { note: () => undefined, simulators: (url) => told.push(url) },
      async () => MINI_ASSEMBLY,
    );

    const answers = await Promise.all(
      ['godaddy', 'gandi'].map((id) =>
        fetch(`${told[0]}/control/${id}/accounts`).then(({ status }) => status),
      ),
    );
    expect(answers).toEqual([404, 200]);
  });
});

describe('a process', () => {
  const [dataDir, remove] = makeDataDir();
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });
  afterAll(remove);

  async function serve(): Promise<{ child: ChildProcess; url: string; lines: string[] }> {
    const child = spawn(process.execPath, [serveMini], {
      env: env(dataDir),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    let output = '';
    for await (const chunk of child.stdout.setEncoding('utf8')) {
      output += chunk;
      const url = /^ready (.+)$/m.exec(output)?.[1];
      if (url) return { child, url, lines: output.trim().split('\n') };
    }
    throw new Error('it ended before it was ready');
  }

  test('that was killed goes on where it was: nothing of a run is lost', async () => {
    const first = await serve();
    const headers = { authorization: `Bearer ${await readToken(dataDir, 'alice')}` };
    const started = await Promise.all(
      ['a1', 'a2', 'a3'].map((id) => fetch(`${first.url}/v1/start/${id}`, { method: 'POST', headers })),
    );
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');

    const second = await serve();

    expect(started.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(second.url).toBe(first.url);
    for (const id of ['a1', 'a2', 'a3'])
      await vi.waitFor(async () => {
        expect((await fetch(`${second.url}/v1/items/${id}`, { headers })).status).toBe(200);
      }, waitUntil);
  });

  test('that is asked to end does so cleanly, with two lines on stdout', async () => {
    const { child, url, lines } = await serve();

    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');

    expect(code).toBe(0);
    expect(lines).toEqual([expect.stringMatching(/^simulators http:\/\/localhost:\d+$/), `ready ${url}`]);
  });
});

describe('the token command', () => {
  test.each<[string, string[], RegExp]>([
    ['without a name', [], /usage/],
    ['with a broken life', ['alice', '--ttl', 'long'], /usage/],
    ['where nothing ever ran', ['alice'], /no local server has run on .*nowhere yet/],
  ])('%s says what is wrong', async (_name, args, expected) => {
    await expect(readToken('/tmp/nowhere', ...args)).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(expected),
    });
  });
});
