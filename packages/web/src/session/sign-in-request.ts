import { generateRandomCodeVerifier, generateRandomNonce, generateRandomState } from 'oauth4webapi';

/** A sign-in that was begun in this tab, and what its answer is checked with. */
export interface SignInRequest {
  readonly state: string;
  /** Of PKCE (RFC 7636): shows that whoever brings the code also asked for it. */
  readonly verifier: string;
  /** Has to come back within the id token. */
  readonly nonce: string;
  /** Where to be afterwards. */
  readonly path: string;
  /** Asked without a click, on the issuer's own session. */
  readonly isResuming: boolean;
}

const KEY = 'sign-in';

/** A request that nobody can foretell. `path` begins with a slash and is of this site. */
export function createRequest(path: string, isResuming: boolean): SignInRequest {
  return {
    state: generateRandomState(),
    verifier: generateRandomCodeVerifier(),
    nonce: generateRandomNonce(),
    path,
    isResuming,
  };
}

/** Keeps the request while the page is away: it has to outlive the redirect, and of a tab only the last one counts. */
export function keepRequest(request: SignInRequest): void {
  sessionStorage.setItem(KEY, JSON.stringify(request));
}

/** Takes the request with this `state` away, so that no answer to it counts twice; undefined where this tab made none. */
export function takeRequest(state: string | null): SignInRequest | undefined {
  const text = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (text === null) return undefined;
  const request = JSON.parse(text) as SignInRequest;
  return request.state === state ? request : undefined;
}
