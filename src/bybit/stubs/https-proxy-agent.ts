/**
 * Stands in for the proxy tunnel of axios. The client uses none (`proxy: false`): VS Code patches Node's own https for the
 * proxies of its settings. See esbuild.js.
 */
export class HttpsProxyAgent {
  constructor() {
    throw new Error('Proxies are set in VS Code.');
  }
}
// axios imports the package by its default export.
// biome-ignore lint/style/noDefaultExport: the shape of the package it replaces
export default HttpsProxyAgent;
