import { createRawClient, forEachOf, type RawCall } from '../support/raw-call.ts';
import { type Household, marksOf } from './household.ts';
import { toListCalls } from './stranger.ts';
import { countNaming } from './verdicts.ts';

const ROUNDS = 25;
const AT_ONCE = 16;

/** What two tenants were answered who asked by turns, and at the same time. */
export interface Interleaved {
  readonly asked: number;
  /** Answers that name something of the other tenant. */
  readonly namingOther: number;
  /** Answers that name something of the one who asked. */
  readonly namingOwn: number;
}

/**
 * Lets two tenants read everything of theirs, the same questions by turns: the functions stay warm, so that what they
 * keep of one would come up with the other.
 */
export async function askByTurns(url: string, pair: readonly [Household, Household]): Promise<Interleaved> {
  const [ones, others] = pair.map(toReads) as [RawCall[], RawCall[]];
  const turns = ones.flatMap((call, index) => [
    { call, asker: pair[0], other: pair[1] },
    { call: others[index] as RawCall, asker: pair[1], other: pair[0] },
  ]);
  const client = createRawClient(url);
  const all = Array.from({ length: ROUNDS }, () => turns).flat();
  const answered = await forEachOf(all, AT_ONCE, async ({ call, asker, other }) => {
    const answer = await client.ask(call);
    if (answer.status !== 200) throw new Error(`${call.path} answered ${answer.status}`);
    return {
      isOther: countNaming([answer], marksOf(other)) > 0,
      isOwn: countNaming([answer], marksOf(asker)) > 0,
    };
  });
  client.close();
  return {
    asked: all.length,
    namingOther: answered.filter(({ isOther }) => isOther).length,
    namingOwn: answered.filter(({ isOwn }) => isOwn).length,
  };
}

function toReads(household: Household): RawCall[] {
  const { token, integrationId: id, runId, domains } = household;
  const headers = { authorization: `Bearer ${token}` };
  const details = [
    `/v1/integrations/${id}`,
    `/v1/integrations/${id}/runs`,
    `/v1/integrations/${id}/runs/${runId}`,
    ...domains.slice(0, 2).flatMap((name) => [`/v1/domains/${name}`, `/v1/domains/${name}/records`]),
  ];
  return [...toListCalls(household, token), ...details.map((path) => ({ method: 'GET', path, headers }))];
}
