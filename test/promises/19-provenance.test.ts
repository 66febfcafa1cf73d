import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, buildSync, type Metafile } from 'esbuild';
import { report } from './scale';

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}
interface Manifest {
  readonly version: string;
  readonly license?: string;
  readonly gypfile?: boolean;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const ROOT = process.cwd();
/** What a package is made of; a copy of it stands for a second machine. */
const SOURCES = [
  'src',
  'media',
  'scripts',
  'esbuild.js',
  'package.json',
  'package-lock.json',
  'package.nls.json',
  'tsconfig.json',
  '.vscodeignore',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
];
/** What npm runs when a package is installed. */
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall'];

function read<T>(...path: readonly string[]): T {
  return JSON.parse(readFileSync(join(...path), 'utf8')) as T;
}

/** The file with those that it requires at once, and those that they do. */
function loadedWith(first: string, outputs: Metafile['outputs']): readonly string[] {
  const found = new Set([first]);
  for (const file of found) {
    for (const { path, kind } of outputs[file]?.imports ?? [])
      if (kind === 'import-statement' && path in outputs) found.add(path);
  }
  return [...found];
}

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** The lockfile's path of the package that a file of the metafile belongs to; undefined for a file of ours. */
function packageOf(file: string): string | undefined {
  const at = file.indexOf('node_modules/');
  if (at < 0) return undefined;
  const parts = file.slice(at).split('/');
  const last = parts.lastIndexOf('node_modules');
  return parts.slice(0, last + (parts[last + 1]?.startsWith('@') ? 3 : 2)).join('/');
}

describe('what is in the package, and where it comes from', function () {
  this.timeout(600_000);

  const manifest = read<Manifest>(ROOT, 'package.json');
  const lock = read<{ readonly packages: Readonly<Record<string, Locked>> }>(ROOT, 'package-lock.json');
  const made: string[] = [];
  let metafiles: readonly Metafile[] = [];
  let bundled: readonly string[] = [];

  /** Packs a copy of the sources in a folder of its own. */
  function pack(name: string): string {
    const folder = join(mkdtempSync(join(tmpdir(), 'loan-desk-pack-')), name);
    made.push(folder);
    mkdirSync(folder);
    for (const source of SOURCES) cpSync(join(ROOT, source), join(folder, source), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join('scripts', 'package.mjs'), '--as-is'],
      { cwd: folder, encoding: 'utf8', env: { ...process.env, SOURCE_DATE_EPOCH: undefined } },
    );
    assert.equal(status, 0, `${stdout}${stderr}`);
    return folder;
  }

  before(() => {
    pack('first');
    pack('a second, elsewhere');
    metafiles = read<Metafile[]>(made[0] ?? '', 'out', 'metafile.json');
    const names = metafiles
      .flatMap(({ outputs }) => Object.values(outputs))
      .flatMap(({ inputs }) => Object.keys(inputs))
      .map(packageOf)
      .filter((path) => path !== undefined);
    bundled = [...new Set(names)].sort();
  });
  after(() => {
    for (const folder of made) rmSync(join(folder, '..'), { recursive: true, force: true });
  });

  it('at most six direct runtime packages, every version exact', () => {
    const direct = Object.entries(manifest.dependencies ?? {});
    const all = [...direct, ...Object.entries(manifest.devDependencies ?? {})];
    for (const [name, version] of all) {
      assert.match(version, /^\d+\.\d+\.\d+$/, name);
      assert.equal(lock.packages[`node_modules/${name}`]?.version, version, name);
    }
    report(19, `${direct.length} direct runtime packages`, `${all.length} exact versions`);
    assert.ok(direct.length <= 6);
  });

  it('every bundled package is on the list, under its licence, and none is of development only', () => {
    const allowed = read<{ readonly name: string; readonly licence: string }[]>(
      ROOT,
      'test',
      'data',
      'bundled-packages.json',
    );
    const found = bundled.map((path) => {
      const locked = lock.packages[path];
      const installed = read<Manifest>(ROOT, path, 'package.json');
      assert.ok(locked, `${path} is not in the lockfile`);
      assert.ok(locked.dev !== true, `${path} is there for development only`);
      assert.equal(installed.version, locked.version, path);
      assert.equal(installed.license, locked.license, path);
      return { name: path.slice(path.lastIndexOf('node_modules/') + 13), licence: installed.license };
    });
    report(19, `${found.length} packages in the bundles`);
    assert.ok(found.length > 0 && found.length <= 20);
    assert.deepEqual(found, allowed);
  });

  it('none is native, none runs anything when it is installed', () => {
    let files = 0;
    for (const path of bundled) {
      const { hasInstallScript, os, cpu } = lock.packages[path] ?? {};
      assert.deepEqual([hasInstallScript, os, cpu], [undefined, undefined, undefined], path);
      const { scripts = {}, gypfile } = read<Manifest>(ROOT, path, 'package.json');
      assert.deepEqual([INSTALL_SCRIPTS.filter((name) => name in scripts), gypfile], [[], undefined], path);
      const inside = filesBelow(join(ROOT, path));
      files += inside.length;
      assert.deepEqual(
        inside.filter((file) => /\.(node|wasm|so|dll|dylib|gyp)$/.test(file)),
        [],
        path,
      );
    }
    const scripted = Object.entries(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript);
    assert.deepEqual(
      scripted.filter(([, { dev }]) => dev !== true),
      [],
    );
    // Packages for development may have such scripts: npm is told here to run none.
    assert.match(readFileSync(join(ROOT, '.npmrc'), 'utf8'), /^ignore-scripts=true$/m);
    report(
      19,
      `${files} files of bundled packages, none native`,
      `${scripted.length} install scripts, none run`,
    );
  });

  it('the host’s bundles load nothing but Node, VS Code and each other', () => {
    const outside = metafiles
      .flatMap(({ outputs }) => Object.values(outputs))
      .flatMap(({ imports }) => imports)
      .filter(({ external }) => external === true)
      .map(({ path }) => path);
    const builtin = new Set(require('node:module').builtinModules as readonly string[]);
    const strange = outside.filter(
      (path) => !builtin.has(path.replace(/^node:/, '')) && path !== 'vscode' && path !== './paper.js',
    );
    assert.deepEqual([...new Set(strange)], []);
  });

  it('two builds in two places are the same, to the byte', () => {
    const [first = '', second = ''] = made;
    const vsix = `loan-desk-${manifest.version}.vsix`;
    const hashes = (folder: string) => [
      ...filesBelow(join(folder, 'dist')).map((file) => `${file} ${sha256(join(folder, 'dist', file))}`),
      `${vsix} ${sha256(join(folder, 'out', vsix))}`,
    ];
    const all = hashes(first);
    report(19, `${all.length} files built twice`, `sha256 of the .vsix ${all.at(-1)?.split(' ')[1]}`);
    assert.ok(all.length > 5);
    assert.deepEqual(hashes(second), all);
  });

  it('is small', () => {
    const [folder = ''] = made;
    const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
    const size = (files: readonly string[]) => {
      const all = files.map((file) => readFileSync(join(folder, file)));
      return {
        bytes: all.reduce((sum, { length }) => sum + length, 0),
        packed: all.reduce((sum, file) => sum + gzipSync(file).length, 0),
      };
    };
    const tell = (what: string, { bytes, packed }: ReturnType<typeof size>) =>
      report(15, `${what} ${kB(bytes)}`, `${kB(packed)} compressed`);

    const outputs = metafiles.find((metafile) => 'dist/extension.js' in metafile.outputs)?.outputs ?? {};
    const atOnce = size(loadedWith('dist/extension.js', outputs));
    tell('the host at activation', atOnce);
    tell('the host, every part', size(Object.keys(outputs)));
    tell('the simulator', size(['dist/paper.js']));
    const pages = filesBelow(join(folder, 'dist', 'webview')).map((file) => join('dist', 'webview', file));
    const packed = readFileSync(join(folder, 'out', `loan-desk-${manifest.version}.vsix`)).length;
    report(15, `the .vsix ${kB(packed)}`);

    assert.ok(atOnce.bytes <= 150_000 && atOnce.packed <= 55_000);
    assert.ok(packed <= 600_000);
    assert.ok(pages.length > 3);
    for (const file of pages) {
      const page = size([file]);
      tell(file.split(sep).join('/'), page);
      assert.ok(page.bytes <= 120_000 && page.packed <= 45_000, file);
    }
    // What the panel of rates loads before its first rows.
    const rates = size(['rates.js', 'panel.css'].map((file) => join('dist', 'webview', file)));
    tell('the panel of rates, script and styles', rates);
    assert.ok(rates.bytes <= 120_000 && rates.packed <= 45_000);
  });
});

