import { onMessages } from '#lambda/worker.ts';
import { porkbun } from '#registrars/porkbun/index.ts';

/** Does one step of a sync at Porkbun: it opens credentials, and leaves AWS for Porkbun alone. */
export const handler = onMessages(porkbun);
