import { isIPv4 } from 'node:net';
import { isRegistrarId, REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';

/** What a local run is told by its environment. */
export interface Settings {
  /** Port of the edge; 0: the one of the run before on this folder where it is free, else any. */
  readonly port: number;
  readonly dataDir: string;
  /** Port of the simulators' control; 0: any. */
  readonly simulatorPort: number;
  /** Origins that take the place of built-in simulators. */
  readonly registrarEndpoints: Readonly<Partial<Record<RegistrarId, string>>>;
  /** This machine's public IPv4 address, which the real Namecheap wants to be told; undefined where nobody said it. */
  readonly egressAddress: string | undefined;
}

/**
 * Reads `PORT`, `DATA_DIR`, `SIM_PORT`, `REGISTRAR_ENDPOINTS` and `EGRESS_ADDRESS`.
 * @throws Error that names the variable, when its value is of no use.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  return {
    port: readPort('PORT', env.PORT, 4000),
    dataDir: env.DATA_DIR || '.local',
    simulatorPort: readPort('SIM_PORT', env.SIM_PORT, 4010),
    registrarEndpoints: readEndpoints(env.REGISTRAR_ENDPOINTS),
    egressAddress: readAddress(env.EGRESS_ADDRESS),
  };
}

function readPort(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new Error(`${name} is a port, 0 to 65535, not ${JSON.stringify(text)}`);
  return port;
}

function readAddress(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (!isIPv4(text)) throw new Error(`EGRESS_ADDRESS is an IPv4 address, not ${JSON.stringify(text)}`);
  return text;
}

function readEndpoints(text: string | undefined): Partial<Record<RegistrarId, string>> {
  if (text === undefined || text === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error('REGISTRAR_ENDPOINTS is no JSON, such as {"godaddy":"http://127.0.0.1:9001"}', { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('REGISTRAR_ENDPOINTS is a JSON object of registrar ids and origins');
  return Object.fromEntries(
    Object.entries(value).map(([id, origin]) => {
      if (!isRegistrarId(id))
        throw new Error(`REGISTRAR_ENDPOINTS: ${JSON.stringify(id)} is none of ${REGISTRAR_IDS.join(', ')}`);
      return [id, readLoopbackOrigin(id, origin)];
    }),
  );
}

/** Credentials go to this origin: it is on this machine, so that a slip can't send them elsewhere. */
function readLoopbackOrigin(id: RegistrarId, value: unknown): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  const isLoopback = url && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  const isBare = url && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  if (url?.protocol !== 'http:' || !isLoopback || !isBare)
    throw new Error(
      `REGISTRAR_ENDPOINTS: ${id} needs an origin on this machine, such as http://127.0.0.1:9001, not ${JSON.stringify(value)}`,
    );
  return url.origin;
}
