import type { Issuer } from './sign.ts';

/** A credential that must not be taken, or one that must; by what is peculiar about it. */
export interface Presented {
  readonly name: string;
  /** The whole header. */
  readonly authorization: string;
}

/** Claims that are good at a moment, in seconds since the epoch. */
export function toGoodClaims({ claims }: Issuer, now: number) {
  return { ...claims, iat: now - 5, exp: now + 3_600 };
}
