/**
 * `npm run -s sbom`: prints the bill of materials of what the product installs, in CycloneDX, the same each time.
 * npm's own `--omit dev` leaves out packages that a development tool uses as well, so that the lockfile says who belongs.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Bill {
  serialNumber?: string;
  metadata: { timestamp?: string };
  components: { readonly 'bom-ref': string; readonly name: string; readonly version: string }[];
  dependencies: { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

const root = join(import.meta.dirname, '..');
const lockfile = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly dev?: boolean }>>;
};
const installed = new Set(
  Object.entries(lockfile.packages).flatMap(([path, { version, dev }]) =>
    dev === true ? [] : [`${path.split('node_modules/').at(-1)}@${version}`],
  ),
);

const text = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64_000_000,
});
const bill = JSON.parse(text) as Bill;
delete bill.serialNumber;
delete bill.metadata.timestamp;
bill.components = bill.components.filter(({ name, version }) => installed.has(`${name}@${version}`));
const refs = new Set(bill.components.map((component) => component['bom-ref']));
bill.dependencies = bill.dependencies
  .filter(({ ref }) => refs.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((each) => refs.has(each)) }));
process.stdout.write(`${JSON.stringify(bill, null, 2)}\n`);
