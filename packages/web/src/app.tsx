import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense, useSyncExternalStore } from 'react';
import { type AppContext, AppProvider } from './app-context.ts';
import type { createAppRouter } from './router.tsx';
import { LiveRegion } from './ui/live-region.tsx';
import { Toasts } from './ui/toast.tsx';

const SignIn = lazy(async () => ({ default: (await import('./pages/sign-in.tsx')).SignIn }));

/** The whole app: the sign-in page, or the pages behind it. */
export function App({
  context,
  router,
  queryClient,
}: {
  readonly context: AppContext;
  readonly router: ReturnType<typeof createAppRouter>;
  readonly queryClient: QueryClient;
}) {
  const { session } = context;
  const state = useSyncExternalStore(session.subscribe, () => session.state);
  return (
    <AppProvider value={context}>
      <QueryClientProvider client={queryClient}>
        {state.kind === 'signedIn' ? (
          <RouterProvider router={router} />
        ) : (
          <Suspense>
            <SignIn state={state} />
          </Suspense>
        )}
        <LiveRegion />
        <Toasts />
      </QueryClientProvider>
    </AppProvider>
  );
}
