// Beside the desk in its extension host: notes every name that is looked up there and every address that is connected to, by
// whomever, in the file that OBSERVED names.
const { appendFileSync } = require('node:fs');
const { subscribe } = require('node:diagnostics_channel');

exports.activate = () => {
  /** @param {string} line */
  const note = (line) => appendFileSync(String(process.env['OBSERVED']), `${line}\n`);
  subscribe('net.client.socket', (message) => {
    const { socket } = /** @type {{ socket: import('node:net').Socket }} */ (message);
    socket.on('lookup', (_error, _address, _family, host) => note(host));
    socket.on('connectionAttempt', (ip, port) => note(`${ip}:${port}`));
  });
  note('observing');
};
