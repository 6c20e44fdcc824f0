import type { Json, JsonObject } from './json.ts';
import { isJsonObject } from './json.ts';

/** The parts of a CloudFormation template that a local run reads. */
export interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Type: string; readonly Default?: Json }>>;
  readonly Mappings?: Readonly<Record<string, JsonObject>>;
  readonly Conditions?: Readonly<Record<string, Json>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: JsonObject;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties?: JsonObject;
  readonly Metadata?: JsonObject;
}

/** What `Ref` and `Fn::GetAtt` give for a resource. */
export interface PhysicalIds {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Gives the local ids of a resource; `property` resolves one of its own properties (a given name, say). */
export type ToPhysicalIds = (
  logicalId: string,
  resource: TemplateResource,
  property: (name: string) => Json | undefined,
) => PhysicalIds;

export interface Resolver {
  /** The value without intrinsic functions; `place` names it in errors. @throws Error naming the logical id. */
  resolve(value: Json, place: string): Json;
  /** Whether the resource's condition holds (true where it has none). */
  exists(logicalId: string): boolean;
  ids(logicalId: string): PhysicalIds;
}

/** Region and account of everything local: they appear in ARNs and queue addresses only. */
export const LOCAL_REGION = 'us-east-1';
export const LOCAL_ACCOUNT = '000000000000';

const noValue = Symbol('AWS::NoValue');
type Loose = Json | typeof noValue;

/**
 * Reads a template's intrinsic functions with local ids. `rewrite` sees every finished string: it puts a local
 * address where AWS has one that only exists there. An intrinsic function, a reference or an attribute that is
 * not known is an error, never an empty string.
 */
export function createResolver(
  template: Template,
  stackName: string,
  toPhysicalIds: ToPhysicalIds,
  rewrite: (text: string) => string = (text) => text,
): Resolver {
  const known = new Map<string, PhysicalIds>();
  const underWay = new Set<string>();
  const pseudo: Readonly<Record<string, Loose>> = {
    'AWS::Region': LOCAL_REGION,
    'AWS::AccountId': LOCAL_ACCOUNT,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:aws:cloudformation:${LOCAL_REGION}:${LOCAL_ACCOUNT}:stack/${stackName}/local`,
    'AWS::NotificationARNs': [],
    'AWS::NoValue': noValue,
  };

  function ids(logicalId: string, place = logicalId): PhysicalIds {
    const found = known.get(logicalId);
    if (found) return found;
    const resource = template.Resources[logicalId];
    if (!resource) throw new Error(`${place}: the template has no resource ${logicalId}`);
    if (underWay.has(logicalId)) throw new Error(`${place}: ${logicalId} refers to itself`);
    underWay.add(logicalId);
    const made = toPhysicalIds(logicalId, resource, (name) => {
      const value = resource.Properties?.[name];
      return value === undefined ? undefined : resolve(value, `${logicalId}.${name}`);
    });
    underWay.delete(logicalId);
    known.set(logicalId, made);
    return made;
  }

  function ref(name: string, place: string): Loose {
    if (name in pseudo) return pseudo[name] as Loose;
    const parameter = template.Parameters?.[name];
    if (!parameter) return ids(name, place).ref;
    if (parameter.Default === undefined) throw new Error(`${place}: parameter ${name} has no default`);
    return parameter.Default;
  }

  function attribute(logicalId: string, name: string, place: string): string {
    const { attributes } = ids(logicalId, place);
    const value = attributes[name];
    if (value !== undefined) return value;
    const type = template.Resources[logicalId]?.Type;
    throw new Error(`${place}: attribute ${name} of ${logicalId} (${type}) is not known locally`);
  }

  function condition(value: Json, place: string): boolean {
    if (typeof value === 'string') {
      const named = template.Conditions?.[value];
      if (named === undefined) throw new Error(`${place}: the template has no condition ${value}`);
      return condition(named, `condition ${value}`);
    }
    const [name, argument] = onlyEntry(value, place);
    if (name === 'Condition') return condition(argument, place);
    const list = asArray(argument, `${place} ${name}`);
    if (name === 'Fn::Equals') return same(resolve(list[0] ?? '', place), resolve(list[1] ?? '', place));
    if (name === 'Fn::And') return list.every((item) => condition(item, place));
    if (name === 'Fn::Or') return list.some((item) => condition(item, place));
    if (name === 'Fn::Not') return !condition(list[0] ?? '', place);
    throw new Error(`${place}: condition function ${name} is not known locally`);
  }

  function call(name: string, argument: Json, place: string): Loose {
    const at = `${place} (${name})`;
    switch (name) {
      case 'Ref':
        return ref(asText(argument, at), at);
      case 'Fn::GetAtt': {
        const [logicalId, ...path] =
          typeof argument === 'string'
            ? argument.split('.')
            : asArray(argument, at).map((part) => asText(part, at));
        return attribute(logicalId ?? '', path.join('.'), at);
      }
      case 'Fn::Join': {
        const [separator, parts] = asArray(argument, at);
        const texts = asArray(resolve(parts ?? [], at), at).map((part) => asText(part, at));
        return texts.join(asText(separator ?? '', at));
      }
      case 'Fn::Sub':
        return substitute(argument, at);
      case 'Fn::Select': {
        const [index, list] = asArray(argument, at);
        const chosen = asArray(resolve(list ?? [], at), at)[Number(resolve(index ?? 0, at))];
        if (chosen === undefined) throw new Error(`${at}: no element ${JSON.stringify(index)}`);
        return chosen;
      }
      case 'Fn::Split': {
        const [separator, text] = asArray(argument, at);
        return asText(resolve(text ?? '', at), at).split(asText(separator ?? '', at));
      }
      case 'Fn::If': {
        const [name, yes, no] = asArray(argument, at);
        return loosely((condition(name ?? '', at) ? yes : no) ?? '', at);
      }
      case 'Fn::FindInMap': {
        const [map, top, second] = asArray(argument, at).map((part) => asText(resolve(part, at), at));
        const row = template.Mappings?.[map ?? '']?.[top ?? ''];
        const value = isJsonObject(row) ? row[second ?? ''] : undefined;
        if (value === undefined) throw new Error(`${at}: no mapping ${map}.${top}.${second}`);
        return value;
      }
      case 'Fn::Base64':
        return Buffer.from(asText(resolve(argument, at), at)).toString('base64');
      case 'Fn::ToJsonString':
        return JSON.stringify(resolve(argument, at));
      default:
        throw new Error(`${place}: intrinsic function ${name} is not known locally`);
    }
  }

  function substitute(argument: Json, place: string): string {
    const [text, variables]: readonly Json[] =
      typeof argument === 'string' ? [argument] : asArray(argument, place);
    return asText(text ?? '', place).replaceAll(/\$\{(!?)([^${}]+)\}/g, (_whole, literal, name: string) => {
      if (literal) return `\${${name}}`;
      const own = isJsonObject(variables) ? variables[name] : undefined;
      if (own !== undefined) return asText(resolve(own, place), place);
      const dot = name.indexOf('.');
      const value = dot < 0 ? ref(name, place) : attribute(name.slice(0, dot), name.slice(dot + 1), place);
      return asText(value as Json, place);
    });
  }

  function loosely(value: Json, place: string): Loose {
    if (Array.isArray(value))
      return value.map((item) => loosely(item, place)).filter((item) => item !== noValue);
    if (typeof value === 'string') {
      if (value.includes('{{resolve:'))
        throw new Error(`${place}: dynamic reference ${value} is not known locally`);
      return rewrite(value);
    }
    if (!isJsonObject(value)) return value;
    const names = Object.keys(value);
    const [only] = names;
    if (names.length === 1 && only !== undefined && (only === 'Ref' || only.startsWith('Fn::'))) {
      const result = call(only, value[only] as Json, place);
      return typeof result === 'string' ? rewrite(result) : result;
    }
    const entries = names.map((name) => [name, loosely(value[name] as Json, `${place}.${name}`)] as const);
    return Object.fromEntries(entries.filter(([, item]) => item !== noValue)) as JsonObject;
  }

  function resolve(value: Json, place: string): Json {
    const result = loosely(value, place);
    return result === noValue ? null : (result as Json);
  }

  return {
    resolve,
    ids,
    exists(logicalId) {
      const name = template.Resources[logicalId]?.Condition;
      return name === undefined || condition(name, logicalId);
    },
  };
}

function onlyEntry(value: Json, place: string): [string, Json] {
  const entry = isJsonObject(value) ? Object.entries(value)[0] : undefined;
  if (!entry) throw new Error(`${place}: ${JSON.stringify(value)} is no condition`);
  return entry;
}

function asArray(value: Json, place: string): readonly Json[] {
  if (!Array.isArray(value)) throw new Error(`${place}: a list is needed, found ${JSON.stringify(value)}`);
  return value;
}

function asText(value: Json | undefined, place: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${place}: a text is needed, found ${JSON.stringify(value)}`);
}

function same(left: Json, right: Json): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
