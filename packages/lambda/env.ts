import * as z from 'zod/mini';
import { ENV } from '#core/env.ts';
import { REGISTRAR_IDS } from '#core/registrar-id.ts';

/** The only hosts that plain http may go to. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

const text = z.string().check(z.minLength(1));
const loopbackOrigins = z.pipe(
  z.string(),
  z.transform((json) =>
    z
      .partialRecord(z.enum(REGISTRAR_IDS), z.url({ protocol: /^http$/, hostname: LOOPBACK }))
      .parse(JSON.parse(json)),
  ),
);

const fields = {
  [ENV.portfolioTable]: text,
  [ENV.credentialsTable]: text,
  [ENV.sealKey]: text,
  [ENV.macKey]: text,
  [ENV.stateMachine]: text,
  [ENV.startQueue]: text,
  [ENV.registrarQueue]: text,
  [ENV.clientId]: text,
  [ENV.issuer]: text,
  [ENV.egressAddresses]: z.pipe(
    z.string(),
    z.transform((list) => list.split(',').filter((address) => address !== '')),
  ),
  [ENV.stage]: text,
  [ENV.registrarEndpoints]: z.optional(loopbackOrigins),
  [ENV.simulatorControl]: z.optional(z.url({ protocol: /^http$/, hostname: LOOPBACK })),
} as const;

type Fields = typeof fields;

/**
 * Reads the named variables, once, when a function loads: one that is missing or malformed stops the function there,
 * by its name.
 */
export function readEnv<const K extends keyof Fields>(
  ...names: readonly K[]
): { readonly [N in K]: z.output<Fields[N]> } {
  const values = names.map((name) => {
    const parsed = fields[name].safeParse(process.env[name]);
    if (!parsed.success) throw new Error(`environment variable ${name} is missing or malformed`);
    return [name, parsed.data];
  });
  return Object.fromEntries(values);
}
