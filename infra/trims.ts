import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

interface Trim {
  /** Which files it is about, under `node_modules`. */
  readonly path: RegExp;
  /** What is left of the file. */
  toRest(text: string): string;
}

/**
 * What packages bring along that no function can reach, and a bundler can't leave out by itself. Each says why it is
 * out of reach. The trimmed bundles are those that the local run and its tests use.
 */
const TRIMS: Readonly<Record<string, Trim>> = {
  // Lambda hands its role's credentials over in the environment: no profile, no SSO, no metadata service to ask.
  'credential chain': {
    path: /@aws-sdk\/credential-provider-node\/dist-es\/index\.js$/,
    toRest: () => "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';",
  },
  // The SDK loads it when a call streams events; none of the calls of our four services does.
  'event streams': {
    path: /@smithy\/core\/dist-es\/submodules\/event-streams\/index\.js$/,
    toRest: () => 'export {};',
  },
  // Asked only where endpoint discovery is switched on, which is for Timestream.
  'endpoint cache': {
    path: /@aws-sdk\/endpoint-cache\/dist-es\/EndpointCache\.js$/,
    toRest: () => 'export class EndpointCache {}',
  },
  // Taken where Node was built without its crypto.
  'hashes in JavaScript': {
    path: /@smithy\/core\/dist-es\/submodules\/checksum\/(sha256\/Sha256|md5\/Md5)Js\.js$/,
    toRest: (text) => `export const ${/export class (\w+)/.exec(text)?.[1]} = undefined;`,
  },
  // Of a client's manifest, only the version is read, for the User-Agent.
  manifests: {
    path: /@aws-sdk\/client-[\w-]+\/package\.json$/,
    toRest: (text) => JSON.stringify({ version: JSON.parse(text).version }),
  },
  // A class for every error of a service, of all its calls. Without them an error is the service's general exception,
  // under the same name, which is what we go by.
  'error classes': {
    path: /@aws-sdk\/client-[\w-]+\/dist-es\/schemas\/schemas_0\.js$/,
    toRest: (text) =>
      text.replaceAll(
        /^export var \w+\$ = \[-3, n0, [^;]+\];\nn0_registry\.registerError\(\w+\$, \w+\);\n/gm,
        '',
      ),
  },
};

/**
 * Leaves out what {@link TRIMS} lists.
 *
 * @throws Error where a trim finds nothing to do: the package has changed, and the trim must be looked at again
 */
export function trims(): Plugin {
  return {
    name: 'trims',
    setup({ onLoad, onEnd }) {
      const idle = new Set(Object.keys(TRIMS));
      for (const [name, { path, toRest }] of Object.entries(TRIMS)) {
        onLoad({ filter: path }, async (file) => {
          const text = await readFile(file.path, 'utf8');
          const contents = toRest(text);
          if (contents.length < text.length) idle.delete(name);
          return { contents, loader: file.path.endsWith('.json') ? 'json' : 'js' };
        });
      }
      onEnd(() => ({ errors: [...idle].map((name) => ({ text: `nothing to trim any more: ${name}` })) }));
    },
  };
}
