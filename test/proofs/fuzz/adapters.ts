import { isSyncError } from '#core/errors.ts';
import type {
  RegistrarAccount,
  RegistrarAnswer,
  RegistrarCall,
  RegistrarDefinition,
} from '#core/registrar.ts';
import type { RegistrarId } from '#core/registrar-id.ts';
import { toSecret } from '#core/secret.ts';
import { makeAccountBook } from '#simulators/accounts.ts';
import { makePortfolio } from '#simulators/portfolio.ts';
import { PROTOCOLS } from '#simulators/protocols.ts';
import { toSimRequest } from '#test/support/sim-request.ts';
import { type Chance, createChance } from './chance.ts';
import { findMisfit } from './fits.ts';
import { mutateBody } from './mutate.ts';

/** What became of an adapter that got wrong answers. */
export interface Fuzzed {
  readonly bodies: number;
  /** Calls that ended in a result all the same. */
  readonly results: number;
  /** Results out of form and errors that aren't ours, as texts with the number of the play. */
  readonly wrong: readonly string[];
  readonly slowestMs: number;
}

const NOW_MS = Date.parse('2026-11-29T12:00:00.000Z');
const EGRESS_ADDRESS = '198.51.100.7';
/** More calls than any page count of ten domains makes necessary: beyond it a call has no end. */
const MOST_CALLS = 300;
const STATUSES = [
  200, 200, 200, 200, 200, 201, 204, 206, 301, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503,
];

/**
 * Plays calls of a registrar's adapter against its simulator's answers, of which most have something wrong in their body,
 * status or headers, until so many bodies were wrong.
 * @param seed each play is made from it and its number: the same seed makes the same plays.
 */
export async function fuzzAdapter(
  definition: RegistrarDefinition,
  bodies: number,
  seed: number,
): Promise<Fuzzed> {
  const answers = createAnswers(definition.id);
  const wrong: string[] = [];
  let [sent, results, slowestMs] = [0, 0, 0];
  for (let play = 0; sent < bodies; play += 1) {
    const chance = createChance(seed + play);
    let calls = 0;
    const account = definition.open(toSecret(answers.credentials), {
      send: async (call) => {
        calls += 1;
        if (calls > MOST_CALLS) throw new RangeError('calls without an end');
        const answer = answers.of(call);
        if (chance.onceIn(4)) return answer;
        sent += 1;
        return spoil(answer, chance);
      },
      origins: { api: 'https://api.example.com', identity: 'https://id.example.com' },
      egressAddress: EGRESS_ADDRESS,
      now: () => NOW_MS,
    });
    const began = performance.now();
    try {
      const misfit = findMisfit(await callOf(account, chance, answers.names));
      results += 1;
      if (misfit !== undefined) wrong.push(`play ${play}: ${misfit}`);
    } catch (error) {
      if (!isSyncError(error))
        wrong.push(`play ${play}: ${error instanceof Error ? error.stack : String(error)}`);
    }
    slowestMs = Math.max(slowestMs, performance.now() - began);
  }
  return { bodies: sent, results, wrong, slowestMs };
}

function callOf(account: RegistrarAccount, chance: Chance, names: readonly string[]) {
  switch (chance.below(4)) {
    case 0:
      return account.validate();
    case 1:
      return account.listPage(null);
    default:
      return account.readZone({ name: chance.pick(names), zone: chance.onceIn(2) ? 'HERE' : 'UNKNOWN' });
  }
}

function spoil(answer: RegistrarAnswer, chance: Chance): RegistrarAnswer {
  const headers = chance.onceIn(6)
    ? {
        ...answer.headers,
        'retry-after': chance.pick(['x', '-1', '1e9', '', 'Thu, 01 Jan 1970 00:00:00 GMT']),
        'total-count': '-1',
      }
    : answer.headers;
  return {
    status: chance.onceIn(4) ? chance.pick(STATUSES) : answer.status,
    headers,
    body: mutateBody(answer.body, chance),
  };
}

/** The simulator's good answers, each made once. */
function createAnswers(id: RegistrarId) {
  const protocol = PROTOCOLS.find((each) => each.id === id);
  if (!protocol) throw new Error(`no simulator of ${id}`);
  const accounts = makeAccountBook(protocol, (size, seed) => makePortfolio(id, size, seed, '2026-11-23'));
  const { credentials, portfolio } = accounts.get('demo-10');
  const made = new Map<string, RegistrarAnswer>();
  const of = (call: RegistrarCall): RegistrarAnswer => {
    const key = JSON.stringify(call);
    const known = made.get(key);
    if (known) return known;
    const request = toSimRequest(call, EGRESS_ADDRESS);
    const context = { accounts: accounts.list(), now: () => NOW_MS };
    const { status, headers = {}, body } = protocol.answer(request, context);
    const answer = { status, headers, body };
    made.set(key, answer);
    return answer;
  };
  return { credentials, names: portfolio.names, of };
}
