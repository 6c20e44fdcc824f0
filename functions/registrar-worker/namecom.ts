import { onMessages } from '#lambda/worker.ts';
import { namecom } from '#registrars/namecom/index.ts';

/** Does one step of a sync at Name.com: it opens credentials, and leaves AWS for Name.com alone. */
export const handler = onMessages(namecom);
