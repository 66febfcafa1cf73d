import assert from 'node:assert/strict';
import type { Topic } from '../../../../src/desk/market/topic';
import { TopicWatch } from '../../../../src/ui/panels/topic-watch';

function topic(key: string): Topic<unknown> {
  return { key, life: 1, read: async () => undefined };
}

/** A desk that says which topics are watched. */
function desk() {
  const watched: string[] = [];
  return {
    watched,
    market: {
      part: () => assert.fail('nothing is asked'),
      refresh: () => assert.fail('nothing is read'),
      watch: ({ key }: Topic<unknown>) => {
        watched.push(key);
        return () => watched.splice(watched.indexOf(key), 1);
      },
    },
  };
}

describe('the topics that a panel looks at', () => {
  it('are watched as long as they are asked for, each once', () => {
    const watch = new TopicWatch();
    const own = desk();
    watch.follow(own, [topic('a'), topic('b')]);
    watch.follow(own, [topic('b'), topic('c')]);
    assert.deepEqual(own.watched, ['b', 'c']);
    watch.dispose();
    assert.deepEqual(own.watched, []);
  });

  it('follow the desk that is shown', () => {
    const watch = new TopicWatch();
    const [first, second] = [desk(), desk()];
    watch.follow(first, [topic('a')]);
    watch.follow(second, [topic('a')]);
    assert.deepEqual([first.watched, second.watched], [[], ['a']]);
    watch.follow(undefined, [topic('a')]);
    assert.deepEqual(second.watched, []);
  });
});
