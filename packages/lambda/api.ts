import { createApi, createIntakeApi } from '#api/app.ts';
import { ENV } from '#core/env.ts';
import { newId } from '#core/ids.ts';
import { PROFILES } from '#registrars/profiles.ts';
import { createIntakeCommands } from '#sync/commands/intake-commands.ts';
import { createPlainCommands } from '#sync/commands/plain-commands.ts';
import { createFingerprinter } from '#vault/fingerprinter.ts';
import { createSealer } from '#vault/sealer.ts';
import { createKmsClient } from './clients.ts';
import { systemClock } from './clock.ts';
import { readEnv } from './env.ts';
import { log } from './log.ts';
import { composeRuns } from './runs.ts';
import { readSimulatorAccounts } from './simulator-accounts.ts';
import { openCredentialStore } from './stores.ts';

function composeShared() {
  const env = readEnv(ENV.macKey, ENV.clientId, ENV.egressAddresses, ENV.simulatorControl);
  const control = env[ENV.simulatorControl];
  const runs = composeRuns();
  return {
    runs,
    api: {
      stores: runs,
      registrars: PROFILES,
      fingerprinter: createFingerprinter({ kms: createKmsClient(), macKeyArn: env[ENV.macKey] }),
      clock: systemClock,
      newId,
      log,
      egressAddresses: env[ENV.egressAddresses],
      clientId: env[ENV.clientId],
      ...(control && { simulators: { accounts: readSimulatorAccounts(control) } }),
    },
  };
}

/** The API without what touches credentials. */
export function composeApi() {
  const { runs, api } = composeShared();
  return createApi({ ...api, commands: createPlainCommands(runs) });
}

/** The part of the API that takes credentials in and away: it can seal them, never open them. */
export function composeIntakeApi() {
  const { runs, api } = composeShared();
  const sealer = createSealer({ kms: createKmsClient(), keyArn: readEnv(ENV.sealKey)[ENV.sealKey] });
  const commands = createIntakeCommands({
    ...runs,
    credentials: openCredentialStore(),
    sealer,
    fingerprinter: api.fingerprinter,
    limitSubject: (registrar, credentials) => PROFILES[registrar].limitSubject(credentials),
  });
  return createIntakeApi({ ...api, commands });
}
