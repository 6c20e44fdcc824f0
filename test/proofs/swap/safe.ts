import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { Opener, Sealer } from '#core/ports/vault.ts';
import { createKmsServer } from '#local/kms/server.ts';
import type { StoresWithCredentials } from '#store/stores.ts';
import { createDynaliteStores, type TestStores } from '#test/support/stores.ts';
import { createKmsClient } from '#test/vault/fixtures.ts';
import { createOpener } from '#vault/opener.ts';
import { createSealer } from '#vault/sealer.ts';
import type { Field } from './contexts.ts';

/** Where credentials are kept, as it is deployed: the vault over KMS, the stores over the tables. */
export interface Safe {
  readonly stores: StoresWithCredentials;
  readonly rows: TestStores['rows'];
  readonly sealer: Sealer;
  readonly opener: Opener;
  close(): Promise<void>;
}

/**
 * Opens a safe: the product's vault and stores, through the real SDK, over KMS's stand-in and dynalite on 127.0.0.1.
 * @param omitted a part of the encryption context that the sabotaged vault doesn't tell KMS.
 */
export async function openSafe(omitted?: Field): Promise<Safe> {
  const folder = mkdtempSync(join(tmpdir(), 'swap-proof-'));
  const server = createKmsServer({
    dataDir: folder,
    log: {
      error: (message, details) => {
        throw new Error(`${message}: ${inspect(details)}`);
      },
    },
  });
  const keyArn = server.ensureKey({ keyId: 'swap-proof', usage: 'ENCRYPT_DECRYPT', enabled: true });
  const listening = await server.listen(0);
  const kms = createKmsClient(listening.url);
  kms.middlewareStack.add((next) => (call) => next({ ...call, input: withoutPart(call.input, omitted) }), {
    step: 'initialize',
  });
  const { rows, close, ...stores } = await createDynaliteStores();
  return {
    stores,
    rows,
    sealer: createSealer({ kms, keyArn }),
    opener: createOpener({ kms, keyArn }),
    async close() {
      kms.destroy();
      await listening.close();
      await close();
      rmSync(folder, { recursive: true });
    },
  };
}

function withoutPart<Input extends object>(input: Input, omitted: Field | undefined): Input {
  if (omitted === undefined || !('EncryptionContext' in input)) return input;
  const { [omitted]: _, ...rest } = input.EncryptionContext as Record<string, string>;
  return { ...input, EncryptionContext: rest };
}
