import assert from 'node:assert/strict';
import { plain } from '../../../src/bybit/words';
import { PrivacyMode } from '../../../src/ui/privacy-mode';

describe('the command that hides and shows amounts', () => {
  it('says what it did, once it is done', async () => {
    const kept = new Map<string, unknown>();
    const told: string[] = [];
    const memento = {
      get: (key: string) => kept.get(key),
      update: async (key: string, value: unknown) => void kept.set(key, value),
    };
    const privacy = new PrivacyMode(
      memento as never,
      () => told.push('drawn'),
      (sentence) => told.push(plain(sentence)),
    );
    await privacy.toggle();
    await privacy.toggle();
    assert.deepEqual(told, ['drawn', 'Amounts are hidden.', 'drawn', 'Amounts are shown.']);
    assert.equal(privacy.isOn, false);
  });
});
