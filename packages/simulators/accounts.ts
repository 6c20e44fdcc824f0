import { ControlError } from './control-error.ts';
import { tokensOf } from './credential-tokens.ts';
import {
  type BoundMakePortfolio,
  type EditedPortfolio,
  editPortfolio,
  type PortfolioEdit,
  unedited,
} from './portfolio-edits.ts';
import type { SimAccount, SimProtocol, SimRefusal, SimRequest } from './types.ts';

/** What the control API can say of an account; fields left out stay as they are. */
interface AccountChange extends PortfolioEdit {
  /** With `seed` and `zoneSize`, or alone: the portfolio is made anew, and earlier edits are gone. */
  readonly size?: number | undefined;
  readonly seed?: number | undefined;
  /** The least number of records in each zone; 0 where the portfolio is made anew without it. */
  readonly zoneSize?: number | undefined;
  readonly label?: string | undefined;
  readonly refusal?: SimRefusal | undefined;
  /** What a product should end with; by default SYNCED, or what the demo account of that refusal says. */
  readonly expect?: string | undefined;
  readonly credentials?: Readonly<Record<string, string>> | undefined;
}

/** The accounts of one registrar: its demo accounts, and those that tests have added. */
export interface AccountBook {
  list(): readonly SimAccount[];
  /** @throws ControlError 404 when there is no such account. */
  get(id: string): SimAccount;
  /** The account whose credentials a request carries, as far as they are no other account's too. */
  identify(request: SimRequest): SimAccount | undefined;
  /**
   * Changes an account, or adds it with fake credentials made from its id.
   * @throws ControlError 400 when the change can't be made; then nothing has changed.
   */
  put(id: string, change: AccountChange): { readonly account: SimAccount; readonly isNew: boolean };
}

const DEFAULT_SIZE = 10;
const DEFAULT_SEED = 1;

/** The registrar's demo accounts, ready to be asked and changed. */
export function makeAccountBook(protocol: SimProtocol, makePortfolio: BoundMakePortfolio): AccountBook {
  const demo = protocol.demoAccounts(makePortfolio);
  const accounts = new Map(demo.map((account) => [account.id, account]));
  const portfolios = new Map(demo.map(({ id, portfolio }) => [id, unedited(portfolio)]));
  let owners = ownersByToken(demo);
  let list: readonly SimAccount[] = demo;

  const get = (id: string) => {
    const account = accounts.get(id);
    if (account !== undefined) return account;
    throw new ControlError(404, `${protocol.id} has no account ${JSON.stringify(id)}`);
  };

  return {
    list: () => list,
    get,
    identify(request) {
      const owner = mostNamed(tokensOf(request), owners);
      return owner === undefined ? undefined : accounts.get(owner);
    },
    put(id, change) {
      const before = accounts.get(id);
      const edited = editPortfolio(
        portfolioBefore(portfolios.get(id), change, makePortfolio),
        change,
        makePortfolio,
      );
      const refusal = change.refusal ?? before?.refusal ?? 'none';
      const account: SimAccount = {
        id,
        label: change.label ?? before?.label ?? `Added account ${id}`,
        refusal,
        expect: change.expect ?? expectationOf(refusal, before, demo, protocol),
        credentials: { ...(before?.credentials ?? fakeCredentials(id, demo)), ...change.credentials },
        portfolio: edited.now,
      };
      requireKnownFields(account, demo);

      accounts.set(id, account);
      portfolios.set(id, edited);
      list = [...accounts.values()];
      if (before === undefined || change.credentials !== undefined) owners = ownersByToken(list);
      return { account, isNew: before === undefined };
    },
  };
}

function portfolioBefore(
  before: EditedPortfolio | undefined,
  { size, seed, zoneSize }: AccountChange,
  makePortfolio: BoundMakePortfolio,
): EditedPortfolio {
  if (before !== undefined && size === undefined && seed === undefined && zoneSize === undefined)
    return before;
  return unedited(
    makePortfolio(
      size ?? before?.base.size ?? DEFAULT_SIZE,
      seed ?? before?.base.seed ?? DEFAULT_SEED,
      zoneSize,
    ),
  );
}

function expectationOf(
  refusal: SimRefusal,
  before: SimAccount | undefined,
  demo: readonly SimAccount[],
  { id }: SimProtocol,
): string {
  if (before?.refusal === refusal) return before.expect;
  if (refusal === 'none') return 'SYNCED';
  const model = demo.find((account) => account.refusal === refusal);
  if (model !== undefined) return model.expect;
  const known = [...new Set(demo.map((account) => account.refusal))].join(', ');
  throw new ControlError(400, `${id} can't refuse with ${refusal}; it knows ${known}`);
}

/** The credentials of a demo account, each value that says it is fake made this account's own. */
function fakeCredentials(id: string, demo: readonly SimAccount[]): Record<string, string> {
  const model = demo.find(({ refusal }) => refusal === 'none')?.credentials ?? {};
  return Object.fromEntries(
    Object.entries(model).map(([field, value]) => [field, /fake/i.test(value) ? `${value}-${id}` : value]),
  );
}

function requireKnownFields({ credentials }: SimAccount, demo: readonly SimAccount[]): void {
  const known = new Set(demo.flatMap((account) => Object.keys(account.credentials)));
  const stranger = Object.keys(credentials).find((field) => !known.has(field));
  if (stranger === undefined) return;
  const choice = [...known].join(', ');
  throw new ControlError(400, `credentials: ${stranger} is no field of this registrar; it has ${choice}`);
}

/** Credential values that one account alone has: shared ones (a user name, an address) identify nobody. */
function ownersByToken(accounts: readonly SimAccount[]): ReadonlyMap<string, string> {
  const owners = new Map<string, string | undefined>();
  for (const { id, credentials } of accounts) {
    for (const value of new Set(Object.values(credentials))) {
      owners.set(value, owners.has(value) ? undefined : id);
    }
  }
  return new Map([...owners].filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function mostNamed(tokens: ReadonlySet<string>, owners: ReadonlyMap<string, string>): string | undefined {
  const votes = new Map<string, number>();
  for (const token of tokens) {
    const owner = owners.get(token);
    if (owner !== undefined) votes.set(owner, (votes.get(owner) ?? 0) + 1);
  }
  return [...votes].sort((left, right) => right[1] - left[1])[0]?.[0];
}
