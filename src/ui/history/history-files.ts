import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { byCount, type Words, words } from '../../bybit/words';
import { TooLargeError } from '../../desk/history/export-file';
import type { Imported } from '../../desk/history/import';
import { readImport } from '../../desk/history/import';
import type { Source } from '../../desk/history/place';
import { countText } from '../../desk/locale';
import { utcIso } from '../../desk/utc';
import { environmentWords } from '../accounts/account-words';
import type { Asker } from '../flow/asker';
import { askSingle } from '../flow/single';
import { translate } from '../l10n';
import type { Log } from '../log';
import type { Sessions } from '../session';
import { verbatim } from '../tree/row';
import { MOST_ELSEWHERE, piecesOf, savePieces } from './file-pieces';
import type { HistoryService, ShownHistory } from './history-service';
import { type HistoryFormat, type HistoryPiece, hasRows, historyPieces } from './history-text';

export interface HistoryFilesOptions {
  readonly service: Pick<HistoryService, 'shown' | 'changed'>;
  readonly sessions: Pick<Sessions, 'ready'>;
  readonly asker: Asker;
  readonly log: Log;
  /** Local epoch milliseconds. */
  readonly now: () => number;
}

/** Saves what is recorded of the rates that are shown. A failure is told, and leaves the file that was there. */
export async function exportHistory(options: HistoryFilesOptions): Promise<void> {
  const { asker, log, now } = options;
  const shown = await shownOrTold(options);
  if (shown === undefined) return;
  const { source, store } = shown;
  const title = words('Export the Rate History of {0}', nameOf(source));
  const format = await askFormat(title, asker);
  const pieces = () => historyPieces(source, store, format);
  if (!(await asker.during(title, () => hasRows(pieces())))) {
    await tell(asker, 'info', words('Nothing is recorded yet: the first rates are, within minutes.'));
    return;
  }
  const file = await vscode.window.showSaveDialog({
    title: translate(title),
    defaultUri: vscode.Uri.file(join(homedir(), fileNameFor(source, format, now()))),
    filters: format === 'csv' ? { CSV: ['csv'] } : { 'JSON Lines': ['jsonl'] },
  });
  if (file === undefined) return;
  try {
    const rows = await asker.during(title, () => saved(file, pieces()));
    await tell(
      asker,
      'info',
      byCount(
        rows,
        words('1 line was saved to {0}.', file.fsPath),
        words('{0} lines were saved to {1}.', counted(rows), file.fsPath),
      ),
    );
  } catch (error) {
    log.warn(`history: not exported: ${String(error).slice(0, 200)}`);
    await tell(asker, 'error', unsavedWords(error));
  }
}

/** How many lines there are. */
async function saved(file: vscode.Uri, pieces: AsyncIterable<HistoryPiece>): Promise<number> {
  let count = 0;
  const texts = async function* () {
    for await (const { text, rows } of pieces) {
      yield text;
      count += rows;
    }
  };
  await savePieces(file, texts());
  return count;
}

function unsavedWords(error: unknown): Words {
  return error instanceof TooLargeError
    ? words(
        'The file would be larger than {0} MB, which can be written to a folder of this machine only.',
        String(MOST_ELSEWHERE / 1_000_000),
      )
    : words('The file could not be written; if there was one before, it is unchanged. The log has more.');
}

/** Takes rates of a file into the history that is shown, checked line by line; what was recorded here stands. */
export async function importHistory(options: HistoryFilesOptions): Promise<void> {
  const { asker, now, service } = options;
  const shown = await shownOrTold(options);
  if (shown === undefined) return;
  const { source, store } = shown;
  const title = words('Import into the Rate History of {0}', nameOf(source));
  const [file] =
    (await vscode.window.showOpenDialog({
      title: translate(title),
      filters: { 'CSV, JSON Lines': ['csv', 'jsonl', 'json', 'txt'] },
    })) ?? [];
  if (file === undefined) return;
  const imported = await asker.during(title, async () => {
    const read = await readImport(() => piecesOf(file), now(), source.environment);
    if (read.taken > 0) await shown.write(() => store.fold(read.foreign(), read.covered));
    return read;
  });
  service.changed();
  await tellImported(imported, asker);
}

const counted = (count: number) => countText(count, vscode.env.language);

function takenWords(lines: number, coins: number): Words {
  if (coins === 1)
    return byCount(
      lines,
      words('1 line about 1 coin was taken in.'),
      words('{0} lines about 1 coin were taken in.', counted(lines)),
    );
  return words('{0} lines about {1} coins were taken in.', counted(lines), counted(coins));
}

async function tellImported(imported: Imported, asker: Asker): Promise<void> {
  const { taken, refused, coins } = imported;
  const answer = await asker.say<'lines'>({
    severity: refused === 0 && taken > 0 ? 'info' : 'warning',
    words: [
      takenWords(taken, coins.size),
      ...(taken === 0
        ? []
        : [
            byCount(
              taken,
              words('It fills a time at which nothing was recorded here.'),
              words('They fill times at which nothing was recorded here.'),
            ),
          ]),
      ...(refused === 0
        ? []
        : [
            byCount(
              refused,
              words('1 line was refused.'),
              words('{0} lines were refused.', counted(refused)),
            ),
          ]),
    ],
    actions: refused === 0 ? [] : [{ id: 'lines', label: words('Show Why') }],
  });
  if (answer !== 'lines') return;
  const content = refusalText(imported, translate);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content }));
}

/** The refused lines with their reasons, as many as were kept, and how many more there are. */
export function refusalText({ reasons, refused }: Imported, say: (sentence: Words) => string): string {
  const lines = reasons.map(({ line, why }) => say(words('Line {0}: {1}', String(line), say(why))));
  const more = refused - reasons.length;
  return [...lines, ...(more > 0 ? [say(words('… and {0} more', String(more)))] : [])].join('\n');
}

/** Tells why there is no history where none is. */
async function shownOrTold({
  service,
  sessions,
  asker,
}: HistoryFilesOptions): Promise<ShownHistory | undefined> {
  await sessions.ready();
  const { shown } = service;
  if (shown !== undefined) return shown;
  await tell(asker, 'info', words('Rates are not known yet. Try again in a moment.'));
  return undefined;
}

/** "Mainnet · api.bybit.com · VIP0"; the paper exchange has no address. */
function nameOf({ environment, host, vipLevel }: Source): string {
  const where = translate(environmentWords(environment));
  return environment === 'paper' ? where : [where, host, vipLevel].join(' · ');
}

async function askFormat(title: Words, asker: Asker): Promise<HistoryFormat> {
  return await askSingle<HistoryFormat>(
    title,
    {
      placeholder: words('What is the file for?'),
      choices: () => [
        {
          value: 'csv',
          label: words('Table (CSV)'),
          detail: words('One line a rate with the times between which it held, for a spreadsheet.'),
        },
        {
          value: 'jsonl',
          label: verbatim('JSON Lines'),
          detail: words('The same, an object a line, for programs.'),
        },
      ],
    },
    asker,
  );
}

async function tell(asker: Asker, severity: 'info' | 'error', sentence: Words): Promise<void> {
  await asker.say({ severity, words: [sentence], actions: [] });
}

function fileNameFor({ environment, vipLevel }: Source, format: HistoryFormat, now: number): string {
  return `loan-desk-rates-${environment}-${vipLevel}-${utcIso(now).slice(0, 10)}.${format}`;
}
