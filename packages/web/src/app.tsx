import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { type AppContext, AppProvider } from './app-context.ts';
import { SignIn } from './pages/sign-in.tsx';
import type { createAppRouter } from './router.tsx';
import { LiveRegion } from './ui/live-region.tsx';
import { Toasts } from './ui/toast.tsx';

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
        {state.kind === 'signedIn' ? <RouterProvider router={router} /> : <SignIn state={state} />}
        <LiveRegion />
        <Toasts />
      </QueryClientProvider>
    </AppProvider>
  );
}
