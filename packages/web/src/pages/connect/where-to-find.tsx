import { useId } from 'react';
import type { Registrar } from '../../api/types.gen.ts';
import { ExternalLink } from '../../ui/external-link.tsx';

/** Beside the form: how to come by the credentials, and what to know of the registrar. */
export function WhereToFind({
  registrar: { prerequisites, links, capabilities },
}: {
  readonly registrar: Registrar;
}) {
  const id = useId();
  return (
    <aside
      aria-labelledby={id}
      className="rounded-card border border-line bg-card p-5 shadow-card lg:sticky lg:top-6"
    >
      <h2 id={id} className="text-lg font-semibold">
        Where do I find these?
      </h2>
      <ol className="mt-3 list-decimal space-y-2 pl-5 break-words marker:font-semibold marker:text-accent-ink">
        {prerequisites.map((step) => (
          <li key={step} className="pl-1">
            {step}
          </li>
        ))}
      </ol>
      {links.length > 0 && (
        <ul className="mt-4 space-y-1">
          {links.map(({ label, url }) => (
            <li key={url}>
              <ExternalLink href={url}>{label}</ExternalLink>
            </li>
          ))}
        </ul>
      )}
      {capabilities.notes.length > 0 && (
        <>
          <h3 className="mt-5 font-semibold">Good to know</h3>
          <ul className="mt-1 list-disc space-y-1 pl-5 text-sm text-quiet">
            {capabilities.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </>
      )}
    </aside>
  );
}
