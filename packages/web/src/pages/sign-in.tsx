import { useEffect, useState } from 'react';
import { useApp } from '../app-context.ts';
import type { SessionState } from '../session/session.ts';
import { LocalRibbon } from '../shell/banners.tsx';
import { Brand } from '../shell/sidebar.tsx';
import { Button } from '../ui/button.tsx';
import { PRODUCT } from '../ui/page.tsx';
import { Notice } from '../ui/states.tsx';

/** For whoever is not signed in: what this is, and the way in. */
export function SignIn({ state }: { readonly state: Exclude<SessionState, { kind: 'signedIn' }> }) {
  const { session } = useApp();
  const [isLeaving, setLeaving] = useState(false);
  const [problem, setProblem] = useState(state.kind === 'failed' ? state.detail : undefined);
  useEffect(() => {
    document.title = `Sign in – ${PRODUCT}`;
  }, []);
  const leave = async (): Promise<void> => {
    setLeaving(true);
    try {
      await session.signIn();
    } catch (error) {
      // the issuer can't be reached: its description could not be read
      setProblem(error instanceof Error ? error.message : String(error));
      setLeaving(false);
    }
  };
  return (
    <div className="flex min-h-dvh flex-col">
      <LocalRibbon />
      <main className="m-auto w-[min(26rem,100%)] p-6">
        <div className="rounded-card border border-line bg-card p-8 shadow-card">
          <Brand />
          <h1 className="mt-8 text-2xl font-semibold tracking-tight text-balance">
            All your domains, from every registrar, in one place.
          </h1>
          <p className="mt-3 text-quiet">
            When they expire, whether they renew, where their DNS lives and what it says. Nothing is ever
            changed at a registrar.
          </p>
          {state.kind === 'signedOut' && state.reason === 'expired' && problem === undefined && (
            <div className="mt-6">
              <Notice tone="calm">You were signed out after inactivity.</Notice>
            </div>
          )}
          {problem !== undefined && (
            <div className="mt-6" role="alert">
              <Notice tone="bad">Sign-in did not complete. {problem}</Notice>
            </div>
          )}
          <Button look="primary" className="mt-8 w-full" busy={isLeaving} onClick={() => void leave()}>
            {isLeaving ? 'Taking you to sign in…' : problem === undefined ? 'Sign in' : 'Try again'}
          </Button>
        </div>
      </main>
    </div>
  );
}
