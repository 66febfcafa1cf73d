import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Lock {
  packages: Record<
    string,
    {
      resolved?: string;
      dev?: boolean;
      license?: string;
      optionalDependencies?: Record<string, string>;
    }
  >;
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

/** Nothing of this machine in the lockfile; what is bundled is looked at in test/promises/19-provenance.test.ts. */
describe('the package', () => {
  const lock = read<Lock>('package-lock.json');
  const runtime = Object.entries(lock.packages).filter(([path, facts]) => path !== '' && facts.dev !== true);

  it('locks without download addresses', () => {
    assert.deepEqual(
      Object.entries(lock.packages).filter(([, facts]) => facts.resolved?.startsWith('http')),
      [],
    );
  });

  /** npm leaves out of a new lockfile what the registry at hand lacks; `npm ci` then fails everywhere. */
  it('locks the optional packages of every platform', () => {
    const missing = Object.values(lock.packages)
      .flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
      .filter((name) => !Object.keys(lock.packages).some((path) => path.endsWith(`node_modules/${name}`)));
    assert.deepEqual(missing, []);
  });

  it('bundles only packages under permissive licences', () => {
    const allowed = new Set(['MIT', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'Apache-2.0', '0BSD']);
    assert.deepEqual(
      runtime.filter(([, facts]) => !allowed.has(facts.license ?? 'none')).map(([path]) => path),
      [],
    );
  });

  it('keeps every source file small', () => {
    const long = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .filter((file) => readFileSync(join('src', file), 'utf8').split('\n').length > 400);
    assert.deepEqual(long, []);
  });
});
