import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { ENV } from '#core/env.ts';
import { REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';
import { Alarms } from './constructs/alarms.ts';
import { Dashboard } from './constructs/dashboard.ts';
import { Edge } from './constructs/edge.ts';
import { Egress } from './constructs/egress.ts';
import { connectQueue } from './constructs/event-source.ts';
import { Firewall } from './constructs/firewall.ts';
import { type House, HouseFunction } from './constructs/house-function.ts';
import { Api } from './constructs/http-api.ts';
import { KeyWatch } from './constructs/key-watch.ts';
import { Keys } from './constructs/keys.ts';
import { Monitoring } from './constructs/monitoring.ts';
import {
  answerTokens,
  handleExecutions,
  makeMac,
  openCredentials,
  sendTo,
  startExecutions,
  usePortfolio,
  useSealKey,
  writeCredentials,
} from './constructs/permissions.ts';
import { Queues } from './constructs/queues.ts';
import { Schedules } from './constructs/schedules.ts';
import { SignIn } from './constructs/sign-in.ts';
import { Site } from './constructs/site.ts';
import { Tables } from './constructs/tables.ts';
import {
  API_TIMEOUT_SECONDS,
  FINISH_TIMEOUT_SECONDS,
  START_TIMEOUT_SECONDS,
  SWEEP_TIMEOUT_SECONDS,
  WORKER_TIMEOUT_SECONDS,
} from './constructs/timeouts.ts';
import { SyncWorkflow } from './constructs/workflow.ts';
import type { Settings } from './settings.ts';

export interface DomainCollectiveProps extends StackProps {
  readonly settings: Settings;
  readonly toBundleDir: House['toBundleDir'];
  /** Folder of the built web app. */
  readonly siteDir: string;
}

/** Ranges of one run that are worked on at once: one where a key is counted, four where our address is. */
export const LANES: Readonly<Record<RegistrarId, number>> = {
  godaddy: 1,
  namecheap: 1,
  gandi: 4,
  porkbun: 1,
  namecom: 1,
};

/** The whole picture: read this first. Data and keys, the functions and their rights, the workflow, the edge, the clocks. */
export class DomainCollectiveStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { settings, toBundleDir, siteDir, ...props }: DomainCollectiveProps,
  ) {
    super(scope, id, {
      description: 'Domain Collective: all your domains, from every registrar, in one place',
      ...props,
    });
    const { stage } = settings;
    const house: House = { stage, toBundleDir };

    // Data and keys
    const keys = new Keys(this, 'Keys', stage);
    const tables = new Tables(this, 'Tables', stage);
    const queues = new Queues(this, 'Queues');
    const portfolio = { [ENV.portfolioTable]: tables.portfolio.tableName };
    const credentials = { [ENV.credentialsTable]: tables.credentials.tableName };

    // The workflow, and the function that ends its runs
    const finishSync = new HouseFunction(this, 'FinishSync', {
      house,
      bundle: 'finish-sync',
      description: 'Ends a run: completeness, departures, figures, status',
      environment: portfolio,
      timeoutSeconds: FINISH_TIMEOUT_SECONDS,
      events: { retries: 2, maxAgeSeconds: 3_600 },
      statements: usePortfolio(tables, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'),
    });
    const workflow = new SyncWorkflow(this, 'Workflow', { stage, queues, finishSync, lanes: LANES });
    const { stateMachineArn } = workflow.stateMachine;
    const stateMachine = { [ENV.stateMachine]: stateMachineArn };

    // One worker for each registrar
    const egress = new Egress(this, 'Egress', {
      settings,
      functionName: `domain-collective-${stage.name}-${toWorkerName('namecheap')}`,
    });
    const workers = REGISTRAR_IDS.map((registrar) => {
      const queue = queues.registrars[registrar];
      const isFixed = registrar === 'namecheap';
      const worker = new HouseFunction(this, `Worker-${registrar}`, {
        house,
        bundle: toWorkerName(registrar),
        description: `One step of a sync at ${registrar}; the only kind of function that opens credentials`,
        environment: {
          ...portfolio,
          ...credentials,
          [ENV.registrarQueue]: queue.queueUrl,
          [ENV.sealKey]: keys.seal.keyArn,
          [ENV.egressAddresses]: isFixed ? egress.addresses : '',
        },
        timeoutSeconds: WORKER_TIMEOUT_SECONDS,
        memoryMb: stage.memoryMb.worker,
        network: isFixed ? egress.network : undefined,
        // It parks messages on the queue that it reads; Lambda would stop that after 16 rounds as a loop gone wild.
        recursiveLoop: RecursiveLoop.ALLOW,
        statements: [
          ...usePortfolio(
            tables,
            'GetItem',
            'Query',
            'PutItem',
            'UpdateItem',
            'DeleteItem',
            'BatchWriteItem',
          ),
          openCredentials(tables),
          useSealKey('kms:Decrypt', keys.seal, registrar),
          sendTo(queue),
          answerTokens(stateMachineArn, 'Success', 'Failure', 'Heartbeat'),
        ],
      });
      connectQueue(worker, queue, stage.maximumConcurrency[registrar]);
      return worker;
    });

    // What starts runs, and what looks after them
    const startSync = new HouseFunction(this, 'StartSync', {
      house,
      bundle: 'start-sync',
      description: 'Starts a scheduled sync',
      environment: { ...portfolio, ...stateMachine },
      timeoutSeconds: START_TIMEOUT_SECONDS,
      statements: [
        ...usePortfolio(tables, 'GetItem', 'PutItem', 'UpdateItem'),
        startExecutions(stateMachineArn),
        handleExecutions(this, workflow.name, 'Stop'),
      ],
    });
    connectQueue(startSync, queues.start, 10);
    const deadLetter = new HouseFunction(this, 'DeadLetter', {
      house,
      bundle: 'dead-letter',
      description: 'Answers the workflow for messages that no worker could handle',
      environment: {},
      timeoutSeconds: START_TIMEOUT_SECONDS,
      statements: [answerTokens(stateMachineArn, 'Failure')],
    });
    connectQueue(deadLetter, queues.deadLetters, 2);
    const dispatch = new HouseFunction(this, 'DispatchDueSyncs', {
      house,
      bundle: 'dispatch-due-syncs',
      description: 'Hourly: sends a start message for every integration that is due',
      environment: { ...portfolio, [ENV.startQueue]: queues.start.queueUrl },
      timeoutSeconds: SWEEP_TIMEOUT_SECONDS,
      events: { retries: 2, maxAgeSeconds: 1_800 },
      statements: [...usePortfolio(tables, 'Query ops'), sendTo(queues.start)],
    });
    const sweep = new HouseFunction(this, 'Sweep', {
      house,
      bundle: 'sweep',
      description:
        'Every five minutes: ends or revives runs that nobody looks after, clears what deletions left',
      environment: { ...portfolio, ...credentials, ...stateMachine },
      timeoutSeconds: SWEEP_TIMEOUT_SECONDS,
      // The next tick does the work of one that failed.
      events: { retries: 0, maxAgeSeconds: 300 },
      statements: [
        ...usePortfolio(
          tables,
          'GetItem',
          'Query',
          'Query ops',
          'PutItem',
          'UpdateItem',
          'DeleteItem',
          'BatchWriteItem',
        ),
        writeCredentials(tables, 'PutItem'),
        startExecutions(stateMachineArn),
        handleExecutions(this, workflow.name, 'Describe'),
      ],
    });
    new Schedules(this, 'Schedules', { stage, dispatch, sweep });

    // The edge: one origin for browsers, sign-in, and the API behind it
    const api = new Api(this, 'Api', { stage });
    const signIn = new SignIn(this, 'SignIn', { settings });
    const firewall = settings.hasFirewall ? new Firewall(this, 'Firewall', stage) : undefined;
    const edge = new Edge(this, 'Edge', {
      settings,
      apiHost: api.host,
      connectOrigins: signIn.origins,
      webAclArn: firewall?.webAclArn,
    });
    const issuer = signIn.connect(settings, [edge.url]);
    const http = {
      ...portfolio,
      ...stateMachine,
      [ENV.macKey]: keys.mac.keyArn,
      [ENV.clientId]: issuer.clientId,
      [ENV.egressAddresses]: egress.addresses,
    };
    const runs = [startExecutions(stateMachineArn), handleExecutions(this, workflow.name, 'Stop')];
    const plain = new HouseFunction(this, 'ApiFunction', {
      house,
      bundle: 'api',
      description: 'Every route of the API that needs no credential',
      environment: http,
      timeoutSeconds: API_TIMEOUT_SECONDS,
      reserved: stage.reserved?.api,
      statements: [
        ...usePortfolio(tables, 'GetItem', 'Query', 'Query byExpiry', 'PutItem', 'UpdateItem', 'DeleteItem'),
        makeMac(keys.mac),
        ...runs,
      ],
    });
    const intake = new HouseFunction(this, 'CredentialsFunction', {
      house,
      bundle: 'credentials',
      description: 'Takes credentials in and away: can seal them, not open them',
      environment: { ...http, ...credentials, [ENV.sealKey]: keys.seal.keyArn },
      timeoutSeconds: API_TIMEOUT_SECONDS,
      reserved: stage.reserved?.credentials,
      statements: [
        ...usePortfolio(tables, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'),
        writeCredentials(tables, 'PutItem', 'UpdateItem'),
        useSealKey('kms:Encrypt', keys.seal),
        makeMac(keys.mac),
        ...runs,
      ],
    });
    api.serve({ api: plain, intake }, issuer);
    new Site(this, 'SiteFiles', { edge, issuer, settings, folder: siteDir });

    // What operators see
    const alarms = new Alarms(this, 'Alarms', settings);
    const functions = [plain, intake, startSync, dispatch, ...workers, finishSync, sweep, deadLetter];
    const watched = {
      functions,
      workers,
      stateMachine: workflow.stateMachine,
      queues: { ...queues.registrars, start: queues.start },
      apiId: api.id,
    };
    new Monitoring(this, 'Monitoring', {
      ...watched,
      alarms,
      long: [...workers, finishSync, sweep, dispatch],
      sweep,
      dispatch,
      deadLetters: queues.deadLetters,
      nat: egress.instance,
    });
    // Keys that go with their stack are deleted without harm, and that would be told too.
    if (stage.isKept) {
      new KeyWatch(this, 'KeyWatch', {
        keys: [keys.seal, keys.mac],
        topic: alarms.topic,
        deadLetters: queues.deadLetters,
      });
    }
    new Dashboard(this, 'Dashboard', {
      ...watched,
      stage,
      tables: [tables.portfolio.tableName, tables.credentials.tableName],
    });

    new CfnOutput(this, 'Url', { value: edge.url });
    new CfnOutput(this, 'Issuer', { value: issuer.issuer });
    new CfnOutput(this, 'ClientId', { value: issuer.clientId });
    new CfnOutput(this, 'AlarmTopic', { value: alarms.topic.topicArn });
    if (egress.addresses !== '') new CfnOutput(this, 'NamecheapAddress', { value: egress.addresses });
  }
}

function toWorkerName<R extends RegistrarId>(registrar: R): `registrar-worker-${R}` {
  return `registrar-worker-${registrar}`;
}
