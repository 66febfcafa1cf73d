// Required by mocha in every process of a run: a rejection that nobody handles fails the test in which it comes. Mocha alone
// hands it on to whoever else listens, and says nothing where nobody does.
process.on('unhandledRejection', (reason) => {
  throw reason instanceof Error ? reason : new Error(`Rejected and not handled: ${String(reason)}`);
});
