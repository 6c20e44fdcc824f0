import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/problem.ts';

/** The cache of what the API said. Kept data is shown at once, and asked for anew when it is looked at again. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 30 * 60_000,
        // a refusal stays one; what broke on the way is tried twice more
        retry: (count, error) => count < 2 && !(error instanceof ApiError && error.answer.status < 500),
        // answers are compared by identity: a 304 gives the very object that is there already
        structuralSharing: false,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
