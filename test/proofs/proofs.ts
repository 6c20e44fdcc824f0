/**
 * `npm run -s proofs`: shows that nothing is lost, nothing leaks and nobody is let in, and says whether it holds.
 * Options: test/figures/command.ts.
 */
import { join } from 'node:path';
import { runCommand } from '../figures/command.ts';

await runCommand(join(import.meta.dirname, 'groups.ts'));
