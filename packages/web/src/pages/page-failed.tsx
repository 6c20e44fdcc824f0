import type { ErrorComponentProps } from '@tanstack/react-router';
import { Page } from '../ui/page.tsx';
import { RegionError } from '../ui/states.tsx';

/** When a page itself broke, or its code could not be loaded. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  return (
    <Page title="Something went wrong">
      <RegionError error={error} onRetry={reset} />
    </Page>
  );
}