/** The unit tests run the client on whole packages; the bundle lacks parts of axios, so here it is the bundle that calls. */
describe('the client as it is bundled', function () {
  this.timeout(60_000);
  let folder: string;
  const servers: Server[] = [];
  const PROXIES = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'];
  const environment = new Map(PROXIES.map((name) => [name, process.env[name]]));

  async function listen(status: number, location = ''): Promise<{ url: string; heard: string[] }> {
    const heard: string[] = [];
    const server = createServer((request, response) => {
      heard.push(`${request.method} ${request.url}`);
      response.writeHead(status, location === '' ? {} : { location }).end('{"retCode":0}');
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
  }

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'loan-desk-bundled-'));
  });
  after(() => {
    for (const server of servers) server.close();
    for (const [name, value] of environment) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(folder, { recursive: true, force: true });
  });

  it('calls, follows no redirect and heeds no proxy of the environment', async () => {
    const { node } = require(join(ROOT, 'esbuild.js')) as { readonly node: BuildOptions };
    buildSync({
      ...node,
      absWorkingDir: ROOT,
      entryPoints: { transport: 'src/bybit/transport.ts' },
      outdir: folder,
    });
    const { createTransport } = require(
      join(folder, 'transport.js'),
    ) as typeof import('../../src/bybit/transport');
    const trap = await listen(200);
    for (const name of PROXIES) process.env[name] = trap.url;
    for (const status of [200, 301, 302, 303, 307, 308]) {
      for (const method of ['GET', 'POST'] as const) {
        const { url, heard } = await listen(status, status === 200 ? '' : `${trap.url}/v5/elsewhere`);
        const answer = await createTransport(
          url,
          undefined,
        )({
          method,
          target: '/v5/market/time',
          headers: { 'X-BAPI-API-KEY': 'k' },
          body: method === 'POST' ? '{"a":"1"}' : undefined,
          signal: AbortSignal.timeout(10_000),
        });
        assert.deepEqual([answer.status, answer.text], [status, '{"retCode":0}']);
        assert.deepEqual(heard, [`${method} /v5/market/time`]);
      }
    }
    assert.deepEqual(trap.heard, []);
  });
});
