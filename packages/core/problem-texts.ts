import type { FailureReason, NoticeCode, SyncCode } from './errors.ts';
import type { Problem } from './integration.ts';
import type { EnvironmentId, RegistrarId } from './registrar-id.ts';

/** What people read of a failure or a notice: a title, one or two sentences, and what to do, the most likely first. */
export interface Text {
  readonly title: string;
  readonly detail: string;
  readonly advice: readonly string[];
}

/** Whose failure or notice it is. */
export interface TextSubject {
  readonly registrar: { readonly id: RegistrarId; readonly name: string };
  readonly environment: EnvironmentId;
  /** Our IPv4 addresses where this registrar wants them on its allow-list (Namecheap); empty elsewhere, or unknown. */
  readonly egressAddresses: readonly string[];
}

export type ProblemFacts = Pick<Problem, 'code' | 'reason' | 'address' | 'retryAt' | 'formerCredentialsKept'>;

/** What a notice is about, as far as it is known. */
export interface NoticeFacts {
  readonly code: NoticeCode;
  readonly domains?: number;
  /** A listing that is held: how many it named, of how many known, and whether the user said that it is right. */
  readonly held?: { readonly known: number; readonly listed: number; readonly isAccepted: boolean };
  /** When the credentials end, ISO 8601 UTC. */
  readonly expiresAt?: string;
}

interface Facts extends TextSubject {
  readonly name: string;
  /** What the registrar calls its credentials. */
  readonly key: string;
  /** Our address that was refused, or is to be allowed. */
  readonly address: string | undefined;
  readonly retryAt: string | undefined;
}

interface Entry {
  readonly title: string;
  readonly detail: (facts: Facts) => string;
  readonly advice: (facts: Facts) => readonly string[];
}

const KEY_WORDS: Readonly<Record<RegistrarId, string>> = {
  godaddy: 'API key',
  namecheap: 'API key',
  gandi: 'token',
  porkbun: 'API key',
  namecom: 'API token',
};

const CHECK_KEYS = [
  'Double-check your API key and secret',
  'Remove spaces - ensure no extra spaces when pasting',
  "Verify environment - ensure you're using production credentials",
];
const CHECK_SYNC = [
  'Check credentials - may have expired or been revoked',
  'Network issues - temporary connectivity problems',
  'Rate limits - registrar API limits exceeded',
];
const CHECK_ACCOUNT = [
  'Check registrar account - log in directly to verify domains exist',
  'API permissions - ensure API has access to domains',
  'Wait and retry - sometimes initial sync needs a retry',
];
const ASK_SUPPORT = 'Contact support with the registrar, this message, its time and the request id';
const RENEW_TOKEN = 'Token expired (Gandi) - generate a new PAT';
const CHECK_CUSTOMER = 'Wrong customer ID (GoDaddy) - verify your account number';
const SWITCH_ON_NAMECHEAP = 'Switch API access on at Namecheap: Profile, Tools, API Access';

/** The words for each code; a reason (below) replaces the sentence and the advice where the registrar told more. */
const PROBLEMS: Readonly<Record<SyncCode, Entry>> = {
  INVALID_CREDENTIALS: {
    title: 'Invalid Credentials',
    detail: ({ name, key, environment }) =>
      `${name} did not accept this ${key}. Check for spaces and that it is a ${environment} key.`,
    advice: (facts) => [
      ...CHECK_KEYS,
      ...(facts.registrar.id === 'namecheap' ? [SWITCH_ON_NAMECHEAP, allowAddress(facts)] : []),
    ],
  },
  AUTHENTICATION_FAILED: {
    title: 'Authentication Failed',
    detail: ({ name, key }) => `${name} knows this ${key} but refused it.`,
    advice: (facts) => AUTHENTICATION_ADVICE[facts.registrar.id](facts),
  },
  ACCESS_NOT_GRANTED: {
    title: 'API Access Not Granted',
    detail: ({ name, key }) => `${name} accepts this ${key}, but it may not list your domains.`,
    advice: (facts) => [
      ACCESS_ADVICE[facts.registrar.id],
      'API permissions - ensure API has access to domains',
    ],
  },
  RATE_LIMITED: {
    title: 'Sync Failed',
    detail: ({ name, retryAt }) =>
      `${name} asked us to slow down.${retryAt === undefined ? '' : ` Sync again after ${toMinute(retryAt)}.`}`,
    advice: () => ['Wait a while, then sync again', ...CHECK_SYNC],
  },
  REGISTRAR_UNAVAILABLE: {
    title: 'Sync Failed',
    detail: ({ name }) => `We could not reach ${name}. Nothing was changed.`,
    advice: () => ['Sync again in a few minutes', ...CHECK_SYNC],
  },
  REGISTRAR_TIMEOUT: {
    title: 'Sync Failed',
    detail: ({ name }) => `${name} did not answer in time. Nothing was changed.`,
    advice: () => ['Sync again in a few minutes', ...CHECK_SYNC],
  },
  REGISTRAR_TLS: {
    title: 'Sync Failed',
    detail: ({ name }) =>
      `The certificate that ${name} showed could not be trusted, so nothing was sent. Nothing was changed.`,
    advice: () => ['Sync again later; if it stays so, contact support', ...CHECK_SYNC],
  },
  REGISTRAR_BAD_RESPONSE: {
    title: 'Sync Failed',
    detail: ({ name }) => `${name} answered in a form that we do not know. Nothing was changed.`,
    advice: () => ['Sync again in a few minutes', ...CHECK_SYNC],
  },
  LIST_INCOMPLETE: {
    title: 'Sync Failed',
    detail: ({ name }) => `${name} did not give us its whole list of domains, so we kept the former one.`,
    advice: () => ['Sync again in a few minutes', ...CHECK_SYNC],
  },
  PORTFOLIO_TOO_LARGE: {
    title: 'Sync Failed',
    detail: ({ name }) =>
      `This ${name} account has more than 100,000 domains, the most that one integration reads.`,
    advice: () => [
      'Divide the domains among several accounts at the registrar, each an integration of its own',
    ],
  },
  ENCRYPTION_UNAVAILABLE: {
    title: 'Sync Failed',
    detail: () => 'Your credentials could not be decrypted just now. They are safe, and nothing was changed.',
    advice: () => ['Sync again in a few minutes', ASK_SUPPORT],
  },
  CREDENTIALS_UNREADABLE: {
    title: 'Sync Failed',
    detail: () => 'The stored credentials could not be decrypted, so they were not used.',
    advice: () => ['Enter the credentials again with Update Credentials', ASK_SUPPORT],
  },
  INTERNAL: {
    title: 'Sync Failed',
    detail: () => 'Something went wrong on our side. Nothing was changed.',
    advice: () => ['Sync again in a few minutes', ASK_SUPPORT],
  },
};

