const { writeFileSync } = require('node:fs');
const Mocha = require('mocha');

/** The most of one failure's message that is kept: the end of a long log is where somebody reads it. */
const MESSAGE = 1200;

/**
 * Mocha's spec reporter that also leaves its counts, and the names and messages of what failed, in the file
 * LOAN_DESK_REPORT names, for `npm test` to add up and to say once more at its end.
 */
module.exports = class Counting extends Mocha.reporters.Spec {
  /**
   * @param {Mocha.Runner} runner
   * @param {Mocha.MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    /** @type {{ title: string, message: string }[]} */
    const failed = [];
    runner.on(Mocha.Runner.constants.EVENT_TEST_FAIL, (test, error) => {
      failed.push({
        title: test.titlePath().join(' › '),
        message: String(error?.message ?? error).slice(0, MESSAGE),
      });
    });
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const report = process.env['LOAN_DESK_REPORT'];
      if (report === undefined) return;
      const { passes, failures, pending } = this.stats;
      writeFileSync(
        report,
        JSON.stringify({ passed: passes, failed: failures, skipped: pending, names: failed }),
      );
    });
  }
};
