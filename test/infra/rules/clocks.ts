import { findResource, type Properties, resourcesOf } from '../support/template.ts';
import type { TemplateRule } from './rule.ts';

/** What happens to a tick, or an event, that can't be delivered at once. */
export const CLOCK_RULES: readonly TemplateRule[] = [
  {
    title: 'every schedule is on time, and tries again or leaves a dead letter',
    find: (template) =>
      resourcesOf(template, 'AWS::Scheduler::Schedule')
        .filter(
          ([
            ,
            {
              Properties: { FlexibleTimeWindow, Target },
            },
          ]) => {
            const isCared =
              Target.RetryPolicy?.MaximumRetryAttempts > 0 || Target.DeadLetterConfig !== undefined;
            return FlexibleTimeWindow.Mode !== 'OFF' || !isCared;
          },
        )
        .map(([id]) => id),
    controls: {
      'a tick that is lost': (template) => {
        delete findResource(template, 'AWS::Scheduler::Schedule', 'Sweep').Properties.Target.RetryPolicy;
      },
    },
  },
  {
    title: 'every rule of the event bus leaves a dead letter where its target is away',
    find: (template) =>
      resourcesOf(template, 'AWS::Events::Rule')
        .filter(
          ([
            ,
            {
              Properties: { Targets },
            },
          ]) => !Targets.every((each: Properties) => each.DeadLetterConfig),
        )
        .map(([id]) => id),
    controls: {
      'an event that is lost': (template) => {
        delete findResource(template, 'AWS::Events::Rule', 'ExecutionEnded').Properties.Targets[0]
          .DeadLetterConfig;
      },
    },
  },
];
