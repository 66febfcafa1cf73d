/** Stands in for the multipart package that axios would bundle; this API knows JSON only. See esbuild.js. */
export class FormData {
  constructor() {
    throw new Error('Multipart bodies are not part of the Bybit loan API.');
  }
}
// axios imports the package by its default export.
// biome-ignore lint/style/noDefaultExport: the shape of the package it replaces
export default FormData;
