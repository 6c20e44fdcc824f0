import { z } from 'zod';
import { FinishInput, ListOutcome, RegistrarMessage, StartMessage, WorkflowInput } from '#core/payloads.ts';

const SOURCES = {
  'registrar-message': [RegistrarMessage, 'A message on a registrar’s queue'],
  'start-message': [StartMessage, 'A message on the start queue'],
  'workflow-input': [WorkflowInput, 'Input of an execution of SyncIntegration'],
  'list-outcome': [ListOutcome, 'What the listing step answers to the workflow'],
  'finish-input': [FinishInput, 'What finish-sync is invoked with by the workflow'],
} as const;

/** The JSON Schemas (draft 2020-12) of what travels through queues and states, by file name. */
export function toEventSchemas(): Readonly<Record<string, string>> {
  const entries = Object.entries(SOURCES).map(([name, [schema, title]]) => {
    const json = { title, ...z.toJSONSchema(schema) };
    return [`${name}.schema.json`, `${JSON.stringify(json, null, 2)}\n`];
  });
  return Object.fromEntries(entries);
}