type ReasonText = Pick<Entry, 'detail'> & Partial<Pick<Entry, 'advice'>>;

const REASONS: Readonly<Record<Exclude<FailureReason, 'unspecified'>, ReasonText>> = {
  addressNotAllowed: {
    detail: ({ name, address }) =>
      address === undefined
        ? `${name} refused our address.`
        : `${name} refused our address. Add ${address} to your allow-list.`,
    advice: (facts) => [allowAddress(facts)],
  },
  tokenExpired: {
    detail: ({ name }) => `This ${name} token has expired. Create a new one and update it here.`,
    advice: ({ registrar, name }) => [
      registrar.id === 'gandi' ? RENEW_TOKEN : `Token expired - generate a new one at ${name}`,
    ],
  },
  wrongCustomerId: {
    detail: () => 'The customer ID does not belong to this key.',
    advice: () => [CHECK_CUSTOMER],
  },
  wrongEnvironment: {
    detail: ({ name, key, environment }) => `This ${key} is not of ${name}'s ${environment} environment.`,
  },
  apiAccessOff: {
    detail: ({ name, key, registrar }) =>
      registrar.id === 'namecheap'
        ? `${name} did not accept this ${key}, or API access is switched off there.`
        : `API access is switched off in this ${name} account.`,
  },
  accountNotEligible: { detail: ({ name }) => `${name} does not open its API to this account.` },
  scopeMissing: { detail: ({ key }) => `This ${key} has no right to list your domains.` },
  accountDisabled: {
    detail: ({ name }) => `${name} has disabled this account or its API access.`,
    advice: ({ name }) => [`Log in at ${name} and see what it says of the account`],
  },
};

const AUTHENTICATION_ADVICE: Readonly<Record<RegistrarId, (facts: Facts) => readonly string[]>> = {
  godaddy: () => [CHECK_CUSTOMER],
  namecheap: (facts) => [allowAddress(facts)],
  gandi: () => [RENEW_TOKEN],
  porkbun: (facts) => [allowAddress(facts)],
  namecom: (facts) => [allowAddress(facts)],
};

const ACCESS_ADVICE: Readonly<Record<RegistrarId, string>> = {
  godaddy:
    'Check that the account has 10 or more domains, or the Discount Domain Club Premier plan: GoDaddy opens its API to no others',
  namecheap: SWITCH_ON_NAMECHEAP,
  gandi:
    'Generate a PAT that may "See and renew domain names" and "Manage domain name technical configurations"',
  porkbun:
    'Switch on API Access for your domains and two-factor authentication for the account, and let the key see all domains',
  namecom: 'If you use two-step verification, switch on API access in the security settings of Name.com',
};

/** What people read of a failed sync. The registrar's own words are never in it. */
export function toProblemText(problem: ProblemFacts, subject: TextSubject): Text {
  const facts = toFacts(subject, problem);
  const entry = PROBLEMS[problem.code];
  const reason = problem.reason === 'unspecified' ? undefined : REASONS[problem.reason];
  const detail = (reason ?? entry).detail(facts);
  return {
    title: entry.title,
    detail: problem.formerCredentialsKept
      ? `${detail} Nothing was replaced: the former credentials stay in force.`
      : detail,
    advice: (reason?.advice ?? entry.advice)(facts),
  };
}

