import * as z from 'zod';
import { toInstant } from '#core/dates.ts';
import { toFlag } from '#core/flags.ts';
import { toDomainName } from '#core/names.ts';
import { toNameServers } from '#core/nameservers.ts';

/** A domain's name in any letter case, with or without its last dot → lower-case A-label without one. */
export const WireDomainName = fromText(toDomainName);

/** An instant with a time zone → ISO 8601 UTC; absent, null and empty → null. Other text is a miss. */
export const WireInstant = optionalFromText(toInstant);

/** A flag in any of the usual spellings → boolean; absent, null and what is no flag → null. */
export const WireFlag = z.unknown().optional().transform(toFlag);

/** Host names of nameservers → canonical, in their order; absent and null → null. */
export const WireNameServers = z
  .array(z.string())
  .nullish()
  .transform((list) => (list == null ? null : toNameServers(list)));

/** Text that a function of core understands; text that it answers with null is a miss at its place. */
export function fromText<T>(read: (text: string) => T | null) {
  return z.string().transform((text, context) => read(text) ?? toMiss(context));
}

/** As {@link fromText}, and absent, null or empty text is null. */
export function optionalFromText<T>(read: (text: string) => T | null) {
  return z
    .string()
    .nullish()
    .transform((text, context) => (text == null || text === '' ? null : (read(text) ?? toMiss(context))));
}

/** Reports the value at hand as not of the documented form; never shows it. */
export function toMiss(context: z.RefinementCtx): never {
  context.addIssue({ code: 'custom', message: 'not of the documented form' });
  return z.NEVER;
}
