import { makePortfolio, makeRrsets, type Portfolio } from './portfolio.ts';
import { XSS_PAYLOADS } from './xss-corpus.ts';

/** What a page decides by or looks things up with: the rest is what it shows. */
const STRUCTURE =
  /^(id|registrar|integrationId|runId|environment|status|statuses|lifecycle|code|trigger|step|seen|expiryPrecision|month|nextCursor|expect|accountId|requestId|url|pattern|.*At|at)$/;

/** Gives the next payload each time, from the first again after the last. */
function createPoison() {
  let used = 0;
  return () => XSS_PAYLOADS[used++ % XSS_PAYLOADS.length]?.text ?? '';
}

/** The same value with a payload in place of every text that somebody else may have written. */
function poison<T>(value: T, next: () => string, key = ''): T {
  if (typeof value === 'string') return (STRUCTURE.test(key) ? value : next()) as T;
  if (Array.isArray(value)) return value.map((each) => poison(each, next, key)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, poison(each, next, name)]);
  return Object.fromEntries(entries) as T;
}

/**
 * A portfolio in which names, labels, statuses, nameservers, problems and the registrars' own words are payloads; each
 * payload is the name of one domain.
 */
export function makePoisonedPortfolio(): Portfolio {
  const next = createPoison();
  const portfolio = makePortfolio({ count: XSS_PAYLOADS.length, states: 'varied' });
  const registrars = portfolio.registrars.map(({ credentialFields, ...registrar }) => ({
    ...poison(registrar, next),
    // the names of fields are what credentials are sent by
    credentialFields: credentialFields.map((field) => ({ ...poison(field, next), name: field.name })),
  }));
  const domains = portfolio.domains.map((domain, index) => {
    const { text = '' } = XSS_PAYLOADS[index] ?? {};
    return { ...poison(domain, next), name: text, unicodeName: text };
  });
  const runs = new Map([...portfolio.runs].map(([id, own]) => [id, poison(own, next)]));
  return { ...portfolio, registrars, domains, runs, integrations: poison(portfolio.integrations, next) };
}

/** Records of a domain: a TXT for each payload, and the payloads as owner, type and value of what isn't DNS. */
export function makePoisonedRrsets(name: string) {
  const next = createPoison();
  const [first, ...others] = makeRrsets('example.com').map((set) =>
    poison({ ...set, pseudo: undefined }, next),
  );
  const texts = XSS_PAYLOADS.map(({ text }) => text);
  const pseudo = { provider: 'namecheap' as const, kind: next(), value: next() };
  return [
    { ...first, name: `${name}.`, type: 'TXT', ttl: 3600, records: texts },
    ...others.map(({ pseudo: _none, ...set }) => set),
    { name: `old.${name}.`, type: 'URL301', ttl: null, records: [], pseudo },
  ];
}
