import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENV } from '#core/env.ts';
import { startSimulators } from '#simulators/start-simulators.ts';
import { readAssembly } from './assembly.ts';
import { type Cleanup, createCleanup } from './cleanup.ts';
import { openDataDir } from './data-dir.ts';
import type { InvokeOutcome } from './lambda/messages.ts';
import { pickFunction } from './lambda/pick-function.ts';
import { openLogs } from './logs.ts';
import { createPlatform } from './platform.ts';
import { toLedger } from './resources.ts';
import { LOCAL_CLIENT_ID } from './server.ts';
import { startServices } from './services.ts';

export interface InvokeRequest {
  /** Folder of the synthesized stack. */
  readonly assembly: string;
  /** Name of the function, or its end. */
  readonly name: string;
  /** JSON text. */
  readonly event: string;
  /** Data folder; without one, a folder for this call only. */
  readonly dataDir: string | undefined;
}

/**
 * Runs one function once, on the stand-ins of a data folder; queues, rules and schedules stand still meanwhile.
 * @throws Error that lists the functions, when none or more than one has the name.
 */
export async function invokeOnce(request: InvokeRequest): Promise<InvokeOutcome> {
  const cleanup = createCleanup();
  try {
    return await invoke(request, cleanup);
  } finally {
    await cleanup.run();
  }
}

async function invoke(request: InvokeRequest, { later }: Cleanup): Promise<InvokeOutcome> {
  const assembly = readAssembly(request.assembly);
  const dataDir = openDataDir(request.dataDir ?? makeTemporaryDir(later));
  later(dataDir.release);
  const issuer = dataDir.former?.issuer ?? 'http://localhost:4000/oidc';
  const ledger = toLedger(assembly.template, {
    stackName: assembly.stackName,
    issuer,
    clientId: LOCAL_CLIENT_ID,
    edgeHost: new URL(issuer).host,
  });
  const names = ledger.ofType('AWS::Lambda::Function').map(({ ids }) => ids.ref);
  const name = pickFunction(names, request.name, request.event);
  const logs = openLogs(dataDir.path);
  const services = await startServices(dataDir.path, logs.platform);
  later(services.close);
  const simulators = await startSimulators();
  later(simulators.close);
  const platform = await createPlatform({
    assembly,
    ledger,
    services,
    dataDir: dataDir.path,
    logs,
    variables: {
      [ENV.registrarEndpoints]: JSON.stringify(simulators.origins),
      [ENV.simulatorControl]: simulators.controlOrigin,
    },
  });
  later(platform.close);
  return platform.functions.find(name, 'invoke').invoke(request.event, 'platform');
}

function makeTemporaryDir(later: Cleanup['later']): string {
  const path = mkdtempSync(join(tmpdir(), 'domain-collective-'));
  later(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
