/**
 * `node test/proofs/hostile/server-child.ts <attack>`, started by hostile.ts: a registrar that answers every call with one
 * attack. Prints its origin.
 */
import { startRawServer } from '#test/support/raw-server.ts';
import { ATTACKS } from './attacks.ts';

const attack = ATTACKS[process.argv[2] ?? ''];
if (!attack) throw new Error(`no such attack: ${process.argv[2]}`);
const server = await startRawServer(attack);
process.stdout.write(`${server.origin}\n`);
