/**
 * `TOKEN=… npm run -s smoke -- <url of the site> < integration.json`: walks through a deployment as a person does: adds
 * the integration that standard input describes (`{"registrar","environment","credentials"}`, as `POST /v1/integrations`
 * takes it), waits for its first sync, reads its domains and records, deletes it, and sees it gone. Every answer on the
 * way is searched for the credentials. Ends with 1 at the first thing that isn't right.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import * as z from 'zod';

const POLL_MS = 1_000;
/** Longest that a first sync or a deletion is waited for. */
const PATIENCE_MS = 15 * 60_000;

const Given = z.object({ registrar: z.string(), credentials: z.record(z.string(), z.string()) }).loose();
const Integration = z.object({
  id: z.string(),
  status: z.string(),
  counts: z.object({ total: z.number() }),
  problem: z.object({ code: z.string() }).nullish(),
});
const Domains = z.object({
  items: z.array(
    z.object({ name: z.string(), dns: z.object({ status: z.string() }), integrationId: z.string() }),
  ),
  nextCursor: z.string().nullable(),
});
const Records = z.object({ rrsets: z.array(z.unknown()) });

const { positionals } = parseArgs({ allowPositionals: true });
const [url] = positionals;
const token = process.env.TOKEN;
if (!url || !token) throw new Error('usage: TOKEN=… npm run -s smoke -- <url> < integration.json');
const text = await readInput();
const given = Given.parse(JSON.parse(text));
const secrets = Object.values(given.credentials).flatMap((value) => [
  value,
  encodeURIComponent(value),
  Buffer.from(value).toString('base64'),
]);

try {
  await walk();
} catch (error) {
  // A step that failed has said so.
  if (process.exitCode !== 1) throw error;
}

async function walk(): Promise<void> {
  await step('the API is there, and asks who is there', async () => {
    await ask('GET', '/v1/health', 200, { isSignedIn: false });
    await ask('GET', '/v1/domains', 401, { isSignedIn: false });
  });
  const { id } = await step('an integration is added', async () =>
    Integration.parse(await ask('POST', '/v1/integrations', 201, { body: given })),
  );
  try {
    await step('its first sync ends well', () =>
      until(async () => {
        const { status, problem } = Integration.parse(await ask('GET', `/v1/integrations/${id}`, 200));
        if (status === 'SYNCING') return false;
        if (status !== 'SYNCED') throw new Error(`it is ${status}: ${problem?.code}`);
        return true;
      }),
    );
    await step('its domains and their records are there', () => readPortfolio(id));
  } finally {
    await step('it is deleted', () => ask('DELETE', `/v1/integrations/${id}`, 204));
  }
  await step('nothing of it is left', () =>
    until(async () => {
      await ask('GET', `/v1/integrations/${id}`, 404);
      return (await readDomains('')).every((domain) => domain.integrationId !== id);
    }),
  );
  process.stdout.write('No answer held a credential. The logs are yours to search: docs/runbook.md\n');
}

async function readPortfolio(id: string): Promise<void> {
  const { counts } = Integration.parse(await ask('GET', `/v1/integrations/${id}`, 200));
  const found = await readDomains(`&integration=${id}`);
  if (found.length !== counts.total) throw new Error(`${found.length} domains of ${counts.total}`);
  const read = found.find(({ dns }) => dns.status === 'FETCHED');
  if (read) Records.parse(await ask('GET', `/v1/domains/${read.name}/records?integration=${id}`, 200));
  process.stdout.write(`   ${found.length} domains\n`);
}

/** All domains, page by page; of those that a filter lets through. */
async function readDomains(filter: string): Promise<z.infer<typeof Domains>['items']> {
  const found: z.infer<typeof Domains>['items'] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const next: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
    const page = Domains.parse(await ask('GET', `/v1/domains?limit=100${filter}${next}`, 200));
    found.push(...page.items);
    cursor = page.nextCursor;
  }
  return found;
}

interface Asking {
  readonly body?: unknown;
  readonly isSignedIn?: boolean;
}

/**
 * Calls the API, and gives the body of its answer.
 * @throws where the status is another one, or a credential stands in the answer
 */
async function ask(method: string, path: string, wanted: number, asking: Asking = {}): Promise<unknown> {
  const { body, isSignedIn = true } = asking;
  const answer = await fetch(new URL(path, url), {
    method,
    headers: {
      ...(isSignedIn && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const said = await answer.text();
  const told = `${JSON.stringify([...answer.headers])}${said}`;
  if (secrets.some((secret) => told.includes(secret)))
    throw new Error(`${method} ${path} tells a credential`);
  if (answer.status !== wanted) throw new Error(`${method} ${path}: ${answer.status} ${said.slice(0, 500)}`);
  return said === '' ? undefined : JSON.parse(said);
}

async function until(isDone: () => Promise<boolean>): Promise<void> {
  const endMs = Date.now() + PATIENCE_MS;
  while (!(await isDone())) {
    if (Date.now() > endMs) throw new Error(`not within ${PATIENCE_MS / 60_000} minutes`);
    await sleep(POLL_MS);
  }
}

/** Does a step and says so; a step that fails ends the process. */
async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const began = Date.now();
  try {
    const result = await work();
    process.stdout.write(`ok ${what} (${((Date.now() - began) / 1_000).toFixed(1)} s)\n`);
    return result;
  } catch (error) {
    process.stdout.write(`FAILED ${what}: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
    throw error;
  }
}

async function readInput(): Promise<string> {
  let input = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) input += chunk;
  return input;
}
