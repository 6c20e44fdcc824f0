import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openDataDir, readRuntime } from '#local/data-dir.ts';
import { readSettings } from '#local/settings.ts';
import { hashSources, synthesize } from '#local/synth.ts';
import { makeDataDir } from './fixtures/mini.ts';

describe('settings', () => {
  test('have defaults', () => {
    expect(readSettings({})).toEqual({
      port: 4000,
      dataDir: '.local',
      simulatorPort: 4010,
      registrarEndpoints: {},
    });
  });

  test('are read from the environment', () => {
    const env = {
      PORT: '0',
      DATA_DIR: '/tmp/x',
      SIM_PORT: '65535',
      REGISTRAR_ENDPOINTS:
        '{"godaddy":"http://127.0.0.1:9001/","gandi":"http://localhost:1","porkbun":"http://[::1]:2"}',
    };

    expect(readSettings(env)).toEqual({
      port: 0,
      dataDir: '/tmp/x',
      simulatorPort: 65_535,
      registrarEndpoints: {
        godaddy: 'http://127.0.0.1:9001',
        gandi: 'http://localhost:1',
        porkbun: 'http://[::1]:2',
      },
    });
  });

  test('take the address that Namecheap is to be told', () => {
    expect(readSettings({ EGRESS_ADDRESS: '198.51.100.7' }).egressAddress).toBe('198.51.100.7');
  });

  test.each<[Record<string, string>, RegExp]>([
    [{ EGRESS_ADDRESS: '2001:db8::1' }, /EGRESS_ADDRESS is an IPv4 address/],
    [{ PORT: 'x' }, /PORT is a port/],
    [{ PORT: '70000' }, /PORT is a port/],
    [{ SIM_PORT: '-1' }, /SIM_PORT is a port/],
    [{ REGISTRAR_ENDPOINTS: '{' }, /no JSON/],
    [{ REGISTRAR_ENDPOINTS: '[]' }, /JSON object/],
    [{ REGISTRAR_ENDPOINTS: '{"dynadot":"http://127.0.0.1:1"}' }, /"dynadot" is none of godaddy/],
    [{ REGISTRAR_ENDPOINTS: '{"godaddy":"https://127.0.0.1:1"}' }, /on this machine/],
    [{ REGISTRAR_ENDPOINTS: '{"godaddy":"http://api.example.com"}' }, /on this machine/],
    [{ REGISTRAR_ENDPOINTS: '{"godaddy":"http://127.0.0.1.example.com"}' }, /on this machine/],
    [{ REGISTRAR_ENDPOINTS: '{"godaddy":"http://127.0.0.1:1/path"}' }, /on this machine/],
    [{ REGISTRAR_ENDPOINTS: '{"godaddy":7}' }, /on this machine/],
  ])('%j is refused', (env, expected) => {
    expect(() => readSettings(env)).toThrow(expected);
  });
});

describe('the data folder', () => {
  const [path, remove] = makeDataDir();
  afterAll(remove);
  const runtime = {
    pid: 1,
    url: 'http://localhost:1',
    port: 1,
    simulatorPort: 2,
    issuer: 'i',
    clientId: 'c',
    audience: 'a',
  };

  test('belongs to one at a time, and is free again after its release', () => {
    const folder = join(path, 'one');
    const first = openDataDir(folder);

    expect(() => openDataDir(folder)).toThrow(
      /is in use by another local run: stop that one, or set another DATA_DIR/,
    );
    first.writeRuntime(runtime);
    expect(() => openDataDir(folder)).toThrow(/process 1, http:\/\/localhost:1/);
    first.release();

    const second = openDataDir(folder);
    expect(second.former).toEqual(runtime);
    second.release();
  });

  test('and what it holds is for its owner only', () => {
    const dir = openDataDir(join(path, 'two'));
    dir.writeRuntime(runtime);
    dir.release();

    const modes = ['', 'runtime.json'].map((name) => statSync(join(path, 'two', name)).mode & 0o777);
    expect(modes).toEqual([0o700, 0o600]);
  });

  test('nothing is known of a run that never was', () => {
    expect(readRuntime(join(path, 'none'))).toBeUndefined();
  });

  test('a broken runtime file is an error that names it', () => {
    mkdirSync(join(path, 'three'));
    writeFileSync(join(path, 'three', 'runtime.json'), '{');

    expect(() => readRuntime(join(path, 'three'))).toThrow(/runtime\.json/);
  });
});

describe('synthesis', () => {
  const [root, remove] = makeDataDir();
  afterAll(remove);
  const write = (name: string, text: string) => {
    mkdirSync(join(root, name, '..'), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  const app = (line: string) =>
    `import { writeFileSync } from 'node:fs'; writeFileSync(process.env.CDK_OUTDIR + '/manifest.json', process.env.CDK_CONTEXT_JSON); ${line}`;

  test('runs the app when a source has changed, and only then', async () => {
    write('infra/app.ts', app(''));
    const told: string[] = [];

    const first = await synthesize(root, (text) => told.push(text));
    const again = await synthesize(root);
    write('packages/core/new.ts', 'export const a = 1;');
    const changed = await synthesize(root);

    expect([first.isFresh, again.isFresh, changed.isFresh]).toEqual([true, false, true]);
    expect(again.folder).toBe(first.folder);
    expect(changed.folder).not.toBe(first.folder);
    expect(told).toHaveLength(1);
  });

  test('two at a time make it once', async () => {
    write('packages/core/new.ts', 'export const a = 2;');

    const both = await Promise.all([synthesize(root), synthesize(root)]);

    expect(both.filter(({ isFresh }) => isFresh)).toHaveLength(1);
  });

  test('leaves out what is in no bundle', () => {
    const before = hashSources(root);
    write('packages/local/start.ts', '1');
    write('packages/simulators/x.ts', '1');
    write('packages/web/dist/x.js', '1');

    expect(hashSources(root)).toBe(before);
  });

  test.each([
    [
      'that fails',
      app("console.log('told before'); throw new Error('broken stack')"),
      /told before[\s\S]*broken stack/,
    ],
    ['that writes nothing', '', /wrote no cloud assembly/],
  ])('an app %s is an error with its output', async (_name, text, expected) => {
    write('infra/app.ts', text);

    await expect(synthesize(root)).rejects.toThrow(expected);
  });
});
