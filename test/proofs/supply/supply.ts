import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunctions } from '#infra/bundle.ts';
import { atMost, exactly, type Group } from '../../figures/figure.ts';
import { say } from '../../figures/say.ts';
import { listLoose, readWorkflows } from './actions.ts';
import { listComponents, listUnbilled, makeBill } from './bill.ts';
import { listExpressions, listSlow } from './expressions.ts';
import {
  type Lockfile,
  listForeign,
  listScripted,
  listUnhashed,
  readLockfile,
  readManifest,
} from './lockfile.ts';

const MOST_PACKAGES = 40;

/** What comes from others: where from, under which hash, what it does when it is installed, how much of it is deployed. */
export const supply: Group = {
  name: 'supply',
  about:
    'packages without hash, from elsewhere or with scripts, expressions that are slow, actions that may change',
  async measure(tell) {
    const lockfile = readLockfile();
    const manifest = readManifest();
    const planted = plant(lockfile);
    const count = (figure: string, found: readonly string[], control: readonly string[]) => {
      for (const each of found.slice(0, 10)) say(`${figure}: ${each}`);
      tell(exactly(figure, found.length, 0, { value: control.length, caught: control.length > 0 }));
    };
    count('supply.unhashed', listUnhashed(lockfile), listUnhashed(planted));
    const loosened = { dependencies: { fake: 'git+https://example.com/fake.git', other: '^1.0.0' } };
    count('supply.foreign', listForeign(lockfile, manifest), listForeign(planted, loosened));
    count('supply.scripts', listScripted(lockfile), listScripted(planted));

    const components = listComponents(await makeBill());
    const again = listComponents(await makeBill());
    count('supply.unbilled', listUnbilled(lockfile, components), listUnbilled(planted, components));
    const differing = again.filter((each, index) => each !== components[index]);
    count(
      'supply.bills-differ',
      differing,
      again.filter((each, index) => each !== components[index + 1]),
    );

    const workflows = readWorkflows();
    const tagged = 'on: pull_request_target\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v5\n';
    count(
      'supply.loose-actions',
      workflows.length === 0 ? ['no workflow'] : workflows.flatMap(listLoose),
      listLoose(tagged),
    );

    const slow = await listSlow(listExpressions());
    const control = await listSlow([{ place: 'control', source: '^(a+)+$', flags: '' }]);
    const toText = ({ place, source }: (typeof slow)[number]) => `${place} ${source}`;
    count('supply.slow-expressions', slow.map(toText), control.map(toText));
    tell(atMost('supply.packages-deployed', (await listDeployed()).length, MOST_PACKAGES));
  },
};

/** A lockfile with what must be found. */
function plant({ packages }: Lockfile): Lockfile {
  const fake = {
    version: '1.0.0',
    hasInstallScript: true,
    integrity: 'sha1-fake',
    resolved: 'http://example.com/fake.tgz',
  };
  return { packages: { ...packages, 'node_modules/fake': fake } };
}

/** Packages of which something is in a function's bundle, AWS's own client apart. */
async function listDeployed(): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'supply-'));
  try {
    const { inputs } = await bundleFunctions(folder);
    const names = Object.keys(inputs).flatMap((path) => {
      const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
      return name === undefined || /^@(aws-sdk|smithy|aws-crypto)\//.test(name) ? [] : [name];
    });
    return [...new Set(names)].sort();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
