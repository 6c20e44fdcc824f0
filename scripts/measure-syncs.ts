/**
 * `npm run -s measure`: starts the product as `npm start` does, connects demo accounts of every registrar one after the
 * other, and prints how long the answer and the sync took, beside the least that the registrar's limit allows for the
 * calls that the sync made.
 */
import { REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';
import { REGISTRARS } from '#registrars/index.ts';
import { type Person, startSystem } from '#test/support/running-system.ts';

/** The least time in which a registrar lets so many calls pass: the last of them comes after this many full windows. */
function toBoundMs(registrar: RegistrarId, calls: number): number {
  const { windows } = REGISTRARS[registrar].limits;
  return Math.max(...windows.map((window) => Math.floor((calls - 1) / window.calls) * window.windowMs));
}

async function measure(person: Person, registrar: RegistrarId, accountId: string) {
  const began = performance.now();
  const added = await person.connect(registrar, accountId);
  const integration = await person.settled(added.body.id, 300_000);
  const syncMs = performance.now() - began;
  const { body } = await person.get(`/v1/integrations/${added.body.id}/runs`);
  const [run] = body.items;
  return {
    registrar,
    account: accountId,
    status: integration.status,
    'POST ms': Math.round(added.ms),
    'sync s': Number((syncMs / 1000).toFixed(1)),
    'bound s': toBoundMs(registrar, run.registrarCalls) / 1000,
    calls: run.registrarCalls,
  };
}

const began = performance.now();
const system = await startSystem();
console.info(`ready after ${((performance.now() - began) / 1000).toFixed(1)} s`);
try {
  const person = await system.person('measure');
  const rows = [];
  for (const accountId of ['demo-10', 'demo-50']) {
    for (const registrar of REGISTRAR_IDS) rows.push(await measure(person, registrar, accountId));
  }
  console.table(rows);
} finally {
  await system.stop();
}
