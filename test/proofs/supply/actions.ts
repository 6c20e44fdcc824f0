import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './lockfile.ts';

/** What stands in a workflow file of CI that must not: an action by a tag, a right to write, a run with secrets for strangers. */
export function listLoose(text: string): readonly string[] {
  const uses = [...text.matchAll(/^\s*-?\s*uses:\s*(\S+)/gm)].map(([, action = '']) => action);
  const loose = uses.filter((action) => !/@[0-9a-f]{40}$/.test(action) && !action.startsWith('./'));
  const writes = /^\s*[\w-]+:\s*write/m.test(text) || !/^permissions:/m.test(text);
  return [
    ...loose,
    ...(writes ? ['a token that may write'] : []),
    ...(text.includes('pull_request_target') ? ['pull_request_target'] : []),
  ];
}

export function readWorkflows(): readonly string[] {
  return globSync('.github/workflows/*.{yml,yaml}', { cwd: ROOT }).map((file) =>
    readFileSync(join(ROOT, file), 'utf8'),
  );
}
