import { Link } from './link';
import { parsePositionHostMessage } from './position-contract';
import { PositionPage } from './position-page';

const root = document.getElementById('page');
const session = document.body.dataset['session'];
if (root !== null && session !== undefined) {
  new PositionPage(root, new Link(session, parsePositionHostMessage)).begin();
}

// Without an export it would be bundled as a script of CommonJS, each of its modules in a wrapper of its own.
// biome-ignore lint/complexity/noUselessEmptyExport: what it is bundled as
export {};
