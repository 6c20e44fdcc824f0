import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);

/** An answer of the API, its body parsed where there is one. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers; the OpenAPI tests hold their form.
  readonly body: any;
  readonly ms: number;
}

/** The API as one person sees it. */
export interface Person {
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Connects a demo account of a registrar's simulator; gives the answer to the POST. */
  connect(registrar: string, accountId: string): Promise<Answer>;
  /** Gives an integration the credentials of a demo account. */
  replaceCredentials(integrationId: string, registrar: string, accountId: string): Promise<Answer>;
  /** Waits until the integration says something else than SYNCING. */
  settled(integrationId: string, timeoutMs?: number): Promise<Answer['body']>;
  /** All items of a list, page by page. */
  all(path: string): Promise<Answer['body'][]>;
}

export interface RunningSystem {
  readonly url: string;
  readonly control: string;
  readonly dataDir: string;
  /** All that the process printed. */
  output(): string;
  person(name: string): Promise<Person>;
  token(name: string, ttlSeconds?: number): Promise<string>;
  /** What the simulator's own database holds. */
  truth(registrar: string, accountId: string): Promise<Answer['body']>;
  tell(method: string, path: string, body?: unknown): Promise<Answer['body']>;
  /** kill -9, and nothing else. */
  kill(): Promise<void>;
  /** Ends it as Ctrl-C does, and removes its data. */
  stop(): Promise<void>;
}

/**
 * Starts the product as a newcomer does (`node packages/local/start.ts`), on free ports and a folder of its own.
 * @param nodeOptions come before the file, here and where tokens are made.
 */
export async function startSystem(
  dataDir = mkdtempSync(join(tmpdir(), 'domain-collective-')),
  nodeOptions: readonly string[] = [],
): Promise<RunningSystem> {
  let output = '';
  const env = { ...process.env, PORT: '0', SIM_PORT: '0', DATA_DIR: dataDir };
  const child = spawn(process.execPath, [...nodeOptions, 'packages/local/start.ts'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => {
      output += text.toString();
    });
  }
  const url = await waitForLine(child, () => output, /^ready (\S+)$/m);
  const control = /^simulators (\S+)$/m.exec(output)?.[1] ?? '';

  const token = async (name: string, ttlSeconds = 3_600) => {
    const { stdout } = await run(
      process.execPath,
      [...nodeOptions, 'packages/local/token.ts', name, '--ttl', String(ttlSeconds)],
      { cwd: ROOT, env },
    );
    return stdout.trim();
  };
  const tell = async (method: string, path: string, body?: unknown) => {
    const init =
      body === undefined
        ? { method }
        : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const answer = await fetch(`${control}/control/${path}`, init);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  return {
    url,
    control,
    dataDir,
    output: () => output,
    token,
    tell,
    person: async (name) => createPerson(url, await token(name)),
    truth: (registrar, accountId) => tell('GET', `${registrar}/accounts/${accountId}/truth`),
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGTERM');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A person who holds this token. */
export function createPerson(url: string, token: string): Person {
  const call: Person['call'] = async (method, path, body, headers = {}) => {
    const began = performance.now();
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const ms = performance.now() - began;
    const isJson = answer.headers.get('content-type')?.includes('json');
    return {
      status: answer.status,
      headers: answer.headers,
      body: isJson && text ? JSON.parse(text) : text,
      ms,
    };
  };
  const get = (path: string) => call('GET', path);
  const credentialsOf = async (registrar: string, accountId: string) => {
    const { body } = await get('/v1/registrars');
    const { environments } = body.items.find(({ id }: { id: string }) => id === registrar);
    const simulator = environments.find(({ id }: { id: string }) => id === 'simulator');
    return simulator.demoCredentials.find((each: { accountId: string }) => each.accountId === accountId)
      .credentials;
  };
  return {
    call,
    get,
    post: (path, body, headers) => call('POST', path, body, headers),
    async connect(registrar, accountId) {
      const credentials = await credentialsOf(registrar, accountId);
      return call('POST', '/v1/integrations', { registrar, environment: 'simulator', credentials });
    },
    async replaceCredentials(integrationId, registrar, accountId) {
      const credentials = await credentialsOf(registrar, accountId);
      return call('PUT', `/v1/integrations/${integrationId}/credentials`, { credentials });
    },
    async settled(integrationId, timeoutMs = 60_000) {
      const until = Date.now() + timeoutMs;
      for (;;) {
        const { body } = await get(`/v1/integrations/${integrationId}`);
        if (body.status !== 'SYNCING') return body;
        if (Date.now() > until) throw new Error(`still syncing: ${JSON.stringify(body.currentRun)}`);
        await sleep(100);
      }
    },
    async all(path) {
      const items: Answer['body'][] = [];
      let cursor: string | null = null;
      do {
        const next: string =
          cursor === null ? '' : `${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
        const { status, body }: Answer = await get(path + next);
        if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
        items.push(...body.items);
        cursor = body.nextCursor;
      } while (cursor !== null);
      return items;
    },
  };
}

/** The first group of the line that a starting process prints; its whole output where it ends instead. */
async function waitForLine(child: ChildProcess, output: () => string, line: RegExp): Promise<string> {
  for (;;) {
    const found = line.exec(output())?.[1];
    if (found) return found;
    if (child.exitCode !== null) throw new Error(`the system did not start:\n${output()}`);
    await sleep(20);
  }
}
