import { z } from '@hono/zod-openapi';
import { toInstant } from '#core/dates.ts';
import { toDomainName } from '#core/names.ts';
import { REGISTRAR_IDS } from '#core/registrar-id.ts';
import { CARD_STATUSES } from '#core/statuses.ts';
import { pageQuery } from './common.ts';

export const DOMAIN_SORTS = ['expiresAt', '-expiresAt', 'name'] as const;

/** What `GET /v1/domains` may be asked; a filter that isn't given lets everything through. */
export const DomainQuery = z.strictObject({
  registrar: list('registrar', REGISTRAR_IDS).optional(),
  integration: texts((text) => (/^[a-z0-9]{8,64}$/.test(text) ? text : undefined), 'an id of an integration')
    .optional()
    .openapi({ description: 'Ids of integrations, comma-separated' }),
  status: list('status', CARD_STATUSES).optional(),
  expiresBefore: z
    .string()
    .transform(
      (text, context) => toUtcInstant(text) ?? fail(context, 'an ISO 8601 date or instant is expected'),
    )
    .optional()
    .openapi({ description: 'Exclusive; names without a date are left out', example: '2026-12-31' }),
  autoRenew: triState().optional(),
  locked: triState().optional(),
  tld: texts(toSuffix, 'a top-level domain')
    .optional()
    .openapi({ description: 'Endings of names, comma-separated: uk, co.uk', example: 'com,net' }),
  q: z
    .string()
    .max(253)
    .transform((text) => text.trim().toLowerCase())
    .optional()
    .openapi({ description: 'A part of the name, as A-labels or U-labels' }),
  sort: z.enum(DOMAIN_SORTS).default('expiresAt'),
  ...pageQuery,
});
export type DomainQuery = z.output<typeof DomainQuery>;

function list<const T extends string>(what: string, values: readonly T[]) {
  return texts((text) => values.find((value) => value === text), `a ${what} (${values.join(', ')})`).openapi({
    description: `Comma-separated: ${values.join(', ')}`,
  });
}

/** A comma list whose every part must mean something. */
function texts<T>(toValue: (text: string) => T | undefined, what: string) {
  return z
    .string()
    .max(4096)
    .transform((text, context): readonly T[] => {
      const values = text.split(',').map((part) => toValue(part.trim()));
      const known = values.filter((value) => value !== undefined);
      return known.length === values.length ? known : fail(context, `each must be ${what}`);
    });
}

function triState() {
  return z
    .enum(['true', 'false', 'unknown'])
    .transform((text) => (text === 'unknown' ? null : text === 'true'));
}

function fail(context: z.core.$RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}

function toUtcInstant(text: string): string | undefined {
  return toInstant(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text) ?? undefined;
}

/** An ending as A-labels; the label before it only makes it a whole name. */
function toSuffix(text: string): string | undefined {
  const name = toDomainName(`x.${text.replace(/^\./, '')}`);
  return name === null ? undefined : name.slice(2);
}
