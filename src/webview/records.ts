import { Link } from './link';
import { parseRecordsHostMessage } from './records-contract';
import { RecordsPage } from './records-page';

const root = document.getElementById('page');
const session = document.body.dataset['session'];
if (root !== null && session !== undefined) {
  new RecordsPage(root, new Link(session, parseRecordsHostMessage)).begin();
}

// Without an export it would be bundled as a script of CommonJS, each of its modules in a wrapper of its own.
// biome-ignore lint/complexity/noUselessEmptyExport: what it is bundled as
export {};
