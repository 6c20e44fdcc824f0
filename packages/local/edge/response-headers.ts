import type { Json, JsonObject } from '../json.ts';
import { isJsonObject } from '../json.ts';
import type { RunningResource } from '../resources.ts';

type Headers = Readonly<Record<string, string | readonly string[]>>;

/** Puts a response headers policy over an answer's headers (lower-case names). */
export type HeaderPolicy = (headers: Headers) => Headers;

const knownParts = ['Name', 'Comment', 'SecurityHeadersConfig', 'CustomHeadersConfig', 'RemoveHeadersConfig'];

/**
 * Reads a response headers policy of the template, so that the local server sends the very headers that CloudFront
 * would. A header whose `Override` is false gives way to the origin's.
 * @throws Error for a part of the policy that isn't known (CORS, server timing).
 */
export function toHeaderPolicy(resource: RunningResource): HeaderPolicy {
  const config = resource.properties.ResponseHeadersPolicyConfig as JsonObject;
  for (const part of Object.keys(config))
    if (!knownParts.includes(part)) throw new Error(`${resource.logicalId}: ${part} is not known locally`);
  const set = [
    ...toSecurityHeaders(resource.logicalId, asObject(config.SecurityHeadersConfig)),
    ...toCustom(config),
  ];
  const removed = asItems(config.RemoveHeadersConfig).map((item) => String(item.Header).toLowerCase());

  return (headers) => {
    const result: Record<string, string | readonly string[]> = { ...headers };
    for (const name of removed) delete result[name];
    for (const { name, value, overrides } of set) if (overrides || !(name in result)) result[name] = value;
    return result;
  };
}

interface SetHeader {
  readonly name: string;
  readonly value: string;
  readonly overrides: boolean;
}

function toSecurityHeaders(logicalId: string, config: JsonObject): SetHeader[] {
  return Object.entries(config).map(([part, value]) => {
    const settings = asObject(value);
    const make = (name: string, text: string) => ({
      name,
      value: text,
      overrides: settings.Override === true,
    });
    switch (part) {
      case 'ContentSecurityPolicy':
        return make('content-security-policy', String(settings.ContentSecurityPolicy));
      case 'ContentTypeOptions':
        return make('x-content-type-options', 'nosniff');
      case 'FrameOptions':
        return make('x-frame-options', String(settings.FrameOption));
      case 'ReferrerPolicy':
        return make('referrer-policy', String(settings.ReferrerPolicy));
      case 'StrictTransportSecurity': {
        const age = `max-age=${settings.AccessControlMaxAgeSec}`;
        const wide = settings.IncludeSubdomains === true ? '; includeSubDomains' : '';
        return make('strict-transport-security', age + wide + (settings.Preload === true ? '; preload' : ''));
      }
      case 'XSSProtection': {
        const mode = settings.ModeBlock === true ? '; mode=block' : '';
        return make('x-xss-protection', settings.Protection === true ? `1${mode}` : '0');
      }
      default:
        throw new Error(`${logicalId}: security header ${part} is not known locally`);
    }
  });
}

function toCustom(config: JsonObject): SetHeader[] {
  return asItems(config.CustomHeadersConfig).map((item) => ({
    name: String(item.Header).toLowerCase(),
    value: String(item.Value),
    overrides: item.Override === true,
  }));
}

function asItems(value: Json | undefined): JsonObject[] {
  const { Items: items } = asObject(value);
  return Array.isArray(items) ? (items as JsonObject[]) : [];
}

function asObject(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
