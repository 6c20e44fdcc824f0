/** A way in which a secret could be written, and what to look for. */
export interface Form {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Of every secret, what would show it: as it is, and as code on its way could have written it. */
export function toForms(secret: string): readonly Form[] {
  const bytes = Buffer.from(secret);
  const text = (name: string, written: string): Form => ({ name, bytes: Buffer.from(written) });
  return [
    text('plain', secret),
    ...toAligned(bytes, 'base64'),
    ...toAligned(bytes, 'base64url'),
    text('basic', Buffer.from(`user:${secret}`).toString('base64').slice(8, -4)),
    text('hex', bytes.toString('hex')),
    text('capital-hex', bytes.toString('hex').toUpperCase()),
    text('percent', encodeURIComponent(secret)),
    text('form', new URLSearchParams({ a: secret }).toString().slice(2)),
    text('json', JSON.stringify(secret).slice(1, -1)),
    text('json-in-json', JSON.stringify(JSON.stringify(secret)).slice(3, -3)),
    text(
      'markup',
      secret.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`),
    ),
    text('reversed', [...secret].reverse().join('')),
    { name: 'utf-16', bytes: Buffer.from(secret, 'utf16le') },
  ];
}

/** Wherever the secret stands in what was encoded, one of three is what comes out; without what its neighbours change. */
function toAligned(bytes: Buffer, encoding: 'base64' | 'base64url'): Form[] {
  return [0, 1, 2].map((shift) => {
    const padded = Buffer.concat([Buffer.alloc(shift, 'x'), bytes]);
    const whole = padded.subarray(0, padded.length - (padded.length % 3)).toString(encoding);
    return { name: `${encoding}-${shift}`, bytes: Buffer.from(whole.slice(shift === 0 ? 0 : 4)) };
  });
}

/** Looks for secrets in all their forms. */
export interface Searcher {
  readonly forms: number;
  /** How many of the secrets' forms stand in some bytes; each counts once. */
  count(bytes: Buffer): number;
}

/** A searcher for some secrets. */
export function createSearcher(secrets: readonly string[]): Searcher {
  const needles = secrets.flatMap((secret) => toForms(secret).map(({ bytes }) => bytes));
  return {
    forms: new Set(toForms(secrets[0] ?? '').map(({ name }) => name)).size,
    count: (bytes) => needles.filter((needle) => bytes.includes(needle)).length,
  };
}
