import * as z from 'zod/mini';
import { toInstant } from '#core/dates.ts';
import { toFlag } from '#core/flags.ts';
import { toDomainName } from '#core/names.ts';
import { toNameServers } from '#core/nameservers.ts';

/** A domain's name in any letter case, with or without its last dot → lower-case A-label without one. */
export const WireDomainName = fromText(toDomainName);

/** An instant with a time zone → ISO 8601 UTC; absent, null and empty → null. Other text is a miss. */
export const WireInstant = optionalFromText(toInstant);

/** A flag in any of the usual spellings → boolean; absent, null and what is no flag → null. */
export const WireFlag = z.pipe(z.optional(z.unknown()), z.transform(toFlag));

/** Host names of nameservers → canonical, in their order; absent and null → null. */
export const WireNameServers = z.pipe(
  z.nullish(z.array(z.string())),
  z.transform((list) => (list == null ? null : toNameServers(list))),
);

/** A type of records, or a registrar's word for what isn't DNS (URL301): in capitals, and a word, since people see it. */
export const WireRecordType = z.string().check(z.toUpperCase(), z.regex(/^[A-Z][A-Z0-9_-]{0,31}$/));

/** Text that a function of core understands; text that it answers with null is a miss at its place. */
export function fromText<T>(read: (text: string) => T | null) {
  return z.pipe(
    z.string(),
    z.transform((text, context) => read(text) ?? toMiss(context)),
  );
}

/** As {@link fromText}, and absent, null or empty text is null. */
export function optionalFromText<T>(read: (text: string) => T | null) {
  return z.pipe(
    z.nullish(z.string()),
    z.transform((text, context) => (text == null || text === '' ? null : (read(text) ?? toMiss(context)))),
  );
}

/** Reports the value at hand, or what lies at a path in it, as not of the documented form; never shows it. */
export function toMiss({ issues }: z.core.ParsePayload, path: (string | number)[] = []): never {
  issues.push({ code: 'custom', message: 'not of the documented form', input: undefined, path });
  return z.NEVER;
}
