import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RuntimeFile, readRuntime } from '#local/data-dir.ts';
import { startSystem } from '#test/support/running-system.ts';
import { atLeast, exactly, type Group } from '../../figures/figure.ts';
import { say } from '../../figures/say.ts';
import { createRawClient, forEachOf, type RawClient } from '../support/raw-call.ts';
import { countChanges, countRows, readAllRows } from '../support/rows.ts';
import { type Household, marksOf, settle } from './household.ts';
import { askByTurns } from './interleaved.ts';
import { type Probe, toProbes } from './probes.ts';
import { toListCalls, toStrangerProbes } from './stranger.ts';
import { toTokenlessProbes } from './tokenless.ts';
import { countDiffering, countLetIn, countNaming, countSettingCookies, type Probed } from './verdicts.ts';

const LEAST_PROBES = 1_000;
const LEAST_ROWS = 20;
const AT_ONCE = 16;

/**
 * A stranger asks the running system for everything of a tenant, in every way that the OpenAPI document gives. The
 * controls are the same questions of another tenant about what is her own: she must be let in.
 */
export const tenants: Group = {
  name: 'tenants',
  about:
    'what others get of a tenant: answers that let in, answers that tell foreign from missing, lists that name it, answers mixed up, cookies, rows that changed',
  async measure(tell) {
    const dataDir = mkdtempSync(join(tmpdir(), 'tenants-proof-'));
    let system = await startSystem(dataDir);
    try {
      const [alice, carol, mallory] = await Promise.all([
        settle(system, 'alice', { kept: 'namecom', deleted: 'godaddy' }),
        settle(system, 'carol', { kept: 'gandi', deleted: 'godaddy' }),
        settle(system, 'mallory', { kept: 'gandi', deleted: 'godaddy' }),
      ]);
      const turns = await askByTurns(system.url, [alice, carol]);
      await system.kill();
      const before = await readAllRows(dataDir);

      system = await startSystem(dataDir);
      const client = createRawClient(system.url);
      const probed = await askAll(client, [...toTokenlessProbes(alice), ...toStrangerProbes(alice, mallory)]);
      const listed = await forEachOf(toListCalls(alice, mallory.token), AT_ONCE, client.ask);
      await askAll(client, toOwnWrites(mallory));
      const ownListed = await forEachOf(toListCalls(carol, carol.token), AT_ONCE, client.ask);
      const ownProbed = await askAll(
        client,
        toProbes(carol, { authorization: `Bearer ${carol.token}` }, 'owner'),
      );
      const signIn = await client.ask({ method: 'GET', path: toSignInPath(dataDir) });
      await system.kill();
      const after = await readAllRows(dataDir);

      const rows = countRows(before, alice);
      if (rows < LEAST_ROWS) throw new Error(`the tenant has only ${rows} rows that could change`);
      say(`${rows} rows of the tenant; answers: ${toTally(probed)}; ${turns.asked} by turns`);
      tell(atLeast('tenants.probes', probed.length, LEAST_PROBES));
      tell(exactly('tenants.let_in', countLetIn(probed), 0, toControl(countLetIn(ownProbed))));
      tell(exactly('tenants.differing', countDiffering(probed), 0, toControl(countDiffering(ownProbed))));
      const answers = [...probed.map(({ answer }) => answer), ...listed];
      const named = countNaming(answers, marksOf(alice));
      tell(exactly('tenants.named', named, 0, toControl(countNaming(ownListed, marksOf(carol)))));
      tell(exactly('tenants.mixed', turns.namingOther, 0, toControl(turns.namingOwn)));
      const cookies = countSettingCookies(answers);
      tell(exactly('tenants.cookies', cookies, 0, toControl(countSettingCookies([signIn]))));
      const changed = countChanges(before, after, alice);
      tell(exactly('tenants.changed_rows', changed, 0, toControl(countChanges(before, after, carol))));
      client.close();
    } finally {
      await system.stop();
    }
  },
};

/** Found at all: none of these may be there, so that a single one is told from nothing. */
const toControl = (value: number) => ({ value, caught: value > 0 });

function askAll(client: RawClient, probes: readonly Probe[]): Promise<Probed[]> {
  return forEachOf(probes, AT_ONCE, async (probe) => ({ probe, answer: await client.ask(probe.call) }));
}

/** What a stranger may do with what is the stranger's own, down to the end of the account. */
function toOwnWrites({ token, integrationId }: Household): Probe[] {
  const headers = { authorization: `Bearer ${token}` };
  const calls = [
    { method: 'PATCH', path: '/v1/settings', headers, body: { expiringSoonDays: 99 } },
    { method: 'PATCH', path: `/v1/integrations/${integrationId}`, headers, body: { label: 'my own' } },
    { method: 'DELETE', path: '/v1/account', headers },
  ];
  return calls.map((call) => ({ alike: `own ${call.method} ${call.path}`, refusals: [], call }));
}

/** Where a browser begins to sign in at the local issuer: the one place that does set a cookie. */
function toSignInPath(dataDir: string): string {
  const { clientId, url } = readRuntime(dataDir) as RuntimeFile;
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: `${url}/`,
    response_type: 'code',
    scope: 'openid',
    code_challenge: 'fake-challenge-fake-challenge-fake-challenge',
    code_challenge_method: 'S256',
  });
  return `/oidc/auth?${query}`;
}

function toTally(probed: readonly Probed[]): string {
  const tally = Object.groupBy(probed, ({ answer }) => String(answer.status));
  return Object.entries(tally)
    .map(([status, all = []]) => `${all.length} of ${status}`)
    .join(', ');
}
