/** `npm run -s bench`: measures what the product is held to and says whether it holds. Options: test/figures/command.ts. */
import { join } from 'node:path';
import { runCommand } from '../figures/command.ts';

await runCommand(join(import.meta.dirname, 'groups.ts'));
