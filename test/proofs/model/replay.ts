/**
 * `node test/proofs/model/replay.ts <registrar> <seed> <path> <replay path>`: plays one shrunk sequence again; a failure
 * of the model prints the command.
 */
import { isRegistrarId } from '#core/registrar-id.ts';
import { createBase } from '../crash/base.ts';
import { playSequences } from './model.ts';

const [registrar = '', seed, path = '', replayPath = ''] = process.argv.slice(2);
if (!isRegistrarId(registrar) || !replayPath) throw new Error('which registrar, seed, path and replay path?');
const from = { seed: Number(seed), path, replayPath };
const { failed, counterexample, errorInstance } = await playSequences(await createBase(registrar, false), 1, {
  from,
});
process.stdout.write(`${counterexample?.[0] ?? ''}\n${failed ? errorInstance : 'nothing is wrong'}\n`);
