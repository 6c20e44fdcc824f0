import {
  ErrorResponse,
  InMemoryWebStorage,
  type User,
  UserManager,
  WebStorageStateStore,
} from 'oidc-client-ts';
import type { Config } from '../config.ts';
import { toSignOutUrl } from './sign-out-url.ts';

/** Who is here. */
export type SessionState =
  | { readonly kind: 'signedIn'; readonly name: string }
  | { readonly kind: 'signedOut'; readonly reason?: 'expired' }
  | { readonly kind: 'failed'; readonly detail: string };

/** The one place that knows tokens. They are in memory only: a reload signs in anew on the issuer's own session. */
export interface Session {
  readonly state: SessionState;
  /** Calls back after each change of `state`; gives the function that ends it. */
  subscribe(listener: () => void): () => void;
  /** The access token for the next call; undefined where nobody is signed in. */
  token(): string | undefined;
  /** Gets a new token on the refresh token; false where that is over, and somebody has to sign in again. */
  refresh(): Promise<boolean>;
  /** Leaves for the issuer's page, to come back to `path` (default: where we are). */
  signIn(path?: string): Promise<void>;
  /** Leaves for the issuer, which asks nothing if its own session lives; else the sign-in page says what happened. */
  resume(): Promise<void>;
  signOut(): Promise<void>;
}

/** In localStorage: somebody signed in here before, so that it is worth asking the issuer without a click. No secret. */
const HINT = 'signed-in-here';

interface ReturnState {
  readonly path: string;
  readonly isResuming: boolean;
}

/**
 * Finds out who is here: takes the issuer's answer where the address holds one (and puts the former address back),
 * else asks the issuer silently where somebody signed in before. The promise never ends when the page is being left.
 */
export async function startSession(config: Config): Promise<Session> {
  const manager = createManager(config);
  const session = createSession(manager, config);
  const parameters = new URLSearchParams(location.search);
  if (parameters.has('state') && (parameters.has('code') || parameters.has('error'))) {
    await session.takeAnswer();
  } else if (localStorage.getItem(HINT) !== null) {
    await session.resume();
    await new Promise(() => undefined);
  }
  return session;
}

function createManager({ issuer, clientId, audience }: Config): UserManager {
  const origin = `${location.origin}/`;
  return new UserManager({
    authority: issuer,
    client_id: clientId,
    redirect_uri: origin,
    post_logout_redirect_uri: origin,
    scope: 'openid email',
    // Cognito's tokens are for its client; other issuers are told which API the token is for.
    ...(audience !== clientId && { resource: audience, extraQueryParams: { audience } }),
    userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
    // the verifier of PKCE has to outlive the redirect; it is taken away with the answer
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
    automaticSilentRenew: true,
    loadUserInfo: false,
    monitorSession: false,
  });
}

function createSession(manager: UserManager, config: Config): Session & { takeAnswer(): Promise<void> } {
  let state: SessionState = { kind: 'signedOut' };
  let user: User | null = null;
  const listeners = new Set<() => void>();
  const set = (next: SessionState): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  const enter = (found: User): void => {
    user = found;
    localStorage.setItem(HINT, '1');
    set({ kind: 'signedIn', name: toDisplayName(found) });
  };
  manager.events.addUserLoaded((renewed) => {
    user = renewed;
  });
  const leave = (path: string, isResuming: boolean): Promise<void> => {
    const back: ReturnState = { path, isResuming };
    return manager.signinRedirect({ state: back, ...(isResuming && { prompt: 'none' }) });
  };

  return {
    get state() {
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    token: () => user?.access_token,
    async refresh() {
      try {
        const renewed = await manager.signinSilent();
        user = renewed;
        return renewed !== null;
      } catch (error) {
        // the refresh token is over, or the issuer can't be reached: either way there is no token now
        console.info('the session was not renewed:', toReason(error));
        return false;
      }
    },
    signIn: (path = here()) => leave(path, false),
    resume: () => leave(here(), true),
    async signOut() {
      localStorage.removeItem(HINT);
      const idToken = user?.id_token;
      user = null;
      await manager.removeUser();
      location.assign(
        toSignOutUrl(await manager.metadataService.getMetadata(), config, location.origin, idToken),
      );
    },
    async takeAnswer() {
      try {
        const found = await manager.signinRedirectCallback();
        history.replaceState(null, '', toOwnPath((found.state as ReturnState | undefined)?.path));
        enter(found);
      } catch (error) {
        const back = (error instanceof ErrorResponse ? error.state : undefined) as ReturnState | undefined;
        history.replaceState(null, '', toOwnPath(back?.path));
        localStorage.removeItem(HINT);
        // `login_required` and its kin are the answers to prompt=none (OpenID Connect Core, section 3.1.2.6)
        if (back?.isResuming) set({ kind: 'signedOut', reason: 'expired' });
        else set({ kind: 'failed', detail: toReason(error) });
      }
    },
  };
}

const here = (): string => location.pathname + location.search + location.hash;

/** A path of this site; anything else would let a forged state lead people away. */
function toOwnPath(path: unknown): string {
  if (typeof path !== 'string') return '/';
  const url = new URL(path, location.origin);
  return url.origin === location.origin ? url.pathname + url.search + url.hash : '/';
}

function toDisplayName({ profile }: User): string {
  return profile.email ?? profile.name ?? profile.preferred_username ?? 'Signed in';
}

function toReason(error: unknown): string {
  if (error instanceof ErrorResponse)
    return error.error_description ?? error.error ?? 'The sign-in was refused.';
  return error instanceof Error ? error.message : String(error);
}
