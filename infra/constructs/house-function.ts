import { Duration } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  type RecursiveLoop,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ENV } from '#core/env.ts';
import type { BundleName } from '../bundle.ts';
import type { Stage } from '../stage.ts';
import type { Network } from './egress.ts';
import { createLogGroup } from './log-group.ts';
import { allow } from './statement.ts';

/** What all functions of a stack share. */
export interface House {
  readonly stage: Stage;
  /** Folder of a function's code. */
  readonly toBundleDir: (name: BundleName) => string;
}

export interface HouseFunctionProps {
  readonly house: House;
  /** Which bundle it runs, and its name within the stage. */
  readonly bundle: BundleName;
  readonly description: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  /** @default the stage's memory of an API function */
  readonly memoryMb?: number;
  /** Everything that it may do; nothing is granted besides its own log and its traces. */
  readonly statements: readonly PolicyStatement[];
  /** Executions set apart for it, which are also its most. @default none, and no limit of its own */
  readonly reserved?: number | undefined;
  /** For events (not requests, not messages): how often one that failed is tried again, and how old it may get. */
  readonly events?: { readonly retries: 0 | 1 | 2; readonly maxAgeSeconds: number };
  readonly recursiveLoop?: RecursiveLoop;
  readonly network?: Network | undefined;
}

/** A function with the house's defaults: Node 24 on arm64, a role of its own with hand-written statements, a log that ends. */
export class HouseFunction extends Construct {
  readonly fn: LambdaFunction;
  readonly role: Role;
  readonly log: LogGroup;
  /** Its name within the stage. */
  readonly name: string;
  readonly timeoutSeconds: number;

  constructor(scope: Construct, id: string, props: HouseFunctionProps) {
    super(scope, id);
    const { house, bundle: name, timeoutSeconds, reserved, events, network } = props;
    const { stage } = house;
    this.name = name;
    this.timeoutSeconds = timeoutSeconds;
    this.log = createLogGroup(this, 'Log', stage, `/domain-collective/${stage.name}/${name}`);
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.fn = new LambdaFunction(this, 'Function', {
      functionName: `domain-collective-${stage.name}-${name}`,
      description: props.description,
      role: this.role,
      logGroup: this.log,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'handler.handler',
      code: Code.fromAsset(house.toBundleDir(name), { exclude: ['*.map'] }),
      timeout: Duration.seconds(timeoutSeconds),
      memorySize: props.memoryMb ?? stage.memoryMb.api,
      tracing: Tracing.ACTIVE,
      environment: {
        ...props.environment,
        POWERTOOLS_SERVICE_NAME: name,
        [ENV.stage]: stage.name,
      },
      ...(reserved !== undefined && { reservedConcurrentExecutions: reserved }),
      ...(props.recursiveLoop && { recursiveLoop: props.recursiveLoop }),
      ...(events && { retryAttempts: events.retries, maxEventAge: Duration.seconds(events.maxAgeSeconds) }),
      ...network?.placement,
    });
    this.role.addToPolicy(allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [this.log.logGroupArn]));
    for (const statement of [...props.statements, ...(network?.statements ?? [])]) {
      this.role.addToPolicy(statement);
    }
  }
}
