import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, JsonObject } from './json.ts';
import { isJsonObject } from './json.ts';
import type { RunningResource } from './resources.ts';
import type { Template } from './template.ts';

/** A synthesized stack on disk: its template, and the folders of the assets that it names. */
export interface Assembly {
  readonly stackName: string;
  readonly template: Template;
  /** The folder that an S3 key of the template (`<hash>.zip`) was made from. @throws Error when it isn't there. */
  findAsset(objectKey: string): string;
}

/**
 * Reads a cloud assembly (what `cdk synth` writes) that holds one stack.
 * @throws Error when the folder holds none, or more than one: the local run wires one stack.
 */
export function readAssembly(folder: string): Assembly {
  const manifest = readJson(join(folder, 'manifest.json'));
  const artifacts = Object.entries((manifest.artifacts ?? {}) as Record<string, JsonObject>);
  const stacks = artifacts.filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack');
  const [stack, another] = stacks;
  if (!stack) throw new Error(`${folder} holds no stack: synthesize it first`);
  if (another)
    throw new Error(`${folder} holds more than one stack (${stack[0]}, ${another[0]}); one is known locally`);
  const [id, artifact] = stack;
  const properties = artifact.properties as JsonObject;
  const template = readJson(join(folder, String(properties.templateFile))) as unknown as Template;
  const assets = readAssets(folder, id);
  return {
    stackName: typeof properties.stackName === 'string' ? properties.stackName : id,
    template,
    findAsset(objectKey) {
      const path = assets.get(objectKey);
      if (path === undefined) throw new Error(`no asset of the assembly has the key ${objectKey}`);
      if (!existsSync(path)) throw new Error(`the asset folder ${path} is missing: synthesize again`);
      return path;
    },
  };
}

/** The asset folder of a function's code. @throws Error where the code isn't an asset. */
export function findCodeFolder(assembly: Assembly, resource: RunningResource): string {
  const code = resource.properties.Code as JsonObject | undefined;
  if (typeof code?.S3Key !== 'string')
    throw new Error(`${resource.logicalId}: its code is no asset (inline code is not known locally)`);
  return assembly.findAsset(code.S3Key);
}

/** The folders of the web site: what the template's deployments put into the bucket, in their order. */
export function findSiteFolders(assembly: Assembly): string[] {
  return Object.values(assembly.template.Resources)
    .filter(({ Type }) => Type.startsWith('Custom::CDKBucketDeployment'))
    .flatMap(({ Properties }) => (Properties?.SourceObjectKeys ?? []) as readonly Json[])
    .map((key) => assembly.findAsset(String(key)));
}

function readAssets(folder: string, stackId: string): ReadonlyMap<string, string> {
  const files = (readJson(join(folder, `${stackId}.assets.json`)).files ?? {}) as Record<string, JsonObject>;
  const paths = new Map<string, string>();
  for (const [id, file] of Object.entries(files)) {
    const source = file.source as JsonObject;
    if (typeof source?.path !== 'string') continue;
    paths.set(id, join(folder, source.path));
    for (const destination of Object.values((file.destinations ?? {}) as JsonObject))
      if (isJsonObject(destination) && typeof destination.objectKey === 'string')
        paths.set(destination.objectKey, join(folder, source.path));
  }
  return paths;
}

function readJson(path: string): JsonObject {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Error(`can't read ${path}: synthesize first`, { cause });
  }
  return JSON.parse(text) as JsonObject;
}
