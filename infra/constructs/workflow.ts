import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Policy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';
import type { Stage } from '../stage.ts';
import { toWorkflowDefinition } from '../workflow-definition.ts';
import type { HouseFunction } from './house-function.ts';
import { createLogGroup } from './log-group.ts';
import { sendTo, startExecutions } from './permissions.ts';
import type { Queues } from './queues.ts';
import { allow } from './statement.ts';

export interface SyncWorkflowProps {
  readonly stage: Stage;
  readonly queues: Queues;
  readonly finishSync: HouseFunction;
  readonly lanes: Readonly<Record<RegistrarId, number>>;
}

/** The state machine SyncIntegration, its log without data, and EventBridge's word to finish-sync when it dies early. */
export class SyncWorkflow extends Construct {
  readonly stateMachine: StateMachine;
  readonly name: string;

  constructor(scope: Construct, id: string, { stage, queues, finishSync, lanes }: SyncWorkflowProps) {
    super(scope, id);
    this.name = `domain-collective-${stage.name}-sync-integration`;
    const registrarQueues = REGISTRAR_IDS.map((registrar) => queues.registrars[registrar]);
    const definition = toWorkflowDefinition({
      queueUrls: Object.fromEntries(
        REGISTRAR_IDS.map((registrar) => [registrar, queues.registrars[registrar].queueUrl]),
      ) as Record<RegistrarId, string>,
      lanes,
      finishSyncArn: finishSync.fn.functionArn,
    });
    const role = this.createRole();
    role.addToPolicy(sendTo(...registrarQueues));
    role.addToPolicy(allow(['lambda:InvokeFunction'], [finishSync.fn.functionArn]));
    this.stateMachine = new StateMachine(this, 'SyncIntegration', {
      stateMachineName: this.name,
      definitionBody: DefinitionBody.fromString(Stack.of(this).toJsonString(definition)),
      role,
      tracingEnabled: true,
      // Every event is logged, none with its data: tokens and ids stay out of the log.
      logs: {
        destination: createLogGroup(
          this,
          'Log',
          stage,
          `/aws/vendedlogs/states/domain-collective-${stage.name}`,
        ),
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
    });
    // A policy apart from finish-sync's role: within it, the role would need the machine that needs the function.
    new Policy(this, 'ContinueRuns', {
      roles: [finishSync.role],
      statements: [startExecutions(this.stateMachine.stateMachineArn)],
    });
    new Rule(this, 'ExecutionEnded', {
      description: 'Ends the run of an execution that ended without coming to FinishSync',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: [this.stateMachine.stateMachineArn],
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
        },
      },
      targets: [
        new LambdaFunction(finishSync.fn, {
          retryAttempts: 2,
          event: RuleTargetInput.fromEventPath('$'),
          deadLetterQueue: queues.deadLetters,
        }),
      ],
    });
  }

  /** Only this state machine may take the role: its name is fixed, so that the trust needn't wait for it. */
  private createRole(): Role {
    const stack = Stack.of(this);
    const stateMachineArn = stack.formatArn({
      service: 'states',
      resource: 'stateMachine',
      resourceName: this.name,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    return new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnEquals: { 'aws:SourceArn': stateMachineArn },
        },
      }),
    });
  }
}
