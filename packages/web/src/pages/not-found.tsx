import { ButtonLink } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { EmptyState } from '../ui/states.tsx';

/** For an address that names no page. */
export function NotFound() {
  return (
    <Page title="Page not found">
      <EmptyState
        title="There is nothing at this address"
        actions={<ButtonLink to="/">Back to Dashboard</ButtonLink>}
      >
        <p>The page may have moved, or the link is not complete.</p>
      </EmptyState>
    </Page>
  );
}