/** What people read where the records of one domain could not be read, or are held. */
export function toZoneProblemText(
  code: SyncCode | 'LISTING_SHRANK',
  subject: TextSubject,
): Omit<Text, 'advice'> {
  const { name } = subject.registrar;
  if (code === 'LISTING_SHRANK') {
    return {
      title: 'Records Held',
      detail: `${name} answered without a single record for a domain that had many. The former records are shown.`,
    };
  }
  const cause = PROBLEMS[code].detail(toFacts(subject, {}));
  return {
    title: 'Records Not Read',
    detail: `${name} did not give us the records for this domain. ${cause}`,
  };
}

/** What people read of a notice. */
export function toNoticeText(notice: NoticeFacts, subject: TextSubject): Text {
  return NOTICES[notice.code](notice, subject);
}

const NOTICES: Readonly<Record<NoticeCode, (notice: NoticeFacts, subject: TextSubject) => Text>> = {
  NO_DOMAINS_FOUND: () => ({
    title: 'No Domains Found',
    detail: 'Connected, but this account has no domains. Check that the key may read domains.',
    advice: CHECK_ACCOUNT,
  }),
  LISTING_SHRANK: ({ held, domains }, { registrar: { name } }) => {
    const shrunk = held
      ? `${name} listed ${held.listed} of ${toDomains(held.known)}`
      : `${name} listed ${toDomains(domains)} fewer than before`;
    return held?.isAccepted
      ? {
          title: 'Listing Accepted',
          detail: `${shrunk}. You accepted it: the next sync applies it.`,
          advice: ['Sync now to apply it'],
        }
      : {
          title: 'Listing Held',
          detail: `${shrunk}, so nothing was removed.`,
          advice: [
            'Check registrar account - log in directly to verify domains exist',
            'If the shorter list is right, accept it: the next sync applies it',
          ],
        };
  },
  PARTIAL_DNS: ({ domains }) => ({
    title: 'Some Records Not Read',
    detail: `The DNS records of ${toDomains(domains)} could not be read. The former ones are shown until the next sync.`,
    advice: ['Sync again later to read the rest'],
  }),
  API_ACCESS_OFF: ({ domains }, { registrar: { id, name } }) => ({
    title: 'API Access Off',
    detail: `${name} does not let us read the DNS records of ${toDomains(domains)}.`,
    advice: [
      id === 'porkbun'
        ? 'Switch on API Access for each domain at Porkbun, or for all at once with Opt In All Domains'
        : 'API permissions - ensure API has access to domains',
    ],
  }),
  DNS_ELSEWHERE: ({ domains }, { registrar: { name } }) => ({
    title: 'DNS Elsewhere',
    detail: `The DNS records of ${toDomains(domains)} are not at ${name}.`,
    advice: [],
  }),
  CREDENTIALS_EXPIRE_SOON: ({ expiresAt }, { registrar: { name } }) => ({
    title: 'Credentials Expire Soon',
    detail: `These ${name} credentials expire ${expiresAt === undefined ? 'soon' : `on ${expiresAt.slice(0, 10)}`}.`,
    advice: ['Secure Credentials - Update tokens before they expire'],
  }),
  CUSTOMER_ID_NOT_CHECKED: (_notice, { registrar: { name } }) => ({
    title: 'Customer ID Not Checked',
    detail: `${name} accepted the key, but did not let us check the customer ID.`,
    advice: [],
  }),
};

function toFacts(subject: TextSubject, problem: Pick<Partial<Problem>, 'address' | 'retryAt'>): Facts {
  const { registrar, egressAddresses } = subject;
  return {
    ...subject,
    name: registrar.name,
    key: KEY_WORDS[registrar.id],
    address: problem.address ?? egressAddresses[0],
    retryAt: problem.retryAt,
  };
}

function allowAddress({ registrar, name, address }: Facts): string {
  if (address !== undefined) {
    return registrar.id === 'namecheap'
      ? `IP not whitelisted (Namecheap) - add our IP ${address} to the whitelist`
      : `IP not whitelisted - add our IP ${address} to the list of allowed addresses at ${name}`;
  }
  return registrar.id === 'namecheap'
    ? 'IP not whitelisted (Namecheap) - this deployment has no fixed IP to add: its operator must switch one on'
    : `IP not whitelisted - let the key be used from every address in the settings at ${name}`;
}

function toDomains(count: number | undefined): string {
  if (count === undefined) return 'some domains';
  return count === 1 ? '1 domain' : `${count.toLocaleString('en-US')} domains`;
}

/** `14:20 UTC on 2026-11-23` */
function toMinute(iso: string): string {
  return `${iso.slice(11, 16)} UTC on ${iso.slice(0, 10)}`;
}
