import type { Story } from '../story.ts';

/** Before anybody is there. */
export const SIGN_IN_STORIES: readonly Story[] = [
  { id: 'signin', title: 'Sign in', session: 'signedOut', shows: 'Nothing is ever changed at a registrar.' },
  {
    id: 'signin-redirecting',
    title: 'On the way to the issuer',
    session: 'signedOut',
    steps: [{ click: 'Sign in' }],
    shows: 'Taking you to sign in',
  },
  {
    id: 'signin-expired',
    title: 'The session is over',
    session: 'expired',
    shows: 'You were signed out after inactivity.',
  },
  { id: 'signin-failed', title: 'It did not work', session: 'failed', shows: 'Sign-in did not complete.' },
  {
    id: 'signin-local',
    title: 'On one machine',
    session: 'signedOut',
    isLocal: true,
    shows: 'Local development – no real sign-in',
  },
];
