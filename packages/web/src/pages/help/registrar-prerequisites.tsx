import { useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Registrar } from '../../api/types.gen.ts';
import { useRegistrars } from '../../data/integrations.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { ExternalLink } from '../../ui/external-link.tsx';
import { RegistrarMark } from '../../ui/registrar-mark.tsx';
import { Loading, RegionError, Skeleton } from '../../ui/states.tsx';
import { FixedAddress } from '../connect/fixed-address.tsx';

/** How to come by the credentials of every registrar, from their definitions (R5). */
export function RegistrarPrerequisites() {
  const { data, error, isPending, refetch } = useRegistrars();
  const hash = useLocation({ select: (location) => location.hash });
  useEffect(() => {
    if (data?.some(({ id }) => id === hash)) document.getElementById(hash)?.scrollIntoView();
  }, [data, hash]);
  if (isPending) {
    return (
      <Loading what="registrars">
        <Skeleton className="mt-6 h-80 max-w-[70ch] rounded-card" />
      </Loading>
    );
  }
  if (!data) return <RegionError error={error} onRetry={() => void refetch()} />;
  return (
    <div className="mt-6 flex max-w-[70ch] flex-col gap-6">
      {data.map((registrar) => (
        <OneRegistrar key={registrar.id} registrar={registrar} />
      ))}
    </div>
  );
}

function OneRegistrar({ registrar }: { readonly registrar: Registrar }) {
  const { id, name, tagline, prerequisites, credentialFields, links, capabilities } = registrar;
  return (
    <section
      aria-labelledby={id}
      className="flex flex-col gap-4 rounded-card border border-line bg-card p-5 break-words shadow-card"
    >
      <header className="flex items-center gap-3">
        <RegistrarMark name={name} />
        <div>
          <h2 id={id} className="text-lg font-semibold">
            {name}
          </h2>
          <p className="text-sm text-quiet">{tagline}</p>
        </div>
      </header>
      <ol className="list-decimal space-y-2 pl-5 marker:font-semibold marker:text-accent-ink">
        {prerequisites.map((step) => (
          <li key={step} className="pl-1">
            {step}
          </li>
        ))}
      </ol>
      <FixedAddress registrar={registrar} />
      <Part title="What the form asks for">
        <dl className="mt-1 space-y-2">
          {credentialFields.map(({ name: field, label, hint }) => (
            <div key={field}>
              <dt className="font-medium">{label}</dt>
              <dd className="text-sm text-quiet">{hint}</dd>
            </div>
          ))}
        </dl>
      </Part>
      {capabilities.notes.length > 0 && (
        <Part title="Good to know">
          <ul className="mt-1 list-disc space-y-1 pl-5 text-sm text-quiet">
            {capabilities.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Part>
      )}
      {links.length > 0 && (
        <ul className="space-y-1">
          {links.map(({ label, url }) => (
            <li key={url}>
              <ExternalLink href={url}>{label}</ExternalLink>
            </li>
          ))}
        </ul>
      )}
      <ButtonLink to="/integrations/new/$registrar" params={{ registrar: id }} className="self-start">
        Connect {name}
      </ButtonLink>
    </section>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <h3 className="font-semibold">{title}</h3>
      {children}
    </div>
  );
}
