import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
}

export interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export const ROOT = join(import.meta.dirname, '../../..');

export function readLockfile(): Lockfile {
  return JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lockfile;
}

export function readManifest(): Manifest {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;
}

/** Every package that is locked; what a package brings along in its own archive is under that one's hash. */
function listPackages({ packages }: Lockfile): readonly (readonly [path: string, locked: LockedPackage])[] {
  return Object.entries(packages).filter(([path, { inBundle }]) => path !== '' && inBundle !== true);
}

/** Packages without a SHA-512 of their archive. */
export function listUnhashed(lockfile: Lockfile): readonly string[] {
  return listPackages(lockfile).flatMap(([path, { integrity }]) =>
    integrity !== undefined && /^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity) ? [] : [path],
  );
}

/** Packages that come from somewhere else than the registry that npm is told. */
export function listForeign(lockfile: Lockfile, manifest: Manifest): readonly string[] {
  const resolved = listPackages(lockfile).flatMap(([path, locked]) =>
    locked.resolved === undefined || locked.resolved.startsWith('https://registry.npmjs.org/') ? [] : [path],
  );
  return [...resolved, ...listSpecs(manifest).flatMap(([name, spec]) => (isExact(spec) ? [] : [name]))];
}

/** Packages of the product that run a script when they are installed. */
export function listScripted(lockfile: Lockfile): readonly string[] {
  return listPackages(lockfile).flatMap(([path, { dev, hasInstallScript }]) =>
    hasInstallScript === true && dev !== true ? [path] : [],
  );
}

function listSpecs({ dependencies, devDependencies, optionalDependencies }: Manifest) {
  return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
}

/** A version and nothing else: no range, tag, address, folder or alias. */
function isExact(spec: string): boolean {
  return /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(spec);
}
