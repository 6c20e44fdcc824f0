import type { Json } from '../json.ts';
import { bind, evaluateWhole } from './bindings.ts';
import type { MapState } from './definition.ts';
import { STATES_RUNTIME, StateError } from './errors.ts';
import { evaluateField, toTypeError } from './expressions.ts';
import { enterState } from './flow.ts';
import { recordEvent } from './history.ts';
import type { Thread } from './thread.ts';
import { iterationsOf, removeThread, type Turn, toBoundedText } from './turn.ts';

/** An inline Map runs at most 40 iterations at a time. @see limits of Step Functions, verified 2026-11-23 */
const MAX_INLINE_CONCURRENCY = 40;

/** Evaluates the items and lets the thread wait for its iterations; none is started yet. */
export async function startMap(turn: Turn, thread: Thread, state: MapState): Promise<void> {
  const bindings = bind(turn, thread);
  const items =
    state.Items === undefined ? thread.input : await evaluateField(state.Items, 'Items', bindings);
  if (!Array.isArray(items)) {
    if (state.Items !== undefined) throw toTypeError(state.Items, 'Items', 'ARRAY', items);
    throw new StateError(STATES_RUNTIME, `the input of the Map '${thread.stateName}' is no array`);
  }
  toBoundedText(items, `The items of the Map '${thread.stateName}'`);
  const asked = (await evaluateWhole(state.MaxConcurrency, 'MaxConcurrency', 0, bindings)) ?? 0;
  recordEvent(turn, thread, 'MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
  thread.wait = {
    kind: 'map',
    items,
    maxConcurrency: asked === 0 ? MAX_INLINE_CONCURRENCY : Math.min(asked, MAX_INLINE_CONCURRENCY),
  };
  turn.changed.add(thread);
}

/** Starts as many iterations as may run now. Which are started, running and done, the threads themselves tell. */
export async function startIterations(turn: Turn, thread: Thread, state: MapState): Promise<void> {
  if (thread.wait?.kind !== 'map') return;
  const { items, maxConcurrency } = thread.wait;
  const iterations = iterationsOf(turn, thread);
  let running = iterations.filter((each) => each.wait?.kind !== 'done').length;
  for (let index = iterations.length; index < items.length && running < maxConcurrency; index += 1) {
    await startIteration(turn, thread, state, index, items[index] as Json);
    running += 1;
  }
}

/** The outputs in the order of the items, once every iteration is done; its threads are gone then. */
export function collectOutputs(turn: Turn, thread: Thread): Json[] | undefined {
  if (thread.wait?.kind !== 'map') return undefined;
  const iterations = iterationsOf(turn, thread);
  if (iterations.length < thread.wait.items.length) return undefined;
  const outputs: Json[] = [];
  for (const each of iterations) {
    if (each.wait?.kind !== 'done') return undefined;
    outputs.push(each.wait.output);
  }
  for (const each of iterations) removeThread(turn, each);
  recordEvent(turn, thread, 'MapStateSucceeded');
  return outputs;
}

/** Ends all iterations of a Map that fails; what they wait for is answered into the void. */
export function abortIterations(turn: Turn, thread: Thread, what: 'Failed' | 'Aborted' = 'Failed'): void {
  for (const each of iterationsOf(turn, thread)) {
    abortIterations(turn, each, 'Aborted');
    if (each.wait?.kind !== 'done') {
      recordEvent(turn, each, 'MapIterationAborted', toDetails('Aborted', thread, each.index));
    }
    removeThread(turn, each);
  }
  if (thread.wait?.kind === 'map') recordEvent(turn, thread, `MapState${what}`);
}

/** Details of an event about an iteration. */
export function toDetails(
  what: 'Started' | 'Succeeded' | 'Failed' | 'Aborted',
  map: Thread,
  index: number | null,
): { readonly [name: `${string}EventDetails`]: unknown } {
  return { [`mapIteration${what}EventDetails`]: { name: map.stateName, index } };
}

async function startIteration(
  turn: Turn,
  thread: Thread,
  state: MapState,
  index: number,
  value: Json,
): Promise<void> {
  const item = { Index: index, Value: value };
  const input =
    state.ItemSelector === undefined
      ? value
      : await evaluateField(state.ItemSelector, 'ItemSelector', bind(turn, thread, { item }));
  const started = recordEvent(turn, thread, 'MapIterationStarted', toDetails('Started', thread, index));
  const iteration: Thread = {
    id: `${thread.id}/${started.id}`,
    parentId: thread.id,
    index,
    scope: [...thread.scope, thread.stateName],
    variables: {},
    stateName: state.ItemProcessor.StartAt,
    input,
    enteredAt: turn.now(),
    enteredEventId: started.id,
    retryCount: 0,
    retrierCounts: [],
    step: 0,
    wait: null,
    lastEventId: started.id,
  };
  turn.live.threads.set(iteration.id, iteration);
  turn.changed.add(iteration);
  enterState(turn, iteration, state.ItemProcessor.StartAt, input);
}
