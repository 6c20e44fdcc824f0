import type { RawAnswer } from '../support/raw-call.ts';
import type { Probe } from './probes.ts';

/** A probe and what it got. */
export interface Probed {
  readonly probe: Probe;
  readonly answer: RawAnswer;
}

/** How many answers are none of the refusals that their probe allows. */
export function countLetIn(probed: readonly Probed[]): number {
  return probed.filter(({ probe, answer }) => !probe.refusals.includes(answer.status)).length;
}

/** How many kinds of answers there are too many: one is enough for all probes that are alike. */
export function countDiffering(probed: readonly Probed[]): number {
  const kinds = Map.groupBy(probed, ({ probe }) => probe.alike);
  return [...kinds.values()]
    .map((alike) => new Set(alike.map(({ answer }) => toComparable(answer))).size - 1)
    .reduce((sum, more) => sum + more, 0);
}

/** How many answers hold any of these marks. */
export function countNaming(answers: readonly RawAnswer[], marks: readonly string[]): number {
  return answers.filter((answer) => {
    const text = `${JSON.stringify(answer.headers)}\n${answer.body}`;
    return marks.some((mark) => text.includes(mark));
  }).length;
}

/** How many answers ask a browser to keep something. */
export function countSettingCookies(answers: readonly RawAnswer[]): number {
  return answers.filter(({ headers }) => 'set-cookie' in headers).length;
}

/** Headers that name this very answer or moment, as the request id in the body does. */
const OWN_HEADERS = ['date', 'x-request-id', 'apigw-requestid'];

/** All that two answers must have in common, byte for byte. */
function toComparable({ status, headers, body }: RawAnswer): string {
  const kept = Object.entries(headers).filter(([name]) => !OWN_HEADERS.includes(name));
  return JSON.stringify([status, kept, body.replace(/"requestId":"[^"]*"/, '"requestId":""')]);
}
