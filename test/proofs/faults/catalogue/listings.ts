import type { RegistrarId } from '#core/registrar-id.ts';
import type { SimRequest, SimResponse } from '#simulators/types.ts';
import { atEach, inListing, isListing } from '../places.ts';
import type { Expectation, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';

const HOUR_MS = 3_600_000;
const INCOMPLETE: Expectation = { status: 'FAILED', code: 'LIST_INCOMPLETE', mostMs: HOUR_MS };
const WELL: Expectation = { status: 'SUCCEEDED', mostMs: 3 * HOUR_MS };
const HELD: Expectation = { status: 'SUCCEEDED', notice: 'LISTING_SHRANK' };

/** A page with more than one page behind it: 100 names a page. */
const SHORT_PAGES = ['namecheap', 'gandi'] as const satisfies readonly RegistrarId[];

/** Another page of the listing in the registrar's own form. */
type EditPage = (
  entries: readonly unknown[],
  page: number,
) => { readonly entries: readonly unknown[]; readonly total?: number };

/** Lets a registrar list something else; entries are JSON values, at Namecheap elements as text. */
function bendListing(stage: Stage, edit: EditPage): void {
  const { registrar } = stage;
  let page = 0;
  stage.bend((request, answer) => {
    if (!isListing(registrar, request)) return undefined;
    page = toPage(registrar, request) ?? page + 1;
    return FORMS[registrar](answer, (entries) => edit(entries, page));
  });
}

function toPage(registrar: RegistrarId, { query, body }: SimRequest): number | undefined {
  if (registrar === 'gandi' || registrar === 'namecom') return Number(query.get('page') ?? 1);
  if (registrar === 'namecheap') return Number(new URLSearchParams(body).get('Page') ?? 1);
  if (registrar === 'porkbun')
    return 1 + Number((JSON.parse(body) as { start?: number | string }).start ?? 0) / 1000;
  return query.has('marker') ? undefined : 1;
}

type Rewrite = (entries: readonly unknown[]) => ReturnType<EditPage>;

const FORMS: Readonly<Record<RegistrarId, (answer: SimResponse, rewrite: Rewrite) => SimResponse>> = {
  godaddy: (answer, rewrite) => ({
    ...answer,
    body: JSON.stringify(rewrite(JSON.parse(answer.body) as unknown[]).entries),
  }),
  gandi(answer, rewrite) {
    const { entries, total } = rewrite(JSON.parse(answer.body) as unknown[]);
    const counts =
      total === undefined ? {} : { 'total-count': String(total), 'filtered-count': String(total) };
    return { ...answer, headers: { ...answer.headers, ...counts }, body: JSON.stringify(entries) };
  },
  porkbun(answer, rewrite) {
    const body = JSON.parse(answer.body) as { domains: unknown[] };
    const { entries } = rewrite(body.domains);
    return { ...answer, body: JSON.stringify({ ...body, count: entries.length, domains: entries }) };
  },
  namecom(answer, rewrite) {
    const body = JSON.parse(answer.body) as { domains?: unknown[]; totalCount?: number };
    const { entries, total } = rewrite(body.domains ?? []);
    const counts = total === undefined ? {} : { totalCount: total };
    return { ...answer, body: JSON.stringify({ ...body, ...counts, domains: entries }) };
  },
  namecheap(answer, rewrite) {
    const { entries, total } = rewrite(answer.body.match(/<Domain [^>]*>/g) ?? []);
    const listed = answer.body.replace(
      /(<DomainGetListResult[^>]*?)(\/>|>[\s\S]*<\/DomainGetListResult>)/,
      (_whole, open: string) => `${open}>${entries.join('')}</DomainGetListResult>`,
    );
    const body = total === undefined ? listed : listed.replace(/<TotalItems>\d+/, `<TotalItems>${total}`);
    return { ...answer, body };
  },
};

/** An entry under another spelling of its name. */
function respell(entry: unknown, spell: (name: string) => string): unknown {
  if (typeof entry === 'string')
    return entry.replace(/ Name="([^"]*)"/, (_whole, name: string) => ` Name="${spell(name)}"`);
  const facts = entry as Readonly<Record<string, unknown>>;
  const key = ['domainName', 'fqdn', 'domain'].find((each) => each in facts) ?? '';
  return { ...facts, [key]: spell(String(facts[key])) };
}

