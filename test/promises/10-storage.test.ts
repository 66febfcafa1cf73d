import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AlertFile } from '../../src/desk/history/alert-file';
import { ALL, account, alerts, KEPT_ALERT, type Kept, watch } from './kept';
import { fastFolder, pick, report, scaled, seeded } from './scale';

type Random = () => number;
const at = (random: Random, bytes: Buffer) => Math.floor(random() * bytes.length);

/** What happens to files. */
const HARMS: { readonly [name: string]: (bytes: Buffer, random: Random) => Buffer } = {
  'as it was': (bytes) => bytes,
  empty: () => Buffer.alloc(0),
  torn: (bytes, random) => bytes.subarray(0, at(random, bytes)),
  'first part lost': (bytes, random) => bytes.subarray(at(random, bytes)),
  'middle lost': (bytes, random) => {
    const [a, b] = [at(random, bytes), at(random, bytes)].sort((x, y) => x - y) as [number, number];
    return Buffer.concat([bytes.subarray(0, a), bytes.subarray(b)]);
  },
  twice: (bytes) => Buffer.concat([bytes, bytes]),
  'a line twice': (bytes) => Buffer.from(bytes.toString().replace(/(.*\n)/, '$1$1')),
  'a block of NUL': (bytes, random) => {
    const from = at(random, bytes);
    return Buffer.concat([bytes.subarray(0, from), Buffer.alloc(64), bytes.subarray(from + 64)]);
  },
  'NUL behind': (bytes) => Buffer.concat([bytes, Buffer.alloc(4096)]),
  'bits turned': (bytes, random) => {
    const copy = Buffer.from(bytes);
    for (let n = 0; n < 3 && copy.length > 0; n += 1) copy[at(random, copy)] = Math.floor(random() * 256);
    return copy;
  },
  garbage: (_bytes, random) => Buffer.from(Array.from({ length: 300 }, () => Math.floor(random() * 256))),
  'another kind of JSON': (_bytes, random) =>
    Buffer.from(
      pick(random, ['null', '[]', '7', '"x"', '{}', '{"v":1}', '{"v":"1"}', '[{"v":1}]', '{"__proto__":1}']),
    ),
  'a byte order mark': (bytes) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
  'line ends of Windows': (bytes) => Buffer.from(bytes.toString().replaceAll('\n', '\r\n')),
};

/** Whether the bytes are still to be found: in their place (others may follow them), or in a file beside it, plain or as base64. */
function isKept(folder: string, bytes: Buffer): boolean {
  const needles = bytes
    .toString('latin1')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path).toString('latin1'))
    .join('\n');
  return needles.every(
    (line) => all.includes(line) || all.includes(Buffer.from(line, 'latin1').toString('base64')),
  );
}

/** Lines that are read, and may be written anew: everything else of such a file must stay somewhere. */
const READ: { readonly [name: string]: RegExp } = {
  'rate history': /^(loan-desk-rates 1 "BTC"\n)?(\d{9,11}( [a-z\d]+=[\d.]*)+\n)*$/,
  'times of reading': /^(\d{9,11}\n)*$/,
};

/** Whether not all of a file can be read, so that its bytes must be kept: those of others are read, and written anew. */
function isLost({ name }: Kept, bytes: Buffer, told: readonly string[]): boolean {
  const read = READ[name];
  if (read !== undefined) return !read.test(bytes.toString().replaceAll('\r', ''));
  return name === 'journal' || told.length > 0;
}

async function harmed(kept: Kept, bytes: Buffer): Promise<void> {
  const folder = fastFolder();
  try {
    const path = join(folder.path, kept.file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    const told: string[] = [];
    await kept.use(folder.path, (line) => told.push(line));
    // Once more, with what is there now.
    await kept.use(folder.path, () => undefined);
    if (isLost(kept, bytes, told)) assert.ok(isKept(folder.path, bytes), 'not kept');
  } finally {
    folder.remove();
  }
}

describe('what is kept on the disk', function () {
  this.timeout(3_600_000);

  it('always opens and takes new entries, whatever lies there, and nothing is thrown away', async () => {
    const failures: string[] = [];
    let cases = 0;
    const runs = scaled(100);
    for (const kept of ALL) {
      for (const [harm, change] of Object.entries(HARMS)) {
        for (let seed = 0; seed < runs; seed += 1) {
          const random = seeded(cases);
          cases += 1;
          await harmed(kept, change(Buffer.from(kept.good), random)).catch((error) =>
            failures.push(`${kept.name}, ${harm}, seed ${seed}: ${String(error).slice(0, 300)}`),
          );
        }
      }
    }
    report(
      10,
      `${cases} files of ${ALL.length} kinds, harmed in ${Object.keys(HARMS).length} ways`,
      `${failures.length} not opened or not kept`,
    );
    assert.deepEqual(failures.slice(0, 8), []);
  });

  it('is read whole when nothing happened to it', async () => {
    const folder = fastFolder();
    try {
      writeFileSync(join(folder.path, alerts.file), alerts.good);
      assert.deepEqual(await new AlertFile(folder.path, assert.fail).read(), [KEPT_ALERT]);
    } finally {
      folder.remove();
    }
  });

  it('of a version to come is left for it', async () => {
    let versions = 0;
    for (const kept of ALL) {
      const folder = fastFolder();
      try {
        const path = join(folder.path, kept.file);
        mkdirSync(dirname(path), { recursive: true });
        if (kept.newer === undefined) continue;
        writeFileSync(path, kept.newer);
        versions += 1;
        await kept.use(folder.path, () => undefined);
        assert.ok(isKept(folder.path, Buffer.from(kept.newer)), kept.name);
      } finally {
        folder.remove();
      }
    }
    report(10, `${versions} kinds of files of a newer version, all kept`);
  });

  it('set aside a second time does not replace what was set aside first', async () => {
    const folder = fastFolder();
    try {
      for (const kept of [alerts, watch, account]) {
        for (const text of ['first damage', 'second damage', 'third damage']) {
          const path = join(folder.path, kept.file);
          mkdirSync(dirname(path), { recursive: true });
          writeFileSync(path, text);
          await kept.use(folder.path, () => undefined);
        }
        for (const text of ['first damage', 'second damage', 'third damage']) {
          assert.ok(isKept(folder.path, Buffer.from(text)), `${kept.name}: ${text}`);
        }
      }
    } finally {
      folder.remove();
    }
  });

  it('costs one account when its file cannot be read, not the list', async () => {
    const folder = fastFolder();
    try {
      mkdirSync(join(folder.path, 'accounts', 'a-main.json'), { recursive: true });
      const told: string[] = [];
      await account.use(folder.path, (line) => told.push(line));
      assert.equal(told.length, 1, told.join());
    } finally {
      folder.remove();
    }
  });
});
