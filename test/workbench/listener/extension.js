// Beside the desk in its extension host: notes every line that is written to an output channel by an extension that is loaded
// after it, at whatever level, in the file that LISTENED names. The hosts of the tests have no native spdlog, without which VS Code
// writes no log file.
const { appendFileSync } = require('node:fs');
const Module = require('node:module');

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'append', 'appendLine', 'replace'];

/** @param {string} line */
const note = (line) => appendFileSync(String(process.env['LISTENED']), `${line}\n`);

/** @param {import('vscode').LogOutputChannel} channel */
function heard(channel) {
  return new Proxy(channel, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (!LEVELS.includes(String(name))) return value;
      return (/** @type {unknown[]} */ ...said) => {
        note(`${target.name} ${String(name)} ${said.map(String).join(' ')}`);
        return Reflect.apply(value, target, said);
      };
    },
  });
}

exports.activate = () => {
  const loader = /** @type {any} */ (Module);
  const load = loader._load;
  loader._load = function (/** @type {string} */ request, /** @type {unknown[]} */ ...rest) {
    const loaded = Reflect.apply(load, this, [request, ...rest]);
    if (request !== 'vscode') return loaded;
    const createOutputChannel = (/** @type {unknown[]} */ ...given) =>
      heard(loaded.window.createOutputChannel(...given));
    const window = Object.create(loaded.window, { createOutputChannel: { value: createOutputChannel } });
    return Object.create(loaded, { window: { value: window } });
  };
  note('listening');
};
