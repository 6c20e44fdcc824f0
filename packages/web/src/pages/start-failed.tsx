import { PRODUCT } from '../ui/page.tsx';

/** When not even the configuration could be read: there is no app around this. */
export function StartFailed({ error }: { readonly error: unknown }) {
  return (
    <main className="m-auto max-w-prose p-8" role="alert">
      <h1 className="text-xl font-semibold">{PRODUCT} could not start</h1>
      <p className="mt-2 text-quiet">
        {error instanceof Error ? error.message : String(error)}. Check your connection, then{' '}
        <a href="/" className="link">
          load the page again
        </a>
        .
      </p>
    </main>
  );
}
