import { useNavigate, useParams } from '@tanstack/react-router';
import type { Integration, Registrar } from '../../api/types.gen.ts';
import { useReplaceCredentials } from '../../data/integration-actions.ts';
import { useIntegrations, useRegistrars } from '../../data/integrations.ts';
import { formatDay } from '../../model/dates.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, RegionError } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { CredentialForm } from './credential-form.tsx';
import { FormLayout, LoadingForm } from './form-layout.tsx';
import type { Submission } from './use-submission.ts';

/** Takes new credentials for an account that is connected. */
export function UpdateCredentials() {
  const wanted = useParams({ strict: false }).id;
  const integrations = useIntegrations();
  const registrars = useRegistrars();
  const integration = integrations.data?.find(({ id }) => id === wanted);
  const registrar = registrars.data?.find(({ id }) => id === integration?.registrar);
  const failed = [integrations, registrars].find(({ data, error }) => !data && error);
  const isUnknown = integrations.data !== undefined && integration === undefined;
  const retry = (): void => {
    void integrations.refetch();
    void registrars.refetch();
  };
  return (
    <Page
      title="Update Credentials"
      under={
        integration &&
        registrar &&
        [registrar.name, integration.label, integration.maskedId].filter(Boolean).join(' · ')
      }
    >
      {isUnknown && <UnknownIntegration />}
      {!isUnknown && failed && <RegionError error={failed.error} onRetry={retry} />}
      {!isUnknown && !failed && !(integration && registrar) && <LoadingForm />}
      {integration && registrar && (
        <FormLayout registrar={registrar}>
          <UpdateForm key={integration.id} integration={integration} registrar={registrar} />
        </FormLayout>
      )}
    </Page>
  );
}

function UpdateForm({
  integration: { id, environment, credentials },
  registrar,
}: {
  readonly integration: Integration;
  readonly registrar: Registrar;
}) {
  const replaceCredentials = useReplaceCredentials();
  const navigate = useNavigate();
  const send = ({ values }: Submission) => replaceCredentials({ id, credentials: values });
  const finish = (): void => {
    toast('Credentials updated. Syncing…');
    void navigate({ to: '/integrations' });
  };
  return (
    <CredentialForm
      registrar={registrar}
      draftKey={`credentials:${id}`}
      environment={environment}
      submitLabel="Save and sync"
      send={send}
      onDone={finish}
    >
      <div>
        <p className="font-medium">
          Saved <time dateTime={credentials.updatedAt}>{formatDay(credentials.updatedAt)}</time>
          {credentials.expiresAt !== null && (
            <>
              {' · '}Expires <time dateTime={credentials.expiresAt}>{formatDay(credentials.expiresAt)}</time>
            </>
          )}
        </p>
        <p className="text-quiet">The old credentials stay until the new ones were accepted.</p>
      </div>
    </CredentialForm>
  );
}

function UnknownIntegration() {
  return (
    <EmptyState
      title="There is no such integration"
      actions={<ButtonLink to="/integrations">Back to Integrations</ButtonLink>}
    >
      <p>It may have been deleted, or the link is not complete.</p>
    </EmptyState>
  );
}
