import assert from 'node:assert/strict';
import { contentPolicy, pageHtml } from '../../../../src/ui/panels/html';

describe('the document of a panel', () => {
  const OPTIONS = {
    cspSource: 'https://source',
    nonce: 'abc',
    session: 's"1',
    scriptUri: 'https://source/rates.js?a=1&b="2"',
    styleUri: 'https://source/panel.css',
    title: '<img src=x onerror=alert(1)>',
    language: 'en"><script>',
  };

  it('allows one script, our styles, fonts and pictures, and nothing else', () => {
    assert.equal(
      contentPolicy(OPTIONS),
      "default-src 'none'; script-src 'nonce-abc'; style-src https://source; font-src https://source; img-src https://source; form-action 'none'; base-uri 'none'",
    );
  });

  it('holds no inline script or style, and escapes what it is given', () => {
    const html = pageHtml(OPTIONS);
    assert.equal(html.match(/<script/g)?.length, 1);
    assert.match(
      html,
      /<script nonce="abc" src="https:\/\/source\/rates.js\?a=1&amp;b=&quot;2&quot;"><\/script>/,
    );
    assert.doesNotMatch(html, /<img|style=|onerror=alert\(1\)>|<style/);
    assert.match(html, /data-session="s&quot;1"/);
  });
});
