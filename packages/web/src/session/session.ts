import { AuthorizationResponseError, ResponseBodyError } from 'oauth4webapi';
import type { Config } from '../config.ts';
import { createIssuer, type Issuer, type Tokens } from './issuer.ts';
import { createRequest, keepRequest, takeRequest } from './sign-in-request.ts';
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
/** A token is renewed after this much of its time, so that calls don't fail first. */
const RENEWED_AFTER = 0.9;

/**
 * Finds out who is here: takes the issuer's answer where the address holds one (and puts the former address back),
 * else asks the issuer silently where somebody signed in before. The promise never ends when the page is being left.
 */
export async function startSession(config: Config): Promise<Session> {
  const session = createSession(createIssuer(config, `${location.origin}/`), config);
  const parameters = new URLSearchParams(location.search);
  if (parameters.has('state') && (parameters.has('code') || parameters.has('error'))) {
    await session.takeAnswer(parameters);
  } else if (localStorage.getItem(HINT) !== null) {
    await session.resume();
    await new Promise(() => undefined);
  }
  return session;
}

function createSession(
  issuer: Issuer,
  config: Config,
): Session & { takeAnswer(answer: URLSearchParams): Promise<void> } {
  let state: SessionState = { kind: 'signedOut' };
  let tokens: Tokens | undefined;
  let renewal: Promise<boolean> | undefined;
  let isSigningOut = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();
  const set = (next: SessionState): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  const hold = (next: Tokens | undefined): void => {
    tokens = next;
    clearTimeout(timer);
    if (next?.seconds && next.refresh !== undefined) {
      timer = setTimeout(() => void refresh(), next.seconds * 1000 * RENEWED_AFTER);
    }
  };
  const renew = async (former: Tokens): Promise<boolean> => {
    try {
      const next = await issuer.renew(former);
      // somebody may have signed out meanwhile
      if (tokens === former) hold(next);
      return tokens !== undefined;
    } catch (error) {
      // the refresh token is over, or the issuer can't be reached: either way there is no token now
      console.info('the session was not renewed:', toReason(error));
      return false;
    }
  };
  /** Calls that fail together wait for one renewal: a refresh token works once. */
  const refresh = async (): Promise<boolean> => {
    if (tokens === undefined) return false;
    renewal ??= renew(tokens).finally(() => {
      renewal = undefined;
    });
    return renewal;
  };
  const leave = async (path: string, isResuming: boolean): Promise<void> => {
    const request = createRequest(path, isResuming);
    const { href } = await issuer.toAddress(request);
    keepRequest(request);
    // who resumes comes back to the page that they are on: no step of its own
    if (isResuming) location.replace(href);
    else location.assign(href);
  };

  return {
    get state() {
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    token: () => tokens?.access,
    refresh,
    signIn: (path = here()) => leave(path, false),
    // calls that fail because somebody signs out must not stop that
    resume: () => (isSigningOut ? Promise.resolve() : leave(here(), true)),
    async signOut() {
      isSigningOut = true;
      localStorage.removeItem(HINT);
      const idToken = tokens?.id;
      hold(undefined);
      location.assign(toSignOutUrl(await issuer.describe(), config, location.origin, idToken));
    },
    async takeAnswer(answer) {
      const request = takeRequest(answer.get('state'));
      history.replaceState(null, '', location.origin + (request?.path ?? '/'));
      try {
        if (!request) throw new Error('It was not begun in this tab.');
        const found = await issuer.redeem(answer, request);
        hold(found);
        localStorage.setItem(HINT, '1');
        set({ kind: 'signedIn', name: toDisplayName(found) });
      } catch (error) {
        localStorage.removeItem(HINT);
        // `login_required` and its kin are the answers to prompt=none (OpenID Connect Core, section 3.1.2.6)
        if (request?.isResuming && isRefusal(error)) set({ kind: 'signedOut', reason: 'expired' });
        else set({ kind: 'failed', detail: toReason(error) });
      }
    },
  };
}

const here = (): string => location.pathname + location.search + location.hash;

function toDisplayName({ claims }: Tokens): string {
  const names = [claims.email, claims.name, claims.preferred_username];
  return names.find((name) => typeof name === 'string') ?? 'Signed in';
}

/** Whether the issuer said no, in contrast to: it wasn't reached, or its answer is not right. */
function isRefusal(error: unknown): error is AuthorizationResponseError | ResponseBodyError {
  return error instanceof AuthorizationResponseError || error instanceof ResponseBodyError;
}

function toReason(error: unknown): string {
  if (isRefusal(error)) return error.error_description ?? error.error;
  return error instanceof Error ? error.message : String(error);
}
