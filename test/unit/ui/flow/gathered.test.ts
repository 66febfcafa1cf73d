import assert from 'node:assert/strict';
import { Gathered } from '../../../../src/ui/flow/gathered';

describe('work that is asked for again and again', () => {
  /** Counts, and waits for a count. */
  class Work {
    done = 0;
    #waiting: (() => void) | undefined;

    readonly run = () => {
      this.done += 1;
      this.#waiting?.();
    };

    next(): Promise<void> {
      return new Promise((resolve) => {
        this.#waiting = resolve;
      });
    }
  }

  it('is done at once, and once more for all that was asked meanwhile', async () => {
    const work = new Work();
    const gathered = new Gathered(work.run);
    gathered.ask();
    assert.equal(work.done, 1);
    for (let n = 0; n < 40; n += 1) gathered.ask();
    assert.equal(work.done, 1);
    await work.next();
    assert.equal(work.done, 2);
    for (let n = 0; n < 40; n += 1) gathered.ask();
    await work.next();
    assert.equal(work.done, 3);
    gathered.dispose();
  });

  it('is not done any more once nobody wants it', async () => {
    const [work, other] = [new Work(), new Work()];
    const [gathered, beside] = [new Gathered(work.run), new Gathered(other.run)];
    for (const one of [gathered, beside]) {
      one.ask();
      one.ask();
    }
    gathered.dispose();
    await other.next();
    assert.equal(work.done, 1);
    beside.dispose();
  });
});
