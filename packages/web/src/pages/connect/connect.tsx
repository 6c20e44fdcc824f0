import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import type { Integration, Registrar } from '../../api/types.gen.ts';
import { useAddIntegration } from '../../data/integration-actions.ts';
import { useRegistrars } from '../../data/integrations.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, RegionError } from '../../ui/states.tsx';
import { CredentialForm } from './credential-form.tsx';
import { FormLayout, LoadingForm } from './form-layout.tsx';
import type { Submission } from './use-submission.ts';

/** Connects an account at one registrar. */
export function Connect() {
  const wanted = useParams({ strict: false }).registrar;
  const { data, error, isPending, refetch } = useRegistrars();
  const registrar = data?.find(({ id }) => id === wanted);
  return (
    <Page title={toTitle(registrar, data !== undefined)} under={<BackLink />}>
      {isPending && <LoadingForm />}
      {!data && error && <RegionError error={error} onRetry={() => void refetch()} />}
      {data && !registrar && <UnknownRegistrar />}
      {registrar && (
        <FormLayout registrar={registrar}>
          <ConnectForm key={registrar.id} registrar={registrar} />
        </FormLayout>
      )}
    </Page>
  );
}

function toTitle(registrar: Registrar | undefined, isLoaded: boolean): string {
  if (registrar) return `Connect ${registrar.name}`;
  return isLoaded ? 'Registrar not found' : 'Connect';
}

function ConnectForm({ registrar }: { readonly registrar: Registrar }) {
  const addIntegration = useAddIntegration();
  const navigate = useNavigate();
  const send = ({ idempotencyKey, values, label, environment, allowDuplicate }: Submission) =>
    addIntegration({
      idempotencyKey,
      body: {
        registrar: registrar.id,
        environment,
        credentials: values,
        ...(label !== '' && { label }),
        ...(allowDuplicate && { allowDuplicate }),
      },
    });
  const finish = ({ id }: Integration): void => {
    void navigate({ to: '/integrations', search: { added: id } });
  };
  return (
    <CredentialForm
      registrar={registrar}
      draftKey={`connect:${registrar.id}`}
      submitLabel="Add Integration"
      send={send}
      onDone={finish}
    />
  );
}

function BackLink() {
  return (
    <nav aria-label="Breadcrumb">
      <Link to="/integrations/new" className="link inline-flex items-center gap-1">
        <ChevronLeft aria-hidden className="size-4" />
        All registrars
      </Link>
    </nav>
  );
}

function UnknownRegistrar() {
  return (
    <EmptyState
      title="There is no such registrar"
      actions={<ButtonLink to="/integrations/new">Choose your registrar</ButtonLink>}
    >
      <p>The address names a registrar that can't be connected here.</p>
    </EmptyState>
  );
}
