import { ApiError } from '../../api/problem.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Notice, RegionError } from '../../ui/states.tsx';
import { toIdEnd } from '../integrations/names.ts';

/** Why the form was not taken, where no field of it is to blame. */
export function FormProblem({
  failure,
  isBlocked,
  onAddAnyway,
}: {
  readonly failure: unknown;
  readonly isBlocked: boolean;
  readonly onAddAnyway: () => void;
}) {
  if (failure === undefined) return null;
  const { code, integrationId } = failure instanceof ApiError ? failure.answer : {};
  if (code !== 'ALREADY_CONNECTED' || integrationId === undefined) return <RegionError error={failure} />;
  return (
    <div role="alert">
      <Notice
        tone="warn"
        actions={
          <>
            <ButtonLink small to="/integrations" search={{ added: integrationId }}>
              View
            </ButtonLink>
            <Button small blocked={isBlocked} onClick={onAddAnyway}>
              Add anyway
            </Button>
          </>
        }
      >
        This account is already connected as …{toIdEnd(integrationId)}.
      </Notice>
    </div>
  );
}
