import type { RegistrarDefinition } from '#core/registrar.ts';
import type { RegistrarId } from '#core/registrar-id.ts';
import { gandi } from './gandi/index.ts';
import { godaddy } from './godaddy/index.ts';
import { namecheap } from './namecheap/index.ts';
import { namecom } from './namecom/index.ts';
import { porkbun } from './porkbun/index.ts';

/** All supported registrars by id, in the order in which people see them. */
export const REGISTRARS: Readonly<Record<RegistrarId, RegistrarDefinition>> = {
  godaddy,
  namecheap,
  gandi,
  porkbun,
  namecom,
};
