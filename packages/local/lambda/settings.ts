import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Assembly, findCodeFolder } from '../assembly.ts';
import type { JsonObject } from '../json.ts';
import type { RunningResource } from '../resources.ts';

/** A function as its template and its bundle describe it. */
export interface FunctionSettings {
  readonly name: string;
  readonly arn: string;
  /** The file that is loaded, and the name that it exports the handler under. */
  readonly modulePath: string;
  readonly exportName: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** Most invocations at a time; undefined where the template reserves none. */
  readonly reservedConcurrency: number | undefined;
}

/**
 * Reads a function of the ledger.
 * @throws Error when it is no Node.js function, or its bundle lacks the file that the handler names.
 */
export function toFunctionSettings(assembly: Assembly, resource: RunningResource): FunctionSettings {
  const { properties, ids, logicalId } = resource;
  const runtime = String(properties.Runtime);
  if (!runtime.startsWith('nodejs')) throw new Error(`${logicalId}: runtime ${runtime} is not known locally`);
  const [file = '', exportName = ''] = splitHandler(String(properties.Handler));
  const folder = findCodeFolder(assembly, resource);
  const modulePath = ['.mjs', '.js', '.cjs']
    .map((end) => join(folder, file + end))
    .find((path) => existsSync(path));
  if (!modulePath)
    throw new Error(`${logicalId}: ${folder} has no ${file}.mjs for handler ${properties.Handler}`);
  const environment = (properties.Environment as JsonObject | undefined)?.Variables as JsonObject | undefined;
  const reserved = properties.ReservedConcurrentExecutions;
  return {
    name: ids.ref,
    arn: ids.attributes.Arn ?? ids.ref,
    modulePath,
    exportName,
    environment: Object.fromEntries(
      Object.entries(environment ?? {}).map(([name, value]) => [name, String(value)]),
    ),
    timeoutMs: Number(properties.Timeout ?? 3) * 1000,
    memoryMb: Number(properties.MemorySize ?? 128),
    reservedConcurrency: reserved === undefined ? undefined : Number(reserved),
  };
}

function splitHandler(handler: string): [string, string] {
  const dot = handler.lastIndexOf('.');
  return [handler.slice(0, dot), handler.slice(dot + 1)];
}
