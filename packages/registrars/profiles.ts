import type { RegistrarProfile } from '#core/registrar.ts';
import type { RegistrarId } from '#core/registrar-id.ts';
import { gandiProfile } from './gandi/profile.ts';
import { godaddyProfile } from './godaddy/profile.ts';
import { namecheapProfile } from './namecheap/profile.ts';
import { namecomProfile } from './namecom/profile.ts';
import { porkbunProfile } from './porkbun/profile.ts';

/** What is known of every registrar without its adapter, by id, in the order in which people see them. */
export const PROFILES: Readonly<Record<RegistrarId, RegistrarProfile>> = {
  godaddy: godaddyProfile,
  namecheap: namecheapProfile,
  gandi: gandiProfile,
  porkbun: porkbunProfile,
  namecom: namecomProfile,
};
