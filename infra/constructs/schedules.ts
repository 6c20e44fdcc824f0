import { Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import type { HouseFunction } from './house-function.ts';
import { allow } from './statement.ts';

/** The two clocks of the product: hourly for syncs that are due, every five minutes for the sweep. */
export class Schedules extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: { stage: Stage; dispatch: HouseFunction; sweep: HouseFunction },
  ) {
    super(scope, id);
    const name = `domain-collective-${props.stage.name}`;
    const group = new CfnScheduleGroup(this, 'Group', { name });
    const stack = Stack.of(this);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnEquals: {
            'aws:SourceArn': stack.formatArn({
              service: 'scheduler',
              resource: 'schedule-group',
              resourceName: name,
            }),
          },
        },
      }),
    });
    const functions = [props.dispatch, props.sweep].map(({ fn }) => fn.functionArn);
    role.addToPolicy(allow(['lambda:InvokeFunction'], functions));
    const tick = (id: string, expression: string, description: string, { fn }: HouseFunction) => {
      const schedule = new CfnSchedule(this, id, {
        groupName: group.ref,
        description,
        flexibleTimeWindow: { mode: 'OFF' },
        scheduleExpression: expression,
        target: {
          arn: fn.functionArn,
          roleArn: role.roleArn,
          input: '{}',
          // A tick that can't be delivered within five minutes is let go: the next one does its work too.
          retryPolicy: { maximumEventAgeInSeconds: 300, maximumRetryAttempts: 2 },
        },
      });
      // Scheduler tries the role when the schedule is made: its policy has to be there.
      schedule.node.addDependency(role);
    };
    tick('DispatchDueSyncs', 'rate(1 hour)', 'Starts the syncs that are due', props.dispatch);
    tick('Sweep', 'rate(5 minutes)', 'Looks after runs that nobody looks after', props.sweep);
  }
}
