import type { Session, SessionState } from '../../../packages/web/src/session/session.ts';
import type { Story } from './story.ts';

const STATES: Readonly<Record<NonNullable<Story['session']>, SessionState>> = {
  signedIn: { kind: 'signedIn', name: 'ada@example.test' },
  signedOut: { kind: 'signedOut' },
  expired: { kind: 'signedOut', reason: 'expired' },
  failed: { kind: 'failed', detail: 'The issuer answered: access_denied.' },
};

/** A session without an issuer: leaving for its page never ends. */
export function createFakeSession(who: NonNullable<Story['session']> = 'signedIn'): Session {
  let state = STATES[who];
  const listeners = new Set<() => void>();
  const set = (next: SessionState): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  return {
    get state() {
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    token: () => 'fake-token',
    refresh: async () => false,
    signIn: () => new Promise(() => undefined),
    resume: async () => set(STATES.expired),
    signOut: async () => set(STATES.signedOut),
  };
}
