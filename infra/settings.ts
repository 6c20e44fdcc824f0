import { STAGE_NAMES, STAGES, type Stage } from './stage.ts';

export const NAMECHEAP_EGRESS = ['off', 'fckNat', 'natGateway'] as const;
export type NamecheapEgress = (typeof NAMECHEAP_EGRESS)[number];

/** What an operator says by `--context`. */
export interface Settings {
  readonly stage: Stage;
  /** How the Namecheap worker comes to an IPv4 address of its own; without one Namecheap can't be connected. */
  readonly namecheapEgress: NamecheapEgress;
  /** An OIDC provider of the operator's own in place of Cognito. */
  readonly oidc:
    | { readonly issuer: string; readonly clientId: string; readonly audience: string }
    | undefined;
  /** A domain of the operator's own for the site, with its certificate in us-east-1. */
  readonly domain: { readonly name: string; readonly certificateArn: string } | undefined;
  /** Gets the alarms by mail, once it has confirmed the subscription. */
  readonly alarmEmail: string | undefined;
  /** Where the web app sends people who need help. */
  readonly supportUrl: string | undefined;
  /** The region to deploy to, where it matters or is known; undefined: whichever the deployment chooses. */
  readonly region: string | undefined;
  /** Puts a web application firewall before the distribution: in us-east-1 only, where CloudFront's have to live. */
  readonly hasFirewall: boolean;
  /** Checks the template with cdk-nag. */
  readonly isNagged: boolean;
}

/**
 * Reads the context. `region` is the one that the CDK's command line found.
 * @throws Error that names the word of the context and what it takes
 */
export function readSettings(context: (name: string) => unknown, region: string | undefined): Settings {
  const read = (name: string): string | undefined => {
    const value = context(name);
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value === 'boolean') return String(value);
    if (typeof value !== 'string') throw new Error(`context ${name} is a text`);
    return value;
  };
  const readOne = <T extends string>(name: string, words: readonly T[], fallback: T): T => {
    const word = read(name) ?? fallback;
    const found = words.find((known) => known === word);
    if (found === undefined) throw new Error(`context ${name} is one of ${words.join(', ')}, not ${word}`);
    return found;
  };
  const hasFirewall = readOne('enableWaf', ['true', 'false'], 'false') === 'true';
  if (hasFirewall && region !== 'us-east-1') {
    throw new Error(
      `context enableWaf needs the stack in us-east-1, where CloudFront's web ACLs live; its region is ${region ?? 'not known here'}`,
    );
  }
  return {
    stage: STAGES[readOne('stage', STAGE_NAMES, 'dev')],
    namecheapEgress: readOne('namecheapEgress', NAMECHEAP_EGRESS, 'off'),
    oidc: readOidc(read),
    domain: readDomain(read),
    alarmEmail: checkForm(
      'alarmEmail',
      read('alarmEmail'),
      /^[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+$/,
      'an e-mail address',
    ),
    supportUrl: checkForm(
      'supportUrl',
      read('supportUrl'),
      /^(https:\/\/|mailto:)\S+$/,
      'an https: or mailto: URL',
    ),
    region: hasFirewall ? region : undefined,
    hasFirewall,
    isNagged: readOne('nag', ['true', 'false'], 'false') === 'true',
  };
}

type Read = (name: string) => string | undefined;

function readOidc(read: Read): Settings['oidc'] {
  const issuer = checkForm('oidcIssuer', read('oidcIssuer'), /^https:\/\/[^\s?#]+$/, 'an https: URL');
  const clientId = read('oidcClientId');
  const audience = read('oidcAudience');
  if (!issuer && !clientId && !audience) return undefined;
  if (!issuer || !clientId) throw new Error('context oidcIssuer and oidcClientId go together');
  return { issuer, clientId, audience: audience ?? clientId };
}

function readDomain(read: Read): Settings['domain'] {
  const name = checkForm('domainName', read('domainName'), /^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a domain name');
  const isCertificate = /^arn:aws:acm:us-east-1:\d{12}:certificate\/[0-9a-f-]+$/;
  const certificateArn = checkForm(
    'certificateArn',
    read('certificateArn'),
    isCertificate,
    'the ARN of a certificate in us-east-1',
  );
  if (!name && !certificateArn) return undefined;
  if (!name || !certificateArn) throw new Error('context domainName and certificateArn go together');
  return { name, certificateArn };
}

function checkForm(name: string, value: string | undefined, form: RegExp, words: string): string | undefined {
  if (value !== undefined && !form.test(value)) throw new Error(`context ${name} is ${words}, not ${value}`);
  return value;
}
