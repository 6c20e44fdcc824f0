import { onMessages } from '#lambda/worker.ts';
import { gandi } from '#registrars/gandi/index.ts';

/** Does one step of a sync at Gandi: it opens credentials, and leaves AWS for Gandi alone. */
export const handler = onMessages(gandi);
