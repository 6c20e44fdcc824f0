import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** What a made-up certificate says. */
export interface CertificateFacts {
  /** Names and IPv4 addresses that it is for. */
  readonly hosts: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

/** A self-signed certificate and its key in PEM, made anew at each call: for test servers, trusted by nobody. */
export function makeTestCertificate(facts: CertificateFacts): {
  readonly cert: string;
  readonly key: string;
} {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const notBefore = facts.notBefore ?? new Date(Date.now() - 86_400_000);
  const notAfter = facts.notAfter ?? new Date(Date.now() + 86_400_000);
  const name = sequence(
    set(sequence(oid(OID.commonName), utf8(`Test certificate ${randomBytes(6).toString('hex')}`))),
  );
  const algorithm = sequence(oid(OID.ecdsaWithSha256));
  const names = facts.hosts.map((host) =>
    /^[\d.]+$/.test(host)
      ? tlv(0x87, Buffer.from(host.split('.').map(Number)))
      : tlv(0x82, Buffer.from(host)),
  );
  const extensions = sequence(
    sequence(oid(OID.subjectAltName), tlv(OCTETS, sequence(...names))),
    sequence(
      oid(OID.basicConstraints),
      tlv(BOOLEAN, Buffer.from([255])),
      tlv(OCTETS, sequence(tlv(BOOLEAN, Buffer.from([255])))),
    ),
  );
  const body = sequence(
    tlv(0xa0, tlv(INTEGER, Buffer.from([2]))),
    tlv(INTEGER, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    name,
    sequence(time(notBefore), time(notAfter)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, extensions),
  );
  const signature = tlv(BITS, Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]));
  const der = sequence(body, algorithm, signature);
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

// Tags of DER (X.690 §8), as far as a certificate (RFC 5280 §4.1) needs them.
const BOOLEAN = 0x01;
const INTEGER = 0x02;
const BITS = 0x03;
const OCTETS = 0x04;

/** Object identifiers, already encoded. */
const OID = {
  commonName: '550403',
  subjectAltName: '551d11',
  basicConstraints: '551d13',
  ecdsaWithSha256: '2a8648ce3d040302',
} as const;

function tlv(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tlv(0x30, Buffer.concat(parts));
}

function set(part: Buffer): Buffer {
  return tlv(0x31, part);
}

function oid(hex: string): Buffer {
  return tlv(0x06, Buffer.from(hex, 'hex'));
}

function utf8(text: string): Buffer {
  return tlv(0x0c, Buffer.from(text));
}

/** GeneralizedTime in UTC, without fractions of a second. */
function time(at: Date): Buffer {
  return tlv(0x18, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));
}
