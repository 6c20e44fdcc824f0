import { useId } from 'react';
import type { RegistrarEnvironment } from '../../api/types.gen.ts';

const HINTS: Readonly<Record<RegistrarEnvironment['id'], string>> = {
  production: 'Your real domains',
  sandbox: "The registrar's test environment, with an account and keys of its own",
  simulator: 'Demo accounts, nothing real',
};

/** Where the account is. Nothing is asked where there is one place only. */
export function EnvironmentChoice({
  environments,
  value,
  problem,
  isLocked,
  onChange,
}: {
  readonly environments: readonly RegistrarEnvironment[];
  readonly value: RegistrarEnvironment['id'];
  readonly problem: string | undefined;
  readonly isLocked: boolean;
  readonly onChange: (id: RegistrarEnvironment['id']) => void;
}) {
  const id = useId();
  if (environments.length < 2) return null;
  return (
    <fieldset aria-describedby={problem === undefined ? undefined : `${id}-problem`}>
      <legend className="mb-1 font-medium">Environment</legend>
      <div className="grid gap-2 sm:grid-cols-[repeat(auto-fit,minmax(11rem,1fr))]">
        {environments.map((environment) => (
          <label
            key={environment.id}
            className="flex cursor-pointer items-start gap-2.5 rounded-control border border-line-strong bg-card px-3 py-2.5 hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name={`${id}-environment`}
              value={environment.id}
              checked={environment.id === value}
              data-invalid={(problem !== undefined && environment.id === value) || undefined}
              aria-describedby={`${id}-${environment.id}`}
              className="mt-1 size-4 shrink-0"
              onChange={() => !isLocked && onChange(environment.id)}
            />
            <span>
              <span className="font-medium">{environment.label}</span>
              <span aria-hidden id={`${id}-${environment.id}`} className="block text-sm text-quiet">
                {HINTS[environment.id]}
              </span>
            </span>
          </label>
        ))}
      </div>
      {problem !== undefined && (
        <p id={`${id}-problem`} className="mt-1 text-sm font-medium text-bad">
          {problem}
        </p>
      )}
    </fieldset>
  );
}
