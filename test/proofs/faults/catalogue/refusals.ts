import type { SyncCode } from '#core/errors.ts';
import { REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';
import { PROTOCOLS } from '#simulators/protocols.ts';
import type { SimAccount, SimPortfolio } from '#simulators/types.ts';
import { toSecrets } from '../invariants.ts';
import { atEach } from '../places.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';

const NOTHING: SimPortfolio = { size: 0, seed: 0, names: [], get: () => undefined };

/** Every refusal that a registrar can give, with the code that its documentation means. */
function toRefusals(registrar: RegistrarId): readonly SimAccount[] {
  const protocol = PROTOCOLS.find(({ id }) => id === registrar);
  return protocol?.demoAccounts(() => NOTHING).filter(({ expect }) => expect !== 'SYNCED') ?? [];
}

/** F23: credentials that were good are refused: no second try, nothing is lost, and after three the schedule pauses. */
const refused: readonly Scenario[] = REGISTRAR_IDS.flatMap((registrar) =>
  toRefusals(registrar).map(
    ({ id, refusal, expect: code }): Scenario => ({
      fault: 'F23',
      variant: id,
      registrar,
      isSilent: true,
      begin: (stage) => void stage.accounts.put('ours', { refusal }),
      expect: { status: 'FAILED', code: code as SyncCode, mostCalls: 2 },
      also: isPausedAfterThree,
      end: (stage) => void stage.accounts.put('ours', { refusal: 'none' }),
    }),
  ),
);

/** Two more refusals, and the schedule is off; every domain is still there. */
async function isPausedAfterThree({ world }: Stage): Promise<readonly string[]> {
  const [integration] = (await world.stores.integrations.list('tenantoursoursoursoursours')) ?? [];
  if (!integration) return ['the integration is gone'];
  const ref = { tenantId: integration.tenantId, integrationId: integration.id };
  for (let again = 0; again < 2; again += 1) {
    await world.clock.advance(61_000);
    const sync = await world.commands.requestSync(ref);
    if (sync.outcome !== 'started') return [`a sync is ${sync.outcome}`];
    await world.finish(ref, sync.run.runId);
  }
  const after = await world.stores.integrations.get(ref);
  return after?.dueAtMs === null && after.refusals === 3 ? [] : ['the schedule goes on after three refusals'];
}

/** What 401 means at each registrar. */
const UNAUTHORIZED: Readonly<Record<RegistrarId, SyncCode>> = {
  godaddy: 'INVALID_CREDENTIALS',
  namecheap: 'REGISTRAR_BAD_RESPONSE',
  gandi: 'INVALID_CREDENTIALS',
  porkbun: 'INVALID_CREDENTIALS',
  namecom: 'INVALID_CREDENTIALS',
};

/** F24: the registrar gives the credentials back with its refusal. */
const echoed: readonly Scenario[] = atEach((registrar) =>
  (['body', 'header', 'reason'] as const).map(
    (where): Scenario => ({
      fault: 'F24',
      variant: `in the ${where}`,
      registrar,
      begin: (stage) => stage.spoil({ status: 401, echo: where }),
      expect: { status: 'FAILED', code: UNAUTHORIZED[registrar] },
      also: async (stage, { run }) => {
        const told = JSON.stringify([run, stage.world.lines]);
        const isTold = toSecrets(stage, 'ours').some((secret) => told.includes(secret));
        return isTold ? ['a credential is told'] : [];
      },
    }),
  ),
).flat();

export const refusals = [...refused, ...echoed];
