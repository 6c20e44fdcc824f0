import { gandiProtocol } from './gandi.ts';
import { godaddyProtocol } from './godaddy.ts';
import { namecheapProtocol } from './namecheap.ts';
import { namecomProtocol } from './namecom.ts';
import { porkbunProtocol } from './porkbun.ts';
import type { SimProtocol } from './types.ts';

/** The protocols of all simulated registrars. */
export const PROTOCOLS: readonly SimProtocol[] = [
  godaddyProtocol,
  namecheapProtocol,
  gandiProtocol,
  porkbunProtocol,
  namecomProtocol,
];
