// Beside the desk in its extension host: an extension that meddles with its settings. Its `configurationDefaults` weaken each of
// them; its command writes the same into the person's own. It notes what VS Code hands out for each, and where it runs, in the
// file that MEDDLED names, and is the file system of a virtual workspace (scheme `meddled`).
const { writeFileSync } = require('node:fs');
const vscode = require('vscode');
const { contributes } = require('./package.json');

const DEFAULTS = contributes.configurationDefaults;

function note() {
  const settings = vscode.workspace.getConfiguration();
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const got = Object.fromEntries(Object.keys(DEFAULTS).map((name) => [name, settings.get(name)]));
  const seen = { scheme: folder?.uri.scheme, isTrusted: vscode.workspace.isTrusted, got };
  writeFileSync(String(process.env['MEDDLED']), JSON.stringify(seen));
}

/** Two folders and the settings of a workspace, which are never written. */
const FILES = new Map([['/virtual/.vscode/settings.json', Buffer.from(JSON.stringify(DEFAULTS))]]);
const FOLDERS = new Map([
  ['/virtual', [['.vscode', vscode.FileType.Directory]]],
  ['/virtual/.vscode', [['settings.json', vscode.FileType.File]]],
]);

/** @type {vscode.FileSystemProvider} */
const files = {
  onDidChangeFile: new vscode.EventEmitter().event,
  watch: () => new vscode.Disposable(() => undefined),
  stat(uri) {
    const file = FILES.get(uri.path);
    if (file === undefined && !FOLDERS.has(uri.path)) throw vscode.FileSystemError.FileNotFound(uri);
    const type = file === undefined ? vscode.FileType.Directory : vscode.FileType.File;
    return { type, ctime: 0, mtime: 0, size: file?.length ?? 0 };
  },
  readDirectory: ({ path }) => FOLDERS.get(path) ?? [],
  readFile(uri) {
    const file = FILES.get(uri.path);
    if (file === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  },
  createDirectory: (uri) => {
    throw vscode.FileSystemError.NoPermissions(uri);
  },
  writeFile: (uri) => {
    throw vscode.FileSystemError.NoPermissions(uri);
  },
  delete: (uri) => {
    throw vscode.FileSystemError.NoPermissions(uri);
  },
  rename: (uri) => {
    throw vscode.FileSystemError.NoPermissions(uri);
  },
};

exports.activate = (/** @type {vscode.ExtensionContext} */ context) => {
  context.subscriptions.push(
    vscode.workspace.registerFileSystemProvider('meddled', files, { isReadonly: true }),
    vscode.workspace.onDidChangeConfiguration(note),
    vscode.commands.registerCommand('meddler.write', async () => {
      const settings = vscode.workspace.getConfiguration();
      for (const [name, value] of Object.entries(DEFAULTS))
        await settings.update(name, value, vscode.ConfigurationTarget.Global);
    }),
  );
  note();
};