const SPELLINGS: Readonly<Record<string, (name: string) => string>> = {
  'as it was': (name) => name,
  'in capitals': (name) => name.toUpperCase(),
  'with a trailing dot': (name) => `${name}.`,
};

/** F16: one domain twice, on a page and across pages. */
const twice: readonly Scenario[] = Object.entries(SPELLINGS).flatMap(([spelling, spell]) => [
  ...atEach(
    (registrar): Scenario => ({
      fault: 'F16',
      variant: `on one page, ${spelling}`,
      registrar,
      begin: (stage) =>
        bendListing(stage, (entries) => ({ entries: [...entries, respell(entries[0], spell)] })),
      expect: WELL,
    }),
  ),
  ...SHORT_PAGES.map((registrar): Scenario => {
    let first: unknown;
    return {
      fault: 'F16',
      variant: `across pages, ${spelling}`,
      registrar,
      stage: { size: 120 },
      begin: (stage) =>
        bendListing(stage, (entries, page) => {
          if (page === 1) first = entries[0];
          return { entries: page === 2 ? [...entries, respell(first, spell)] : entries };
        }),
      expect: WELL,
    };
  }),
]);

/** F17: names come and go while pages are read. */
const shifts: readonly Scenario[] = SHORT_PAGES.flatMap((registrar) =>
  [1, 2].flatMap((page) =>
    (['the first', 'the last of page 1', 'the first of page 2', 'the last'] as const).flatMap((which) =>
      (['removed', 'added', 'removed and another added'] as const).map(
        (what): Scenario => ({
          fault: 'F17',
          variant: `${which} ${what} before page ${page + 1}`,
          registrar,
          stage: { size: 220 },
          begin(stage) {
            const { names } = stage.portfolio;
            const index = {
              'the first': 0,
              'the last of page 1': 99,
              'the first of page 2': 100,
              'the last': 219,
            }[which];
            const edit = {
              ...(what !== 'added' && { remove: [names[index] as string] }),
              ...(what !== 'removed' && { add: [beside(names[index] as string)] }),
            };
            stage.spoil(inListing(registrar, { edit: { account: 'ours', ...edit }, times: 1, skip: page }));
          },
          // A name that was read on page 1 and then went has no zone any more.
          expect: { ...WELL, status: ['SUCCEEDED', 'PARTIAL'] },
        }),
      ),
    ),
  ),
);

/** A name that sorts next to another. */
function beside(name: string): string {
  const label = name.startsWith('xn--') ? 'zzz' : (name.split('.')[0] ?? '');
  return `${label}-new.com`;
}

/** The registrar gives its first page, full, whatever page it is asked for. */
function toFirstForEver(registrar: RegistrarId, size: number, expect: Expectation, total?: number): Scenario {
  return {
    fault: 'F18',
    variant: 'the first page for ever',
    registrar,
    stage: { size },
    begin(stage) {
      let first: readonly unknown[] = [];
      bendListing(stage, (entries, page) => {
        if (page === 1) first = entries;
        return { entries: first, ...(total !== undefined && { total }) };
      });
    },
    expect,
  };
}

