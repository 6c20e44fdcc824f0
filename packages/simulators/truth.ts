import type { SimDomain, SimPortfolio, SimProtocol } from './types.ts';

const CHUNK_CHARACTERS = 65_536;

/**
 * What the registrar's API can tell of a portfolio, as JSON text in pieces: `{domains: […], records: {<name>: […]}}`,
 * names ascending. Made as it is read: 100,000 domains are never in memory together.
 * @param domainsOnly leaves `records` empty
 */
export function* tellTruth(
  protocol: SimProtocol,
  portfolio: SimPortfolio,
  domainsOnly: boolean,
): Generator<string> {
  const toDomain = (domain: SimDomain) => JSON.stringify(protocol.truthDomain(domain));
  const toZone = (domain: SimDomain) =>
    `${JSON.stringify(domain.name)}:${JSON.stringify(protocol.truthRecords(domain))}`;

  yield '{"domains":[';
  yield* inChunks(listed(portfolio, toDomain));
  yield '],"records":{';
  if (!domainsOnly) yield* inChunks(listed(portfolio, toZone));
  yield '}}\n';
}

function* listed(portfolio: SimPortfolio, toJson: (domain: SimDomain) => string): Generator<string> {
  let separator = '';
  for (const name of portfolio.names) {
    const domain = portfolio.get(name);
    if (domain === undefined) throw new Error(`the portfolio names ${name} and doesn't have it`);
    yield separator + toJson(domain);
    separator = ',';
  }
}

/** Joins pieces: 200,000 small writes would take far longer than some hundred large ones. */
function* inChunks(pieces: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
