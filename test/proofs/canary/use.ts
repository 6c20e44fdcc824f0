import { REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';
import type { Answer, Person, RunningSystem } from '#test/support/running-system.ts';
import type { Canaries } from './canaries.ts';

/** How a registrar gives back what it was sent, while it refuses it. */
const ECHOES = [
  { status: 401, echo: 'body' },
  { status: 403, echo: 'header' },
  { status: 401, echo: 'reason' },
] as const;

/**
 * Takes credentials through all that can become of them: good syncs with the first set; then others that each registrar
 * refuses while it gives them back, and ones that the form refuses. Gives every answer of the API as one text.
 */
export async function useCanaries(
  system: RunningSystem,
  good: Canaries,
  refused: readonly Canaries[],
): Promise<readonly string[]> {
  const alice = await system.person('alice');
  // The good ones too are refused once: what is in force must leak no more than what was proposed.
  const sets = [...refused, good];
  const answers: string[] = [];
  const keep = (answer: Answer) => {
    answers.push(JSON.stringify([[...answer.headers], answer.body]));
    return answer;
  };
  await Promise.all(
    REGISTRAR_IDS.map(async (registrar) => {
      const id = await connect(system, alice, registrar, good, keep);
      for (const [index, fault] of ECHOES.entries()) {
        await system.tell('POST', `${registrar}/faults`, { match: {}, times: -1, ...fault });
        const body = { credentials: (sets[index % sets.length] as Canaries)[registrar] };
        keep(await alice.call('PUT', `/v1/integrations/${id}/credentials`, body));
        const { problem } = await alice.settled(id, 120_000);
        if (!problem) throw new Error(`${registrar} did not refuse: ${fault.echo}`);
        await system.tell('DELETE', `${registrar}/faults`);
        for (const path of ['', '/runs']) keep(await alice.get(`/v1/integrations/${id}${path}`));
      }
      await refuseAtTheDoor(alice, registrar, good, keep);
    }),
  );
  const lists = ['/v1/integrations', '/v1/domains', '/v1/summary', '/v1/settings', '/v1/export'];
  for (const path of lists) keep(await alice.get(path));
  return answers;
}

async function connect(
  system: RunningSystem,
  person: Person,
  registrar: RegistrarId,
  canaries: Canaries,
  keep: (answer: Answer) => Answer,
): Promise<string> {
  const credentials = canaries[registrar];
  await system.tell('PUT', `${registrar}/accounts/canary`, { size: 3, seed: 5, credentials });
  const headers = { 'idempotency-key': `canary-${registrar}` };
  const body = { registrar, environment: 'simulator', credentials };
  const { id } = keep(await person.post('/v1/integrations', body, headers)).body;
  keep(await person.post('/v1/integrations', body, headers));
  const { status } = await person.settled(id, 120_000);
  if (status !== 'SYNCED') throw new Error(`${registrar} with its canaries is ${status}`);
  return id;
}

/** Good credentials in requests that can't be right: an error must not say what was sent. */
async function refuseAtTheDoor(
  person: Person,
  registrar: RegistrarId,
  canaries: Canaries,
  keep: (answer: Answer) => Answer,
): Promise<void> {
  const credentials = canaries[registrar];
  const spaced = Object.fromEntries(
    Object.entries(credentials).map(([name, value]) => [name, `${value} ${value}`]),
  );
  const bodies = [
    { registrar, environment: 'simulator', credentials },
    { registrar, environment: 'simulator', credentials: spaced },
    {
      registrar,
      environment: 'simulator',
      credentials: { ...credentials, [credentials.apiKey ?? 'x']: 'x' },
    },
    { registrar: Object.values(credentials)[0], credentials },
    `{"registrar":"${registrar}","credentials":${JSON.stringify(credentials)}`,
  ];
  for (const body of bodies) {
    const { status } = keep(await person.post('/v1/integrations', body));
    if (status !== 400 && status !== 409) throw new Error(`${registrar}: the form answered ${status}`);
  }
}
