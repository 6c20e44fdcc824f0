/** dynalite ships no types. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface DynaliteOptions {
    readonly path?: string;
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  }
  function dynalite(options: DynaliteOptions): Server;
  export = dynalite;
}

/** What dynalite keeps in LevelDB, under keys of its own: the parts that make entries of indexes. */
declare module 'dynalite/db/index.js' {
  interface KeyRange {
    readonly gte: string;
    readonly lt: string;
  }
  export interface StoredTable {
    readonly TableName: string;
    readonly GlobalSecondaryIndexes?: readonly { readonly IndexName: string }[];
  }
  export interface DynaliteStore {
    readonly db: {
      values(range: KeyRange): AsyncIterable<unknown>;
      clear(range: KeyRange): Promise<void>;
      close(): Promise<void>;
    };
    getIndexDb(
      type: 'Global',
      table: string,
      index: string,
    ): { batch(operations: readonly object[], done: (error: Error | null) => void): void };
  }
  interface IndexEntry {
    readonly index: string;
    readonly key: string;
    readonly item: unknown;
  }
  export function create(options: { readonly path: string }): DynaliteStore;
  /** Which entries to write and to delete where an item takes the place of another. */
  export function getIndexActions(
    indexes: StoredTable['GlobalSecondaryIndexes'],
    existing: unknown,
    item: unknown,
    table: StoredTable,
  ): { readonly puts: readonly IndexEntry[] };
}

/** oidc-provider ships no types: these are the parts of its configuration and its API that the local issuer uses. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface AdapterPayload {
    readonly grantId?: string;
    readonly uid?: string;
    readonly userCode?: string;
  }
  export interface Adapter {
    upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void>;
    find(id: string): Promise<AdapterPayload | undefined>;
    findByUid(uid: string): Promise<AdapterPayload | undefined>;
    findByUserCode(userCode: string): Promise<AdapterPayload | undefined>;
    consume(id: string): Promise<void>;
    destroy(id: string): Promise<void>;
    revokeByGrantId(grantId: string): Promise<void>;
  }
  export interface Grant {
    addOIDCScope(scope: string): void;
    addResourceScope(resource: string, scope: string): void;
    save(): Promise<string>;
  }
  interface Context {
    readonly oidc: {
      readonly provider: Provider;
      readonly client?: { readonly clientId: string };
      readonly session?: { readonly accountId?: string; grantIdFor(clientId: string): string | undefined };
    };
    body: unknown;
    set(headers: Record<string, string>): void;
  }
  type Page<Extra extends unknown[]> = (context: Context, ...extra: Extra) => void;

  export interface Configuration {
    adapter: (model: string) => Adapter;
    jwks: { readonly keys: readonly object[] };
    cookies: { readonly keys: readonly string[]; readonly names: Readonly<Record<string, string>> };
    clients: readonly Readonly<Record<string, unknown>>[];
    scopes: readonly string[];
    claims: Readonly<Record<string, readonly string[]>>;
    conformIdTokenClaims: boolean;
    responseTypes: readonly string[];
    pkce: { readonly required: () => boolean };
    rotateRefreshToken: boolean;
    issueRefreshToken(
      context: Context,
      client: { grantTypeAllowed(type: string): boolean },
    ): Promise<boolean>;
    ttl: Readonly<Record<string, number>>;
    clientBasedCORS(context: Context, origin: string): boolean;
    interactions: { url(context: Context, interaction: { readonly uid: string }): string };
    extraTokenClaims(): Readonly<Record<string, unknown>>;
    findAccount(
      context: Context,
      subject: string,
    ): { accountId: string; claims(use: string): Readonly<Record<string, unknown>> } | undefined;
    loadExistingGrant(context: Context): Promise<Grant | undefined>;
    features: {
      devInteractions: { readonly enabled: boolean };
      revocation: { readonly enabled: boolean };
      resourceIndicators: {
        readonly enabled: boolean;
        defaultResource(): string;
        useGrantedResource(): boolean;
        getResourceServerInfo(context: Context, resource: string): Readonly<Record<string, unknown>>;
      };
      rpInitiatedLogout: {
        readonly enabled: boolean;
        logoutSource: Page<[form: string]>;
        postLogoutSuccessSource: Page<[]>;
      };
    };
    renderError: Page<[out: { readonly error: string; readonly error_description?: string }]>;
  }

  export const errors: { readonly InvalidTarget: new (message?: string) => Error };

  export class Provider {
    constructor(issuer: string, configuration: Configuration);
    readonly Client: { readonly prototype: object };
    readonly Grant: {
      new (ids: { readonly clientId: string; readonly accountId: string }): Grant;
      find(id: string): Promise<Grant | undefined>;
    };
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<{ readonly uid: string }>;
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: { readonly login: { readonly accountId: string; readonly remember: boolean } },
    ): Promise<void>;
    on(event: 'server_error', listener: (context: unknown, error: Error) => void): this;
  }
}
