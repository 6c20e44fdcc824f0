import { onMessages } from '#lambda/worker.ts';
import { namecheap } from '#registrars/namecheap/index.ts';

/** Does one step of a sync at Namecheap: it opens credentials, and leaves AWS for Namecheap alone. */
export const handler = onMessages(namecheap);
