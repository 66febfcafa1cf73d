import assert from 'node:assert/strict';
import { createLog, requestText } from '../../../src/ui/log';
import { Redactor } from '../../../src/ui/redactor';

function channel() {
  const lines: string[] = [];
  const on = (level: string) => (line: string) => void lines.push(`${level} ${line}`);
  return {
    lines,
    debug: on('debug'),
    info: on('info'),
    warn: on('warn'),
    error: (line: string | Error) => void lines.push(`error ${String(line)}`),
    show: () => undefined,
  };
}

describe('the log', () => {
  it('writes each line at its level, without what it must not hold', () => {
    const redactor = new Redactor();
    redactor.add('s3cretValue');
    const out = channel();
    const log = createLog(out, redactor);
    log.debug('a');
    log.info('b s3cretValue');
    log.warn('X-BAPI-SIGN: 0123abcd');
    log.error('c:', new Error('of s3cretValue'));
    log.error('d');
    assert.deepEqual(out.lines.slice(0, 3), ['debug a', 'info b …', 'warn X-BAPI-SIGN: …']);
    assert.match(out.lines[3] ?? '', /^error c: Error: of …\n/);
    assert.equal(out.lines[4], 'error d');
  });

  it('is silent when its channel was closed', () => {
    const out = channel();
    out.warn = () => {
      throw new Error('Channel has been closed');
    };
    createLog(out, new Redactor()).warn('too late');
    assert.deepEqual(out.lines, []);
  });

  it('tells a request in one line', () => {
    const request = { id: 4, endpoint: 'getLoanPosition', method: 'GET', path: '/v5/x' };
    assert.equal(
      requestText({ ...request, httpStatus: 200, retCode: 0, ms: 31.4 }),
      '#4 getLoanPosition GET /v5/x, HTTP 200, retCode 0, 31 ms',
    );
    assert.equal(
      requestText({ ...request, ms: 9, note: 'ECONNRESET' }),
      '#4 getLoanPosition GET /v5/x, no answer, 9 ms, ECONNRESET',
    );
  });
});
