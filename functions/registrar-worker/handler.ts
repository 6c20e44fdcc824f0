import { onQueue } from '#lambda/middleware.ts';
import { composeWorker } from '#lambda/worker.ts';

const work = composeWorker();

/** Does one step of a sync at a registrar: the only function that opens credentials, and that leaves AWS. */
export const handler = onQueue((body, { messageId }) => work(body, messageId));
