import { join } from 'node:path';
import type { Assembly } from './assembly.ts';
import { type Cleanup, createCleanup } from './cleanup.ts';
import { createEventBus, type FindTarget, toRuleTargets } from './events/bus.ts';
import type { Json, JsonObject } from './json.ts';
import { createAsyncInvoke } from './lambda/async-invoke.ts';
import { createFunctions, type Functions } from './lambda/functions.ts';
import type { Logs, PlatformLog } from './logs.ts';
import { startEventSource } from './queues/event-source.ts';
import { toEventSourceSettings } from './queues/event-source-settings.ts';
import type { Ledger } from './resources.ts';
import { createScheduler, type Scheduler } from './scheduler/scheduler.ts';
import { provision, type Services, toEndpoints, toErrorLog } from './services.ts';
import { createTargets } from './targets.ts';
import { createSystemClock } from './workflow/clock.ts';
import { createWorkflowServer } from './workflow/server.ts';
import { createWorkflowService } from './workflow/service.ts';
import { openWorkflowStore } from './workflow/store.ts';
import type { WorkflowTasks } from './workflow/tasks.ts';

export interface PlatformOptions {
  readonly assembly: Assembly;
  readonly ledger: Ledger;
  readonly services: Services;
  readonly dataDir: string;
  readonly logs: Logs;
  /** Variables that every function gets besides its template's own. */
  readonly variables: Readonly<Record<string, string>>;
}

/** A template at work: its functions can be called; queues and clocks drive them once `start` was called. */
export interface Platform {
  readonly functions: Functions;
  /** Goes on with what a former run left, and lets queues, rules and schedules call functions. */
  start(): void;
  /** Stops the drivers, gives deliveries a moment to end, then ends everything. */
  close(): Promise<void>;
}

/** How long deliveries under way may take to end when the local run stops; what is cut off comes again at the next start. */
const graceMs = 1_000;

/**
 * Wires the resources of a ledger: functions, state machines, event sources, rules and schedules.
 * @throws Error for every combination that AWS would refuse or that no stand-in knows.
 */
export async function createPlatform(options: PlatformOptions): Promise<Platform> {
  const cleanup = createCleanup();
  try {
    return await wire(options, cleanup);
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function wire(options: PlatformOptions, cleanup: Cleanup): Promise<Platform> {
  const { ledger, services, logs } = options;
  const log = logs.platform;
  const clock = createSystemClock();
  await provision(services, ledger);

  // functions need the workflow's address, and the workflow needs functions: it looks here when it runs
  const reach: { tasks?: WorkflowTasks; emit?: (event: JsonObject) => void; end?: () => Promise<void> } = {};
  const tasks = () => {
    if (!reach.tasks) throw new Error('a workflow ran before its functions were there');
    return reach.tasks;
  };
  // the workflow ends before the functions: a function that is cut off must not count as one that failed
  cleanup.later(() => reach.end?.());
  const workflow = createWorkflowService({
    clock,
    store: openWorkflowStore(join(options.dataDir, 'workflow')),
    tasks: {
      sendMessage: (message) => tasks().sendMessage(message),
      invokeLambda: (request) => tasks().invokeLambda(request),
    },
    emit: (event) => reach.emit?.(event as unknown as JsonObject),
    log: toErrorLog(log),
  });
  cleanup.later(workflow.close);
  const workflowServer = await createWorkflowServer(workflow, toErrorLog(log)).listen();
  cleanup.later(workflowServer.close);
  const endpoints = toEndpoints(services, workflowServer.url);
  const functions = createFunctions(options.assembly, ledger, endpoints, options.variables, logs);
  const invokeAsync = createAsyncInvoke(ledger, clock, log);
  const targets = createTargets(ledger, functions, invokeAsync, services.queues.endpoint, log);
  reach.tasks = targets.tasks;
  reach.end = () => functions.close().then(targets.close);
  reach.emit = createEventBus(ledger, targets.find, log);

  for (const machine of ledger.ofType('AWS::StepFunctions::StateMachine')) {
    if (machine.properties.StateMachineType === 'EXPRESS')
      throw new Error(`${machine.logicalId}: express workflows are not known locally`);
    workflow.registerStateMachine(machine.ids.ref, toDefinition(machine.properties));
  }
  // Found here rather than at the first call: a bundle that doesn't load. And the first calls are answered warm.
  await Promise.all(functions.all.map((one) => one.warm()));
  const sources = planEventSources(ledger, functions);
  const { scheduler, addSchedules } = planSchedules(ledger, targets.find, log);

  return {
    functions,
    start() {
      workflow.resume();
      const running = sources.map(({ settings, target }) =>
        startEventSource(settings, target, endpoints.SQS, log),
      );
      cleanup.later(() => Promise.all(running.map((source) => source.close(graceMs))));
      addSchedules();
      cleanup.later(scheduler.close);
    },
    close: cleanup.run,
  };
}

function toDefinition(properties: JsonObject): string {
  const substitutions = (properties.DefinitionSubstitutions ?? {}) as Record<string, Json>;
  return String(properties.DefinitionString).replaceAll(/\$\{([A-Za-z0-9_]+)\}/g, (whole, name: string) =>
    name in substitutions ? String(substitutions[name]) : whole,
  );
}

function planEventSources(ledger: Ledger, functions: Functions) {
  return ledger
    .ofType('AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => properties.Enabled !== false)
    .map((mapping) => {
      const target = functions.find(String(mapping.properties.FunctionName), mapping.logicalId);
      return {
        target,
        settings: toEventSourceSettings(mapping, ledger.ofType('AWS::SQS::Queue'), target.settings),
      };
    });
}

/** Checks the targets of all schedules now; the schedules begin when they are added. */
function planSchedules(ledger: Ledger, findTarget: FindTarget, log: PlatformLog) {
  const clock = createSystemClock();
  const senders = new Map<string, (event: Json) => Promise<unknown>>();
  const scheduler = createScheduler({
    clock,
    invoke: async (target, input) => void (await senders.get(target.arn)?.(JSON.parse(input) as Json)),
    log: toErrorLog(log),
  });
  const plans: Parameters<Scheduler['addSchedule']>[0][] = [];

  for (const { logicalId, ids, properties } of ledger.ofType('AWS::Scheduler::Schedule')) {
    const target = properties.Target as JsonObject;
    senders.set(logicalId, findTarget(String(target.Arn), 'scheduler.amazonaws.com', logicalId));
    plans.push({
      name: ids.ref,
      expression: String(properties.ScheduleExpression),
      timezone: String(properties.ScheduleExpressionTimezone ?? 'UTC'),
      state: String(properties.State ?? 'ENABLED'),
      flexibleTimeWindow: String((properties.FlexibleTimeWindow as JsonObject | undefined)?.Mode ?? 'OFF'),
      target: { arn: logicalId, ...(typeof target.Input === 'string' ? { input: target.Input } : {}) },
    });
  }
  for (const { logicalId, ids, properties } of ledger.ofType('AWS::Events::Rule')) {
    if (properties.ScheduleExpression === undefined) continue;
    const sends = toRuleTargets(properties, logicalId, findTarget);
    senders.set(logicalId, (event) => Promise.all(sends.map((send) => send(event))));
    plans.push({
      name: ids.ref,
      expression: String(properties.ScheduleExpression),
      state: String(properties.State ?? 'ENABLED'),
      target: { arn: logicalId },
      service: 'events',
    });
  }
  return {
    scheduler,
    addSchedules(): void {
      for (const plan of plans) scheduler.addSchedule(plan);
    },
  };
}
