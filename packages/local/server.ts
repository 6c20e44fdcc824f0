import { ENV } from '#core/env.ts';
import { REGISTRAR_IDS } from '#core/registrar-id.ts';
import { startSimulators } from '#simulators/start-simulators.ts';
import { type Assembly, findSiteFolders, readAssembly } from './assembly.ts';
import { type Cleanup, createCleanup } from './cleanup.ts';
import { openDataDir, type RuntimeFile } from './data-dir.ts';
import { createDistribution } from './edge/distribution.ts';
import { type EdgeServer, listenAtEdge } from './edge/server.ts';
import { createGateway } from './gateway/api.ts';
import { createIssuer, ISSUER_PATH, type Issuer } from './issuer/provider.ts';
import type { JsonObject } from './json.ts';
import { openLogs, type PlatformLog } from './logs.ts';
import { createPlatform } from './platform.ts';
import { type Ledger, toLedger } from './resources.ts';
import { startServices } from './services.ts';
import type { Settings } from './settings.ts';
import { synthesize } from './synth.ts';

/** Client id, and audience, of the local issuer's one client. A URI, so that it can be asked for as `resource` too. */
export const LOCAL_CLIENT_ID = 'urn:domain-collective:local';

/** What the start tells on its way. */
export interface Telling {
  /** Calm lines about what is being done. */
  note(text: string): void;
  /** The simulators answer at this address. */
  simulators(url: string): void;
}

/** A local run that serves. */
export interface LocalServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Gives the folder of a synthesized stack. */
export type Assemble = (note: Telling['note']) => Promise<string>;

/** The stack that the sources make as they are now. */
const assembleSources: Assemble = async (note) => (await synthesize(undefined, note)).folder;

/**
 * Starts everything: a stack on the stand-ins of its services, with its data in the data folder. Nothing is left
 * running when it fails.
 * @throws Error in words for the person who started it.
 */
