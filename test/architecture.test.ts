import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/** What a part may import: of our own code, from npm, and as text (a build turns it into data, no code of it runs). */
interface Arrows {
  readonly parts: readonly string[];
  readonly npm: readonly string[];
  readonly texts?: readonly string[];
}

/**
 * The plan of the house: what each part may import. A prefix covers what lies below it.
 * Change it only with a decision record.
 */
const ARROWS: Readonly<Record<string, Arrows>> = {
  core: { parts: [], npm: ['zod'] },
  registrars: { parts: ['core'], npm: ['zod', 'saxes'] },
  limits: { parts: ['core'], npm: ['zod'] },
  store: { parts: ['core'], npm: ['@aws-sdk/'] },
  vault: { parts: ['core'], npm: ['@aws-sdk/', 'zod'] },
  sync: { parts: ['core', 'limits'], npm: ['zod'] },
  api: { parts: ['core'], npm: ['hono', 'zod'] },
  lambda: {
    parts: ['core', 'registrars', 'limits', 'store', 'vault', 'sync', 'api'],
    npm: ['@middy/', '@aws-lambda-powertools/', '@aws-sdk/', 'aws-lambda', 'hono', 'zod'],
  },
  functions: { parts: ['lambda', 'core', 'sync', 'registrars'], npm: [] },
  infra: {
    parts: ['core', 'store/table.ts'],
    npm: ['aws-cdk-lib', 'constructs', 'esbuild', 'cdk-nag', 'vite'],
  },
  simulators: { parts: [], npm: ['zod'] },
  web: {
    parts: [],
    // The guide is one text for those who read it in the repository and those who read it in the app (decision 0015).
    texts: ['docs/help'],
    npm: [
      '@fontsource-variable/',
      '@tailwindcss/vite',
      '@tanstack/',
      '@vitejs/plugin-react',
      'lucide-react',
      'marked',
      'oauth4webapi',
      'react',
      'react-dom',
      'vite',
    ],
  },
  local: {
    parts: ['core/env.ts', 'core/registrar-id.ts', 'simulators'],
    npm: [
      '@aws-sdk/',
      'asl-validator',
      'aws-cron-parser',
      'aws-lambda',
      'dynalite',
      'fauxqs',
      'jose',
      'jsonata',
      'oidc-provider',
      'zod',
    ],
  },
};

/** `import … from`, `export … from`, `import 'x'` at the start of a line, and `import('x')` anywhere. */
const IMPORT_FORMS = [
  /^(?:import|export)\s[\w\s{},*$]*?\bfrom\s+['"]([^'"]+)['"]/gm,
  /^import\s+['"]([^'"]+)['"]/gm,
  /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g,
];

const ROOT = resolve(import.meta.dirname, '..');
const builtins = new Set([...builtinModules, ...builtinModules.map((name) => `node:${name}`)]);

interface Import {
  readonly file: string;
  readonly part: string;
  readonly specifier: string;
}

/** The part that a path of the tree belongs to: `core/names.ts` for packages/core/names.ts, `infra/stack.ts` for infra/stack.ts. */
function toPartPath(path: string): string {
  return relative(ROOT, path).replace(/^packages\//, '');
}

function findImports(): Import[] {
  const folders = ['packages', 'functions', 'infra'];
  const files = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('web/dist/'))
      .map((name) => join(ROOT, folder, name)),
  );
  return files.flatMap((file) => {
    const part = toPartPath(file).split('/')[0] ?? '';
    const text = readFileSync(file, 'utf8');
    const found = IMPORT_FORMS.flatMap((form) => [...text.matchAll(form)].map((match) => match[1] ?? ''));
    return found.map((specifier) => ({ file, part, specifier }));
  });
}

const imports = findImports();

/** The path within the tree that an import of ours means; undefined for a package. */
function toOwn({ file, specifier }: Import): string | undefined {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (specifier.startsWith('.')) return toPartPath(resolve(dirname(file), specifier));
  return undefined;
}

const isWithin = (path: string, allowed: string) =>
  path === allowed || path.startsWith(allowed.endsWith('/') ? allowed : `${allowed}/`);

const isText = ({ specifier }: Import) => specifier.endsWith('.md');

describe('the arrows between the parts', () => {
  test('are declared for every folder that holds code', () => {
    expect([...new Set(imports.map(({ part }) => part))].filter((part) => !(part in ARROWS))).toEqual([]);
  });

  test('hold for imports of our own', () => {
    const wrong = imports.filter((each) => {
      const own = toOwn(each);
      if (own === undefined || isWithin(own, each.part)) return false;
      const allowed = isText(each) ? ARROWS[each.part]?.texts : ARROWS[each.part]?.parts;
      return !allowed?.some((prefix) => isWithin(own, prefix));
    });
    expect(wrong.map(({ file, specifier }) => `${toPartPath(file)} imports ${specifier}`)).toEqual([]);
  });

  test('hold for packages', () => {
    const wrong = imports.filter((each) => {
      if (toOwn(each) !== undefined || builtins.has(each.specifier)) return false;
      return !ARROWS[each.part]?.npm.some((allowed) => isWithin(each.specifier, allowed));
    });
    expect(wrong.map(({ file, specifier }) => `${toPartPath(file)} imports ${specifier}`)).toEqual([]);
  });

  test('cross a border by #part, and stay inside it by a relative path; texts have no #part', () => {
    const wrong = imports.filter((each) => {
      const own = toOwn(each);
      return (
        own !== undefined && !isText(each) && each.specifier.startsWith('#') === isWithin(own, each.part)
      );
    });
    expect(wrong.map(({ file, specifier }) => `${toPartPath(file)} imports ${specifier}`)).toEqual([]);
  });

  test('are looked at: there are imports of every kind', () => {
    expect(imports.length).toBeGreaterThan(300);
    expect(imports.some(({ specifier }) => specifier === 'zod')).toBe(true);
  });
});
