import { parseHostMessage } from './contract';
import { Link } from './link';
import { Page } from './page';

const root = document.getElementById('page');
const script = document.currentScript;
const session = document.body.dataset['session'];
if (root !== null && session !== undefined && script instanceof HTMLScriptElement) {
  new Page(root, new Link(session, parseHostMessage), { src: script.src, nonce: script.nonce ?? '' }).begin();
}

// Without an export it would be bundled as a script of CommonJS, each of its modules in a wrapper of its own.
// biome-ignore lint/complexity/noUselessEmptyExport: what it is bundled as
export {};
