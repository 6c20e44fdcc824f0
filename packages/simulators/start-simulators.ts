import { parseArgs } from 'node:util';
import { type SimulatorOptions, type Simulators, startEngine } from './engine.ts';
import { makePortfolio } from './portfolio.ts';
import { PROTOCOLS } from './protocols.ts';
import type { SimRegistrarId } from './types.ts';

/**
 * Starts the simulated registrars with their demo accounts, and the control API.
 * @throws Error when an option makes no sense or a port is taken; then nothing is left running.
 */
export function startSimulators(options: SimulatorOptions = {}): Promise<Simulators> {
  return startEngine({ protocols: PROTOCOLS, makePortfolio }, options);
}

const USAGE =
  'node packages/simulators/start-simulators.ts [--port 4010] [--latency ms] [--anchor-day YYYY-MM-DD] [registrar…]';

/** By hand: prints the origins as JSON, and runs until it is interrupted. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '4010' },
      latency: { type: 'string' },
      'anchor-day': { type: 'string' },
    },
  });
  const simulators = await startSimulators({
    controlPort: toNumber('port', values.port),
    latencyMs: values.latency === undefined ? undefined : toNumber('latency', values.latency),
    anchorDay: values['anchor-day'],
    registrars: positionals.length > 0 ? (positionals as SimRegistrarId[]) : undefined,
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulators.close());
  const { controlOrigin: control, origins } = simulators;
  process.stdout.write(`${JSON.stringify({ control, origins }, null, 2)}\n`);
}

function toNumber(flag: string, text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new Error(`--${flag} takes a whole number, not ${JSON.stringify(text)}`);
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    process.exitCode = 1;
  });
}
