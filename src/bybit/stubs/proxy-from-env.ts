/** Stands in for the package that reads proxies from the environment; axios is told to use none. See esbuild.js. */
export function getProxyForUrl(): string {
  return '';
}
