import type { AccountDeps, ReadingCall, RegistrarCall, RegistrarDefinition } from '#core/registrar.ts';

/**
 * Wraps `send` so that only calls that the definition lists as reading leave. The product never changes anything at a
 * registrar; this holds it at the last door, whatever an adapter does.
 *
 * @throws TypeError (from the wrapped `send`) for every other call, before it is sent: a defect of the adapter
 */
export function guardReadOnly(
  definition: Pick<RegistrarDefinition, 'id' | 'readingCalls'>,
  send: AccountDeps['send'],
): AccountDeps['send'] {
  return async (call) => {
    if (!definition.readingCalls.some((reading) => isCovered(reading, call))) {
      throw new TypeError(`${definition.id} was asked for a call that is not among its reading calls`);
    }
    return send(call);
  };
}

function isCovered(reading: ReadingCall, call: RegistrarCall): boolean {
  return (
    reading.method === call.method &&
    isWholeMatch(reading.path, call.path) &&
    (reading.command === undefined || isOnlyCommand(reading.command, call))
  );
}

function isWholeMatch(pattern: RegExp, path: string): boolean {
  return new RegExp(`^(?:${pattern.source})$`, pattern.flags.replace(/[gy]/g, '')).test(path);
}

/** Namecheap reads parameter names in any case, and the query as well as the body: one command, and it is this one. */
function isOnlyCommand(command: string, call: RegistrarCall): boolean {
  const parameters = [...new URLSearchParams(call.body), ...Object.entries(call.query ?? {})];
  const commands = parameters.filter(([name]) => name.toLowerCase() === 'command');
  return commands.map(([, value]) => value).join('\0') === command;
}
