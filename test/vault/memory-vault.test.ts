import { describe, expect, test } from 'vitest';
import { createMemoryVault } from '#test/support/vault.ts';
import { CONTEXT, CREDENTIALS, SECRET } from './fixtures.ts';

describe('the vault of the tests', () => {
  test('opens what it sealed, and nothing under another context, altered, or of another vault', async () => {
    const vault = createMemoryVault();
    const ciphertext = await vault.seal(SECRET, CONTEXT);

    expect((await vault.open(ciphertext, CONTEXT)).reveal()).toEqual(CREDENTIALS);
    const altered = Uint8Array.from(ciphertext);
    altered[20] = (altered[20] as number) ^ 1;
    for (const opened of [
      vault.open(ciphertext, { ...CONTEXT, version: 4 }),
      vault.open(ciphertext, { ...CONTEXT, tenantId: 'other' }),
      vault.open(altered, CONTEXT),
      vault.open(new Uint8Array(), CONTEXT),
      createMemoryVault().open(ciphertext, CONTEXT),
    ])
      await expect(opened).rejects.toMatchObject({ code: 'CREDENTIALS_UNREADABLE' });
  });

  test('fails as it is told until it is told otherwise', async () => {
    const vault = createMemoryVault();
    vault.failWith('ENCRYPTION_UNAVAILABLE');
    await expect(vault.seal(SECRET, CONTEXT)).rejects.toMatchObject({ code: 'ENCRYPTION_UNAVAILABLE' });
    await expect(vault.fingerprint('limit', 'x')).rejects.toMatchObject({ code: 'ENCRYPTION_UNAVAILABLE' });
    vault.failWith(null);
    expect(await vault.fingerprint('limit', 'x')).toMatch(/^[a-z2-7]{26}$/);
    expect(await vault.cursorKey()).toHaveLength(32);
  });
});
