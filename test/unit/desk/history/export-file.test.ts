import assert from 'node:assert/strict';
import { lstatSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TooLargeError, wholeOf, writePieces } from '../../../../src/desk/history/export-file';
import { temporaryFolder } from '../bench';

describe('a file written in pieces', () => {
  const folder = temporaryFolder();
  const file = join(folder.path, 'out.csv');
  after(() => folder.remove());
  afterEach(() => {
    for (const name of readdirSync(folder.path)) rmSync(join(folder.path, name));
  });

  it('is whole, and each piece was on its way before the next was made', async () => {
    const sizes: number[] = [];
    async function* pieces() {
      for (const piece of ['a', 'ß', '💥', 'd'.repeat(100_000)]) {
        const [fresh] = readdirSync(folder.path);
        sizes.push(fresh === undefined ? 0 : statSync(join(folder.path, fresh)).size);
        yield piece;
      }
    }
    await writePieces(file, pieces());
    assert.deepEqual(sizes, [0, 1, 3, 7]);
    assert.equal(readFileSync(file, 'utf8'), `aß💥${'d'.repeat(100_000)}`);
    assert.deepEqual(readdirSync(folder.path), ['out.csv']);
  });

  it('is what it was where the next piece cannot be had', async () => {
    writeFileSync(file, 'old', { mode: 0o600 });
    async function* broken() {
      yield 'new';
      throw new Error('EIO');
    }
    await assert.rejects(writePieces(file, broken()), /EIO/);
    assert.equal(readFileSync(file, 'utf8'), 'old');
    assert.deepEqual(readdirSync(folder.path), ['out.csv']);
    await writePieces(file, ['new']);
    assert.equal(readFileSync(file, 'utf8'), 'new');
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600, 'who may read it');
  });

  it('is not there where its folder is not', async () => {
    await assert.rejects(writePieces(join(folder.path, 'none', 'out.csv'), ['new']), /ENOENT/);
    assert.deepEqual(readdirSync(folder.path), []);
  });

  it('keeps the link that leads to it', async function () {
    if (process.platform === 'win32') this.skip();
    const link = join(folder.path, 'link.csv');
    writeFileSync(file, 'old');
    symlinkSync(file, link);
    await writePieces(link, ['new']);
    assert.ok(lstatSync(link).isSymbolicLink());
    assert.equal(readFileSync(file, 'utf8'), 'new');
  });

  it('is held whole up to a bound only', async () => {
    let made = 0;
    function* pieces() {
      for (;;) {
        made += 1;
        yield 'ßß';
      }
    }
    await assert.rejects(wholeOf(pieces(), 10), TooLargeError);
    assert.equal(made, 3, 'nothing is made beyond it');
    assert.deepEqual(Buffer.from(await wholeOf(['ß', 'x'], 3)).toString(), 'ßx');
  });
});
