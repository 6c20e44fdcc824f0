import { sortRdata, sortRrsets } from './canonical.ts';
import { ControlError } from './control-error.ts';
import type { SimDomain, SimPortfolio, SimRrset } from './types.ts';

/**
 * Makes a portfolio for one registrar and one day, the same each time; `size` is at most 100,000.
 * `zoneSize` is the least number of records in each zone.
 */
export type BoundMakePortfolio = (size: number, seed: number, zoneSize?: number) => SimPortfolio;

/** A change of a portfolio, made in the order remove, add, domains, records. Names are lower-case A-labels. */
export interface PortfolioEdit {
  readonly remove?: readonly string[] | undefined;
  /** These names, or that many further ones, never held before. A removed name comes back as it was made. */
  readonly add?: number | readonly string[] | undefined;
  /** Name to the facts that replace its own. */
  readonly domains?: Readonly<Record<string, DomainFacts>> | undefined;
  /** Name to the zone that replaces its own. */
  readonly records?: Readonly<Record<string, readonly SimRrset[]>> | undefined;
}

/** The facts of a domain that an edit can replace. */
type DomainFacts = {
  readonly [Fact in Exclude<keyof SimDomain, 'name' | 'rrsets'>]?: SimDomain[Fact] | undefined;
};

/** A portfolio as it was made, and what edits have changed since: 100,000 domains are never copied. */
export interface EditedPortfolio {
  readonly base: SimPortfolio;
  /** Names that are gone. */
  readonly hidden: ReadonlySet<string>;
  /** Domains that `base` doesn't have, or has in another form, made when asked for. */
  readonly own: ReadonlyMap<string, () => SimDomain | undefined>;
  /** What the registrar has now. A new object after each edit, so that a reader keeps what it began with. */
  readonly now: SimPortfolio;
}

const LARGEST = 100_000;

/** A portfolio without edits. */
export function unedited(base: SimPortfolio): EditedPortfolio {
  return { base, hidden: new Set(), own: new Map(), now: base };
}

/**
 * The portfolio after one more edit.
 *
 * @throws ControlError 400 when a name is to be removed or changed and isn't there, or to be added and is.
 */
export function editPortfolio(
  before: EditedPortfolio,
  edit: PortfolioEdit,
  makePortfolio: BoundMakePortfolio,
): EditedPortfolio {
  const { base } = before;
  const hidden = new Set(before.hidden);
  const own = new Map(before.own);
  const find = (name: string) => {
    const make = own.get(name);
    if (make !== undefined) return make();
    return hidden.has(name) ? undefined : base.get(name);
  };
  const require = (name: string) => {
    const domain = find(name);
    if (domain === undefined) throw new ControlError(400, `the account has no domain ${name}`);
    return domain;
  };

  for (const name of edit.remove ?? []) {
    require(name);
    own.delete(name);
    hidden.add(name);
  }

  if (typeof edit.add === 'number') {
    for (const [name, make] of furtherDomains(before, edit.add, makePortfolio)) own.set(name, make);
  } else if (edit.add !== undefined) {
    const model = ordinaryDomain(makePortfolio(20, base.seed));
    for (const name of edit.add) {
      if (find(name) !== undefined) throw new ControlError(400, `the account has ${name} already`);
      hidden.delete(name);
      if (base.get(name) === undefined) own.set(name, () => renameDomain(model, name));
    }
  }

  for (const [name, facts] of Object.entries(edit.domains ?? {})) {
    const changed = { ...require(name), ...facts } as SimDomain;
    own.set(name, () => changed);
  }
  for (const [name, rrsets] of Object.entries(edit.records ?? {})) {
    const changed = { ...require(name), rrsets };
    own.set(name, () => changed);
  }

  return { base, hidden, own, now: toPortfolio(base, hidden, own, find) };
}

function toPortfolio(
  base: SimPortfolio,
  hidden: ReadonlySet<string>,
  own: ReadonlyMap<string, unknown>,
  get: (name: string) => SimDomain | undefined,
): SimPortfolio {
  const kept = hidden.size === 0 ? base.names : base.names.filter((name) => !hidden.has(name));
  const extra = [...own.keys()].filter((name) => base.get(name) === undefined);
  const names = extra.length === 0 ? kept : [...kept, ...extra].sort();
  return { size: names.length, seed: base.seed, names, get };
}

/**
 * Domains under `count` names that the account has never had. They come from portfolios of other seeds, which
 * share few names with this one; as many of those are made as it takes.
 */
function furtherDomains(before: EditedPortfolio, count: number, makePortfolio: BoundMakePortfolio) {
  const makers = new Map<string, () => SimDomain | undefined>();
  const seen = new Set([...before.now.names, ...before.hidden]);
  const size = Math.min(count + 20, LARGEST);
  for (let pools = 0; makers.size < count && pools < 100; pools++) {
    const pool = makePortfolio(size, before.base.seed + seen.size + 1);
    for (const name of pickFresh(pool.names, seen, count - makers.size)) {
      seen.add(name);
      makers.set(name, () => pool.get(name));
    }
  }
  if (makers.size < count) throw new ControlError(400, `${count} further names can't be found`);
  return makers;
}

/** Up to `count` names not seen yet, spread over the alphabet: a page shift must not always be at its start. */
function pickFresh(names: readonly string[], seen: ReadonlySet<string>, count: number): string[] {
  const fresh = names.filter((name) => !seen.has(name));
  return fresh.filter(
    (_, index) =>
      Math.floor(((index + 1) * count) / fresh.length) > Math.floor((index * count) / fresh.length),
  );
}

/** A registered domain that nothing is special about, with a live zone. */
function ordinaryDomain(models: SimPortfolio): SimDomain {
  for (const name of models.names) {
    const domain = models.get(name);
    if (domain?.registeredHere && domain.dnsHere && domain.apiAccess && domain.expiresAt !== null)
      return domain;
  }
  throw new Error('a portfolio of 20 domains has no ordinary one to make others from');
}

function renameDomain(model: SimDomain, name: string): SimDomain {
  const rename = (text: string) => text.replaceAll(`${model.name}.`, `${name}.`);
  const rrsets = model.rrsets.map((set) => ({
    ...set,
    name: rename(set.name),
    records: sortRdata(set.type, set.records.map(rename)),
  }));
  return { ...model, name, rrsets: sortRrsets(rrsets) };
}
