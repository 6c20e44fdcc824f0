/**
 * `npm run -s soak`: what takes longer than anybody waits for with each change. Its last result stands in the docs.
 * Options: test/figures/command.ts.
 */
import { join } from 'node:path';
import { runCommand } from '../figures/command.ts';

await runCommand(join(import.meta.dirname, 'soak-groups.ts'));
