import { onMessages } from '#lambda/worker.ts';
import { godaddy } from '#registrars/godaddy/index.ts';

/** Does one step of a sync at GoDaddy: it opens credentials, and leaves AWS for GoDaddy alone. */
export const handler = onMessages(godaddy);
