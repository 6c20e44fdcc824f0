import type { MachineRecord, openWorkflowStore } from '#local/workflow/store.ts';
import type { ExecutionRecord, HistoryEvent, Thread } from '#local/workflow/thread.ts';

type WorkflowStore = ReturnType<typeof openWorkflowStore>;

interface Execution {
  record: string;
  readonly threads: Map<string, string>;
  readonly events: HistoryEvent[];
}

/** Executions in memory, as texts so that nobody shares an object with the store: for thousands of short lives. */
export function createMemoryWorkflowStore(): WorkflowStore {
  const machines = new Map<string, MachineRecord>();
  const definitions = new Map<string, string>();
  const executions = new Map<string, Execution>();
  const tokens = new Map<string, { readonly arn: string; readonly threadId: string }>();
  const read = (text: string) => JSON.parse(text) as ExecutionRecord;
  const all = () => [...executions.values()].map(({ record }) => read(record));

  return {
    saveMachine(machine, definitionJson) {
      machines.set(machine.arn, machine);
      definitions.set(machine.definitionHash, definitionJson);
    },
    loadMachines: () => [...machines.values()],
    loadDefinition: (hash) => definitions.get(hash),
    commit({ record, changed, removed, events, tokens: made }) {
      const { arn } = record;
      const known: Execution = executions.get(arn) ?? { record: '', threads: new Map(), events: [] };
      known.record = JSON.stringify(record);
      for (const id of removed) known.threads.delete(id);
      for (const thread of changed) known.threads.set(thread.id, JSON.stringify(thread));
      known.events.push(...events);
      executions.set(arn, known);
      for (const { token, threadId } of made) tokens.set(token, { arn, threadId });
    },
    loadExecution(arn) {
      const found = executions.get(arn);
      return found && read(found.record);
    },
    loadThreads: (arn) =>
      [...(executions.get(arn)?.threads.values() ?? [])].map((text) => JSON.parse(text) as Thread),
    listRunning: () => all().flatMap(({ arn, status }) => (status === 'RUNNING' ? [arn] : [])),
    listExecutions(machineArn, status, limit, offset) {
      const found = all().filter(
        (each) => each.machineArn === machineArn && (!status || each.status === status),
      );
      return found.sort((one, other) => other.startedAt - one.startedAt).slice(offset, offset + limit);
    },
    loadEvents(arn, limit, offset, isReverse) {
      const events = executions.get(arn)?.events ?? [];
      return (isReverse ? events.toReversed() : events).slice(offset, offset + limit);
    },
    findToken: (token) => tokens.get(token),
    forgetClosedBefore: () => undefined,
    close: () => undefined,
  };
}
