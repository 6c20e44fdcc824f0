import { Check } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Integration } from '../../api/types.gen.ts';
import { formatDuration } from '../../model/dates.ts';
import {
  type Stage,
  toEstimate,
  toFraction,
  toSizeHint,
  toStages,
  toStepLabel,
} from '../../model/sync-texts.ts';
import { cx } from '../../ui/class-names.ts';
import { announce } from '../../ui/live-region.tsx';
import { FIRST_STEP, useElapsed } from './progress.ts';

const BAR =
  'h-2 w-full appearance-none overflow-hidden rounded-full border-0 bg-sunken indeterminate:animate-pulse motion-reduce:animate-none forced-colors:appearance-auto [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent [&::-moz-progress-bar]:bg-accent indeterminate:[&::-webkit-progress-bar]:bg-accent-soft indeterminate:[&::-moz-progress-bar]:bg-accent-soft';

/** How far a sync is, and how long it may take. Only a new step is announced. */
export function CardProgress({
  integration,
  name,
}: {
  readonly integration: Integration;
  readonly name: string;
}) {
  const { currentRun, counts } = integration;
  const run = currentRun ?? FIRST_STEP;
  const { seconds, isStalled } = useElapsed(integration);
  useMilestones(currentRun && toStepLabel(currentRun.step), name);
  const fraction = toFraction(run);
  const domains = run.progress.domainsTotal ?? counts.total;
  const secondsLeft = run.progress.estimatedSecondsLeft;
  const times = [
    seconds > 0 && `${formatDuration(seconds)} so far`,
    secondsLeft !== undefined && secondsLeft > 0
      ? toEstimate(secondsLeft)
      : domains > 0 && toSizeHint(domains),
  ].filter((text) => text !== false);
  return (
    <div className="flex flex-col gap-2 text-sm">
      <ol aria-label="Steps of the sync" className="flex flex-wrap items-center gap-x-1.5 gap-y-0.5">
        {toStages(run).map((stage, index, { length }) => (
          <Step key={stage.label} stage={stage} isLast={index === length - 1} />
        ))}
      </ol>
      <progress
        aria-label={`Progress of the sync of ${name}`}
        className={BAR}
        max={1}
        {...(fraction !== null && { value: fraction })}
      />
      {times.length > 0 && <p className="text-quiet tabular-nums">{times.join(' · ')}</p>}
      {isStalled && <p className="font-medium text-warn">This is taking longer than usual</p>}
      <p className="text-quiet">You can leave this page; the sync continues.</p>
    </div>
  );
}

/** Says each step when it begins; not the one that is under way when the page opens. */
function useMilestones(step: string | undefined, name: string): void {
  const former = useRef(step);
  useEffect(() => {
    if (step !== undefined && step !== former.current) announce(`${name}: ${step}`);
    former.current = step;
  }, [step, name]);
}

function Step({ stage, isLast }: { readonly stage: Stage; readonly isLast: boolean }) {
  const { text, state } = stage;
  return (
    <li
      aria-current={state === 'current' ? 'step' : undefined}
      className={cx(
        'inline-flex items-center gap-1 tabular-nums',
        state === 'current' ? 'font-semibold text-accent-ink' : 'text-quiet',
      )}
    >
      {state === 'done' && <Check aria-hidden className="size-3.5 shrink-0 text-good" />}
      <span>
        {text}
        {state === 'done' && <span className="sr-only">, done</span>}
      </span>
      {!isLast && <span aria-hidden>→</span>}
    </li>
  );
}
