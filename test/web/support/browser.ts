import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Browser, chromium } from 'playwright-core';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const SYSTEM_CHROMIUM = '/usr/bin/chromium';

/**
 * Few of the switches that the package suggests: its `--single-process` lets browsers die, and its insecure ones would
 * hide what we test. Hinting is off so that text is equally wide on every machine.
 */
const SWITCHES = ['--font-render-hinting=none', '--disable-gpu'];

/**
 * Starts a headless Chromium: CHROMIUM_PATH where that is set, else the machine's own, else the one of
 * `@sparticuz/chromium` (Linux on x64), which is unpacked the first time. Close it when done.
 */
export async function launchBrowser(switches: readonly string[] = []): Promise<Browser> {
  const args = [...SWITCHES, ...switches];
  const installed = process.env.CHROMIUM_PATH ?? (existsSync(SYSTEM_CHROMIUM) ? SYSTEM_CHROMIUM : undefined);
  if (installed !== undefined) return chromium.launch({ executablePath: installed, args });
  const folder = await findPackaged();
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args,
    env: { ...process.env, FONTCONFIG_PATH: join(folder, 'fonts'), LD_LIBRARY_PATH: toLibraryPath(folder) },
  });
}

/** The folder of the unpacked package. */
async function findPackaged(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`no Chromium for ${process.platform} on ${process.arch}: name one in CHROMIUM_PATH`);
  }
  const cache = join(ROOT, 'node_modules', '.cache');
  const folder = join(cache, `chromium-${readVersion()}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  // Several processes may come here at once: each unpacks on its own, and the first one's folder stays.
  const own = mkdtempSync(`${folder}-`);
  try {
    await unpack(own);
    writeFontConfiguration(own, folder);
    renameUnlessThere(own, folder);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
  return folder;
}

function renameUnlessThere(own: string, folder: string): void {
  try {
    renameSync(own, folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  }
}

function readVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  return JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8')).version;
}

/** In a thread with an environment of its own: the package is steered by variables, and changes them. */
async function unpack(folder: string): Promise<void> {
  const worker = new Worker(new URL('./unpack-thread.ts', import.meta.url), {
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  worker.once('error', reject);
  worker.once('exit', (code) =>
    code === 0 ? resolve() : reject(new Error(`unpacking Chromium ended with ${code}`)),
  );
  await promise;
}

/** The package's own fonts, and the machine's for the scripts that those lack (Arabic, Hebrew, CJK). */
function writeFontConfiguration(own: string, folder: string): void {
  const text = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`;
  writeFileSync(join(own, 'fonts', 'fonts.conf'), text);
}

function toLibraryPath(folder: string): string {
  const former = process.env.LD_LIBRARY_PATH;
  return [join(folder, 'al2023', 'lib'), ...(former ? [former] : [])].join(':');
}
