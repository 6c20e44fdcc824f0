import {
  constants,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto';
import { readRuntime } from '#local/data-dir.ts';
import { readIssuerKeys } from '#local/issuer/keys.ts';

/** A part of a token before it is encoded: a text is taken as it stands, for what JSON.stringify wouldn't write. */
export type Part = Readonly<Record<string, unknown>> | string;

/** What the local issuer signs with, and what it says in its tokens. */
export interface Issuer {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly header: Readonly<Record<string, unknown>>;
  /** Claims of a token that is let in, without those about time. */
  readonly claims: Readonly<Record<'iss' | 'sub' | 'aud' | 'client_id' | 'scope' | 'token_use', string>>;
}

/** Reads the key of the issuer that runs on a data folder. */
export function readIssuer(dataDir: string): Issuer {
  const runtime = readRuntime(dataDir);
  if (!runtime) throw new Error(`no issuer has run on ${dataDir}`);
  const { signing } = readIssuerKeys(dataDir);
  const privateKey = createPrivateKey({ key: signing as Record<string, unknown>, format: 'jwk' });
  return {
    privateKey,
    publicKey: createPublicKey(privateKey),
    header: { alg: 'RS256', typ: 'at+jwt', kid: signing.kid },
    claims: {
      iss: runtime.issuer,
      sub: 'local|alice',
      aud: runtime.audience,
      client_id: runtime.clientId,
      scope: 'openid profile email',
      token_use: 'access',
    },
  };
}

/** The signature of a signing input by each algorithm that a header may name; keyless ones give nothing. */
const SIGNERS: Readonly<Record<string, (input: string, key: KeyObject | string) => Buffer>> = {
  none: () => Buffer.alloc(0),
  HS256: (input, key) => createHmac('sha256', key).update(input).digest(),
  HS384: (input, key) => createHmac('sha384', key).update(input).digest(),
  HS512: (input, key) => createHmac('sha512', key).update(input).digest(),
  RS256: (input, key) => sign('sha256', Buffer.from(input), key),
  PS256: (input, key) =>
    sign('sha256', Buffer.from(input), {
      key: key as KeyObject,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: 32,
    }),
  ES256: (input, key) =>
    sign('sha256', Buffer.from(input), { key: key as KeyObject, dsaEncoding: 'ieee-p1363' }),
  EdDSA: (input, key) => sign(null, Buffer.from(input), key),
};

/** A token of these parts, signed by an algorithm, whatever its header says. */
export function toToken(header: Part, claims: Part, algorithm: string, key: KeyObject | string = ''): string {
  const input = `${encode(header)}.${encode(claims)}`;
  const signer = SIGNERS[algorithm];
  if (!signer) throw new Error(`no signer of ${algorithm}`);
  return `${input}.${signer(input, key).toString('base64url')}`;
}

/** A part as a token holds it. */
export function encode(part: Part): string {
  return Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');
}

/** Keys that the issuer never had. */
export function makeForeignKeys() {
  return {
    rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
    ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    ed: generateKeyPairSync('ed25519'),
  };
}