/** F18: pages that never end. */
const endless: readonly Scenario[] = [
  ...SHORT_PAGES.map((registrar) =>
    toFirstForEver(registrar, 100, { ...INCOMPLETE, mostCalls: 2_300, mostMs: 4 * HOUR_MS }, 100_000),
  ),
  toFirstForEver('godaddy', 1_000, { ...INCOMPLETE, mostCalls: 20 }),
  toFirstForEver('porkbun', 1_000, { ...INCOMPLETE, mostCalls: 240 }),
  {
    fault: 'F18',
    variant: 'the first page for ever',
    registrar: 'namecom',
    stage: { size: 1_000 },
    begin(stage) {
      stage.bend((request, answer) => {
        if (!isListing('namecom', request)) return undefined;
        const body = JSON.parse(answer.body) as { domains: unknown[] };
        const { names } = stage.portfolio;
        const domains = body.domains?.length ? body.domains : [{ domainName: names[0] }];
        return { ...answer, body: JSON.stringify({ ...body, domains, nextPage: 2, totalCount: 100_000 }) };
      });
    },
    expect: { ...INCOMPLETE, mostCalls: 240 },
  },
];

/** F19: a listing that says 250 and gives less. Two registrars tell no total: there the guard holds what is missing. */
const partial: readonly Scenario[] = [
  ...(['namecheap', 'gandi', 'namecom'] as const).map(
    (registrar): Scenario => ({
      fault: 'F19',
      variant: 'a total of 250 for 12',
      registrar,
      begin: (stage) => bendListing(stage, (entries) => ({ entries, total: 250 })),
      expect: INCOMPLETE,
    }),
  ),
  ...(['godaddy', 'porkbun'] as const).map(
    (registrar): Scenario => ({
      fault: 'F19',
      variant: 'the first 20 of 60',
      registrar,
      stage: { size: 60 },
      begin: (stage) => bendListing(stage, (entries) => ({ entries: entries.slice(0, 20) })),
      expect: HELD,
    }),
  ),
];

/** F20: totals that change from page to page. */
const totals: readonly Scenario[] = SHORT_PAGES.flatMap((registrar): Scenario[] => [
  {
    fault: 'F20',
    variant: 'one more at each page, for ever',
    registrar,
    stage: { size: 220 },
    begin(stage) {
      let total = 220;
      bendListing(stage, (entries) => {
        total += 1;
        return { entries, total };
      });
    },
    expect: INCOMPLETE,
  },
  {
    fault: 'F20',
    variant: 'another total once',
    registrar,
    stage: { size: 220 },
    begin(stage) {
      let isFirst = true;
      bendListing(stage, (entries, page) => {
        if (page !== 2 || !isFirst) return { entries };
        isFirst = false;
        return { entries, total: 221 };
      });
    },
    expect: WELL,
  },
]);

/** F21: an empty listing where names were known. */
const empty: readonly Scenario[] = [
  ...[1, 9, 10].flatMap((size) => atEach((registrar) => toEmpty(registrar, size))),
  toEmpty('godaddy', 1_000),
];

function toEmpty(registrar: RegistrarId, size: number): Scenario {
  return {
    fault: 'F21',
    variant: `none of ${size}`,
    registrar,
    stage: { size },
    isSilent: true,
    begin: (stage) => void stage.accounts.put('ours', { remove: stage.portfolio.names }),
    end: (stage) => void stage.accounts.put('ours', { size, seed: 3 }),
    expect: { ...HELD, mostMs: HOUR_MS },
  };
}

/** F22: more, or not more, than 30 % gone; of fewer than ten, more than two. */
const shrunken: readonly Scenario[] = atEach((registrar) =>
  (
    [
      [100, 31, 'held'],
      [100, 30, 'equal'],
      [100, 29, 'equal'],
      [9, 3, 'held'],
      [9, 2, 'equal'],
    ] as const
  ).map(
    ([size, gone, recovery]): Scenario => ({
      fault: 'F22',
      variant: `${gone} of ${size} gone`,
      registrar,
      stage: { size },
      isSilent: true,
      begin: (stage) => void stage.accounts.put('ours', { remove: stage.portfolio.names.slice(0, gone) }),
      expect: recovery === 'held' ? { ...HELD, mostMs: HOUR_MS } : { ...WELL },
      recovery,
    }),
  ),
).flat();

export const listings = [...twice, ...shifts, ...endless, ...partial, ...totals, ...empty, ...shrunken];
