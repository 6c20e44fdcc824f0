import * as z from 'zod';

const name = z
  .string()
  .regex(
    /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    'expected a lower-case A-label without a dot at its end',
  );
const instant = z.iso.datetime().nullable();
const flag = z.boolean();
const words = z.array(z.string());
const registrar = z.enum(['godaddy', 'namecheap', 'gandi', 'porkbun', 'namecom']);

const Rrset = z.strictObject({
  name: z.string().endsWith('.'),
  type: z.string().min(1),
  ttl: z.int().min(0).max(2_147_483_647).nullable(),
  records: words,
  pseudo: z.strictObject({ provider: registrar, kind: z.string(), value: z.string() }).exactOptional(),
});

const DomainFacts = z
  .strictObject({
    registeredAt: instant,
    expiresAt: instant,
    autoRenew: flag,
    locked: flag,
    privacy: flag,
    rawStatuses: words,
    nameServers: words,
    dnsHere: flag,
    registeredHere: flag,
    apiAccess: flag,
  })
  .partial();

/** What `PUT …/accounts/{id}` takes, and the `edit` of a fault. More than 100,000 domains come by `add`. */
export const AccountChangeFields = z.strictObject({
  size: z.int().min(0).max(100_000).optional(),
  seed: z.int().min(0).max(4_294_967_295).optional(),
  zoneSize: z.int().min(0).max(10_000).optional(),
  remove: z.array(name).optional(),
  add: z.union([z.int().min(0).max(100_000), z.array(name)]).optional(),
  domains: z.record(name, DomainFacts).optional(),
  records: z.record(name, z.array(Rrset)).optional(),
  label: z.string().optional(),
  expect: z.string().optional(),
  refusal: z
    .enum([
      'none',
      'wrongKey',
      'wrongSecret',
      'addressNotAllowed',
      'tokenExpired',
      'wrongCustomerId',
      'accessNotGranted',
      'customerIdUnverifiable',
    ])
    .optional(),
  credentials: z.record(z.string(), z.string()).optional(),
});
