// Loaded before mocha's tests by `npm run test:mutants`: puts a changed text in the place of one compiled file, and lets the
// property tests draw the same cases every time, so that the figures are the same every time.
const { readFileSync } = require('node:fs');
const Module = require('node:module');

const { LOAN_DESK_MUTANT_OF: target, LOAN_DESK_MUTANT: file } = process.env;
const compile = Module.prototype._compile;
Module.prototype._compile = function (content, filename) {
  return compile.call(this, filename === target ? readFileSync(file, 'utf8') : content, filename);
};
require('fast-check').configureGlobal({ seed: 18 });
