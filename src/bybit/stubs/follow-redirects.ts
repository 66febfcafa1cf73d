function refuse(): never {
  throw new Error('Requests of the desk follow no redirect.');
}
/**
 * Stands in for the package that axios follows redirects with. The client forbids them (`maxRedirects: 0`); in the bundle the
 * code that could take a signed request to another host is not there at all. See esbuild.js.
 */
// axios imports the package by its default export.
// biome-ignore lint/style/noDefaultExport: the shape of the package it replaces
export default { http: { request: refuse }, https: { request: refuse } };
