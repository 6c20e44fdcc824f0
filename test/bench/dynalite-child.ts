/** `node test/bench/dynalite-child.ts`: a DynamoDB in a process of its own, so that its work isn't measured with ours. */
import { startDynalite } from '#test/support/stores.ts';

const dynalite = await startDynalite();
await dynalite.createTables();
const { hostname, port } = (await dynalite.client.config.endpoint?.()) ?? { hostname: '', port: 0 };
process.send?.({ endpoint: `http://${hostname}:${port}` });
