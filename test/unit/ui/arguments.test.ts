import assert from 'node:assert/strict';
import fc from 'fast-check';
import { subjectOf } from '../../../src/ui/arguments';

describe('arguments of commands', () => {
  it('takes the subject of a row and of a plain object', () => {
    const subject = {
      coin: 'BTC',
      amount: '0.1',
      term: '30',
      direction: 'add',
      sold: 'ETH',
      operationId: 'o-1',
      accountId: 'a-1',
    };
    assert.deepEqual(subjectOf([{ id: 'row', label: 'BTC', about: subject }]), subject);
    assert.deepEqual(subjectOf([subject, 'ignored']), subject);
  });

  it('leaves out what does not belong to a subject', () => {
    assert.deepEqual(subjectOf([{ coin: 'BTC', host: 'evil.example', confirmed: true }]), { coin: 'BTC' });
  });

  it('takes nothing of an argument of another shape', () => {
    const wrong: readonly unknown[] = [
      undefined,
      null,
      'BTC',
      7,
      { coin: '' },
      { coin: 1 },
      { coin: 'BTC', amount: '1e400' },
      { coin: 'BTC', amount: '0x10' },
      { coin: 'BTC', direction: 'withdraw' },
      { coin: 'BTC', sold: 1 },
      { coin: 'BTC', term: '31' },
      { coin: 'BTC', term: 30 },
      { about: null },
      { about: { coin: 'B'.repeat(401) } },
    ];
    for (const argument of wrong) assert.deepEqual(subjectOf([argument]), {}, JSON.stringify(argument));
  });

  it('never throws and never gives anything but texts, whatever it is handed', () => {
    fc.assert(
      fc.property(fc.array(fc.anything()), (args) => {
        const subject = subjectOf(args);
        assert.ok(Object.values(subject).every((value) => typeof value === 'string'));
      }),
    );
  });
});
