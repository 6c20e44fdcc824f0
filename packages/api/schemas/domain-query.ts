import * as z from 'zod/mini';
import { toInstant } from '#core/dates.ts';
import { toDomainName } from '#core/names.ts';
import { REGISTRAR_IDS } from '#core/registrar-id.ts';
import { CARD_STATUSES } from '#core/statuses.ts';
import { pageQuery } from './common.ts';

export const DOMAIN_SORTS = ['expiresAt', '-expiresAt', 'name'] as const;

/** What `GET /v1/domains` may be asked; a filter that isn't given lets everything through. */
export const DomainQuery = z.strictObject({
  registrar: z.optional(list('registrar', REGISTRAR_IDS)),
  integration: z
    .optional(texts((text) => (/^[a-z0-9]{8,64}$/.test(text) ? text : undefined), 'an id of an integration'))
    .check(z.meta({ description: 'Ids of integrations, comma-separated' })),
  status: z.optional(list('status', CARD_STATUSES)),
  expiresBefore: z
    .optional(
      z.pipe(
        z.string(),
        z.transform(
          (text, context) => toUtcInstant(text) ?? fail(context, 'an ISO 8601 date or instant is expected'),
        ),
      ),
    )
    .check(z.meta({ description: 'Exclusive; names without a date are left out', example: '2026-12-31' })),
  autoRenew: z.optional(triState()),
  locked: z.optional(triState()),
  tld: z
    .optional(texts(toSuffix, 'a top-level domain'))
    .check(z.meta({ description: 'Endings of names, comma-separated: uk, co.uk', example: 'com,net' })),
  q: z
    .optional(
      z.pipe(
        z.string().check(z.maxLength(253)),
        z.transform((text) => text.trim().toLowerCase()),
      ),
    )
    .check(z.meta({ description: 'A part of the name, as A-labels or U-labels' })),
  sort: z._default(z.enum(DOMAIN_SORTS), 'expiresAt'),
  ...pageQuery,
});
export type DomainQuery = z.output<typeof DomainQuery>;

function list<const T extends string>(what: string, values: readonly T[]) {
  return texts((text) => values.find((value) => value === text), `a ${what} (${values.join(', ')})`).check(
    z.meta({
      description: `Comma-separated: ${values.join(', ')}`,
    }),
  );
}

/** A comma list whose every part must mean something. */
function texts<T>(toValue: (text: string) => T | undefined, what: string) {
  return z.pipe(
    z.string().check(z.maxLength(4096)),
    z.transform((text, context): readonly T[] => {
      const values = text.split(',').map((part) => toValue(part.trim()));
      const known = values.filter((value) => value !== undefined);
      return known.length === values.length ? known : fail(context, `each must be ${what}`);
    }),
  );
}

function triState() {
  return z.pipe(
    z.enum(['true', 'false', 'unknown']),
    z.transform((text) => (text === 'unknown' ? null : text === 'true')),
  );
}

function fail({ issues }: z.core.ParsePayload, message: string): never {
  issues.push({ code: 'custom', message, input: undefined });
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
