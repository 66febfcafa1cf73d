import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pageHtml } from '../../src/ui/panels/html';

const NONCE = 'test-nonce-0123456789';
export const SESSION = 'test-session-0123456789';
/** The part of VS Code: hands over its api, and keeps what the page sends. */
const FAKE_HOST = `
window.sent = [];
window.violations = [];
addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective + ' ' + event.blockedURI));
window.acquireVsCodeApi = () => ({
  postMessage: (message) => window.sent.push(message),
  getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
  setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
});`;

const TYPES = new Map([
  ['js', 'text/javascript'],
  ['css', 'text/css'],
]);

export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves dist/webview and a document of the same function and policy as in VS Code, on loopback. */
export async function servePages(bundle: string, style = 'panel'): Promise<PageServer> {
  let origin = '';
  const server: Server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', origin).pathname;
    if (path === '/') {
      const html = pageHtml({
        cspSource: origin,
        nonce: NONCE,
        session: SESSION,
        scriptUri: `${origin}/${bundle}.js`,
        styleUri: `${origin}/${style}.css`,
        title: 'Loan Rates',
        language: 'en',
      });
      const host = `<script nonce="${NONCE}">${FAKE_HOST}</script>`;
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(html.replace('<div id="page">', `${host}<div id="page">`));
      return;
    }
    const name = /^\/([a-z-]+)\.(js|css)$/.exec(path);
    if (name === null) {
      response.statusCode = 404;
      response.end();
      return;
    }
    response.setHeader('content-type', TYPES.get(name[2] ?? '') ?? 'text/plain');
    response.end(readFileSync(join('dist', 'webview', `${name[1]}.${name[2]}`)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${origin}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
