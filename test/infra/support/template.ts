import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeApp } from '#infra/compose.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
/** Properties as a test reads and breaks them. */
// biome-ignore lint/suspicious/noExplicitAny: a template has no types, and a test that expects too much of it fails
export type Properties = any;

export interface Resource {
  readonly Type: string;
  Properties: Properties;
  DeletionPolicy?: string;
  DependsOn?: string | string[];
  Metadata?: Properties;
}

export interface Template {
  readonly Resources: Record<string, Resource>;
  readonly Parameters?: Record<string, { readonly Type: string; Default?: string }>;
  readonly Outputs?: Record<string, Properties>;
}

/** The ways to deploy that the rules are held against. */
export const VARIANTS = {
  dev: {},
  prod: { stage: 'prod', alarmEmail: 'operator@example.com', supportUrl: 'https://help.example.com/' },
  fckNat: { stage: 'prod', namecheapEgress: 'fckNat' },
  natGateway: { namecheapEgress: 'natGateway' },
  own: {
    oidcIssuer: 'https://login.example.com/tenant',
    oidcClientId: 'fake-client',
    domainName: 'domains.example.com',
    certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-4000-8000-000000000000',
    enableWaf: true,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, unknown>>>>;
export type Variant = keyof typeof VARIANTS;

const made = new Map<Variant, string>();

/** The template of a variant, a fresh copy each time; the functions' code is a stand-in. */
export function toTemplate(variant: Variant): Template {
  let text = made.get(variant);
  if (text === undefined) {
    text = synthesize(VARIANTS[variant]);
    made.set(variant, text);
  }
  return JSON.parse(text) as Template;
}

/** The app of a context with stand-in code, not yet synthesized. `remove` clears what it leaves on disk. */
export function composeWithStandIns(context: Readonly<Record<string, unknown>>, region = 'us-east-1') {
  const root = mkdtempSync(join(tmpdir(), 'infra-'));
  const code = join(root, 'code');
  mkdirSync(code);
  writeFileSync(join(code, 'handler.mjs'), 'export const handler = async () => null;\n');
  const outdir = join(root, 'out');
  // The folders of assets stay where they are: only the template is looked at.
  const unstaged = { ...context, 'aws:cdk:disable-asset-staging': true };
  const composed = composeApp({ toBundleDir: () => code, siteDir: code, context: unstaged, outdir, region });
  return { ...composed, outdir, remove: () => rmSync(root, { recursive: true, force: true }) };
}

function synthesize(context: Readonly<Record<string, unknown>>): string {
  // The CDK's own checks start an engine; `npm run synth` runs them.
  process.env.CDK_VALIDATION = 'false';
  const { app, stack, outdir, remove } = composeWithStandIns(context);
  try {
    app.synth();
    return readFileSync(join(outdir, `${stack.stackName}.template.json`), 'utf8');
  } finally {
    remove();
  }
}

/** The resources of a type, by logical id. */
export function resourcesOf(template: Template, type: string): readonly (readonly [string, Resource])[] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}

/** The first resource of a type whose logical id holds a text: for tests that look at, or break, one. */
export function findResource(template: Template, type: string, part = ''): Resource {
  const found = resourcesOf(template, type).find(([id]) => id.includes(part));
  if (!found) throw new Error(`the template has no ${type} ${part}`);
  return found[1];
}

/** A value as one readable text: references in angle brackets, joined texts joined. */
export function toText(value: Json | undefined): string {
  if (value === undefined) return '';
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return value.map(toText).join(',');
  const [name, argument] = Object.entries(value)[0] ?? ['', ''];
  if (name === 'Ref') return `<${argument}>`;
  if (name === 'Fn::GetAtt') return `<${(argument as readonly string[]).join('.')}>`;
  if (name === 'Fn::Join') {
    const [separator, parts] = argument as readonly [string, readonly Json[]];
    return parts.map(toText).join(separator);
  }
  return JSON.stringify(value);
}

/** Name of a function within its stage, or its logical id where it isn't one of ours. */
export function toFunctionName(logicalId: string, { Properties: { FunctionName: name } }: Resource): string {
  return typeof name === 'string' ? name.replace(/^domain-collective-(dev|prod)-/, '') : logicalId;
}

/** The functions of the product, by name within the stage. */
export function functionsOf(
  template: Template,
): ReadonlyMap<string, Properties & { readonly logicalId: string }> {
  const ours = resourcesOf(template, 'AWS::Lambda::Function').filter(
    ([, { Properties: properties }]) => typeof properties.FunctionName === 'string',
  );
  return new Map(
    ours.map(([logicalId, resource]) => [
      toFunctionName(logicalId, resource),
      Object.assign(resource.Properties, { logicalId }),
    ]),
  );
}
