import { toForeignForgeries } from './foreign.ts';
import { toMisshapen } from './misshapen.ts';
import type { Presented } from './presented.ts';
import type { Issuer } from './sign.ts';
import { toWrongClaims } from './wrong-claims.ts';

/** Every kind of forgery, at a moment in seconds since the epoch; what two ways of forging make alike counts once. */
export function toForgeries(issuer: Issuer, now: number): readonly Presented[] {
  const all = [toForeignForgeries, toMisshapen, toWrongClaims].flatMap((make) => make(issuer, now));
  return [...new Map(all.map((presented) => [presented.authorization, presented])).values()];
}