export async function startServer(
  settings: Settings,
  telling: Telling,
  assemble: Assemble = assembleSources,
): Promise<LocalServer> {
  const cleanup = createCleanup();
  try {
    return { url: await start(settings, telling, assemble, cleanup.later), close: cleanup.run };
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function start(
  settings: Settings,
  telling: Telling,
  assemble: Assemble,
  later: Cleanup['later'],
): Promise<string> {
  const dataDir = openDataDir(settings.dataDir);
  later(dataDir.release);
  const logs = openLogs(dataDir.path);
  const log = logs.platform;
  telling.note(`data folder ${dataDir.path}`);

  const edge = await listenNearby(settings.port, dataDir.former, log);
  later(edge.close);
  const origin = `http://localhost:${edge.port}`;
  warnOfNewAddress(dataDir.former, edge.port, telling);

  // each is closed by whoever sees the whole fail, also when another of them failed first
  const [folder, services, simulators] = await settleAll([
    assemble(telling.note),
    startServices(dataDir.path, log).then((started) => {
      later(started.close);
      return started;
    }),
    startRegistrars(settings, log).then((started) => {
      later(started.close);
      telling.simulators(toLocalhost(started.controlOrigin));
      return started;
    }),
  ]);

  const assembly = readAssembly(folder);
  const ledger = toLedger(assembly.template, {
    stackName: assembly.stackName,
    issuer: origin + ISSUER_PATH,
    clientId: LOCAL_CLIENT_ID,
    edgeHost: `localhost:${edge.port}`,
  });
  const endpoints = { ...simulators.origins, ...settings.registrarEndpoints };
  const platform = await createPlatform({
    assembly,
    ledger,
    services,
    dataDir: dataDir.path,
    logs,
    variables: {
      [ENV.registrarEndpoints]: JSON.stringify(endpoints),
      [ENV.simulatorControl]: simulators.controlOrigin,
      ...(settings.egressAddress !== undefined && { [ENV.egressAddresses]: settings.egressAddress }),
    },
  });
  later(platform.close);

  const audience = findAudience(ledger);
  const issuer = await createIssuer({
    dataDir: dataDir.path,
    origin,
    clientId: LOCAL_CLIENT_ID,
    audience,
    redirectUris: readAddresses(ledger, 'CallbackURLs', origin),
    logoutUris: readAddresses(ledger, 'LogoutURLs', origin),
    log,
  });
  later(issuer.close);
  edge.serve(toTargets(assembly, ledger, platform.functions, issuer, audience, log));
  platform.start();
  // the first to close: nobody may ask a platform that is ending
  later(edge.close);
  dataDir.writeRuntime({
    pid: process.pid,
    url: origin,
    port: edge.port,
    simulatorPort: Number(new URL(simulators.controlOrigin).port),
    issuer: issuer.issuer,
    clientId: LOCAL_CLIENT_ID,
    audience,
  });
  return origin;
}

function toTargets(
  assembly: Assembly,
  ledger: Ledger,
  functions: Awaited<ReturnType<typeof createPlatform>>['functions'],
  issuer: Issuer,
  audience: string,
  log: PlatformLog,
) {
  const gateway = createGateway(ledger, {
    findFunction: (uri, place) => functions.findCallable(uri, 'apigateway.amazonaws.com', place),
    keys: issuer.keys,
    log,
    now: Date.now,
  });
  return {
    distribution: createDistribution(ledger, gateway, findSiteFolders(assembly)),
    issuer,
    webConfig: { issuer: issuer.issuer, clientId: LOCAL_CLIENT_ID, audience, local: true },
  };
}

/** Port 0 takes the port of the run before where it is free: local accounts belong to an address. */
async function listenNearby(
  port: number,
  former: RuntimeFile | undefined,
  log: PlatformLog,
): Promise<EdgeServer> {
  if (port !== 0 || !former) return listenAtEdge(port, log);
  try {
    return await listenAtEdge(former.port, log);
  } catch (error) {
    log('the former port is taken', { port: former.port, error: String(error) });
    return listenAtEdge(0, log);
  }
}

function warnOfNewAddress(former: RuntimeFile | undefined, port: number, telling: Telling): void {
  if (former && former.port !== port)
    telling.note(
      `note: this data folder was used on port ${former.port} before; accounts belong to the address, so what was connected there shows there only`,
    );
}

function startRegistrars(settings: Settings, log: PlatformLog): ReturnType<typeof startSimulators> {
  return startSimulators({
    controlPort: settings.simulatorPort,
    registrars: REGISTRAR_IDS.filter((id) => settings.registrarEndpoints[id] === undefined),
    log: (message) => log('simulators', { message }),
  });
}

/** Waits for all, so that whatever started can be closed, then gives the first failure. */
async function settleAll<T extends readonly Promise<unknown>[]>(
  promises: readonly [...T],
): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(promises);
  return Promise.all(promises) as Promise<{ [K in keyof T]: Awaited<T[K]> }>;
}

function findAudience(ledger: Ledger): string {
  const [authorizer] = ledger.ofType('AWS::ApiGatewayV2::Authorizer');
  const jwt = authorizer?.properties.JwtConfiguration as JsonObject | undefined;
  const [audience] = (jwt?.Audience ?? []) as readonly string[];
  return audience ?? LOCAL_CLIENT_ID;
}

/** The addresses of the template's Cognito client that lie at the edge, as they are called here. */
function readAddresses(ledger: Ledger, property: string, origin: string): string[] {
  const here = new URL(origin);
  return (ledger.read('AWS::Cognito::UserPoolClient', property).flat() as string[])
    .filter((address) => URL.canParse(address) && new URL(address).host === here.host)
    .map((address) => address.replace(/^https:/, 'http:'));
}

function toLocalhost(origin: string): string {
  return origin.replace('127.0.0.1', 'localhost');
}
