import { setMaxListeners } from 'node:events';
import * as vscode from 'vscode';
import { byCount, words } from '../../bybit/words';
import { countText } from '../../desk/locale';
import { recordsCsv } from '../../desk/records/export';
import { passes, type RecordFilter } from '../../desk/records/filter';
import { RecordReader } from '../../desk/records/reader';
import { RECORD_SOURCES } from '../../desk/records/sources';
import {
  parseRecordsPageMessage,
  type RecordsHostMessage,
  type RecordsPageMessage,
} from '../../webview/records-contract';
import { dispatch, type Handlers } from '../../webview/wire';
import { exportName } from '../file-name';
import type { Asker } from '../flow/asker';
import { translate } from '../l10n';
import type { Log } from '../log';
import type { PrivacyMode } from '../privacy-mode';
import type { Session, Sessions } from '../session';
import { type Reading, recordsModel } from './records-model';
import { saveFile } from './save-file';
import { copyText } from './sheet-export';
import { WebviewPage } from './webview-page';

/** Entries that are enough for a first look. */
const FIRST_ENTRIES = 50;

export interface RecordsPanelOptions {
  readonly extensionUri: vscode.Uri;
  readonly sessions: Sessions;
  readonly privacy: Pick<PrivacyMode, 'isOn'>;
  readonly asker: Asker;
  readonly log: Log;
}

/** Reads the histories of the account that is shown, page by page, as far as somebody looks. */
export class RecordsPanel implements vscode.Disposable {
  readonly #options: RecordsPanelOptions;
  readonly #page: WebviewPage<RecordsHostMessage, RecordsPageMessage>;
  readonly #listener: vscode.Disposable;
  #isReady = false;
  /** What is read, of which desk. */
  #shelf:
    | {
        reading: Reading;
        readonly reader: RecordReader;
        readonly desk: unknown;
        readonly ended: AbortController;
      }
    | undefined;
  #areAmountsHidden: boolean;

  readonly #handlers: Handlers<RecordsPageMessage> = {
    ready: () => {
      this.#isReady = true;
      this.#page.send({ type: 'start', locale: vscode.env.language, strings: vscode.l10n.bundle ?? {} });
      this.#follow();
      this.#draw();
    },
    more: ({ all }) => this.#more(all ? Number.POSITIVE_INFINITY : 1),
    again: () => {
      this.#begin(this.#options.sessions.current);
    },
    wayOn: ({ way }) => vscode.commands.executeCommand(`loanDesk.${way}`),
    copy: ({ text }) => copyText(text),
    export: ({ filter }) => this.#export(filter),
  };

  constructor(panel: vscode.WebviewPanel, options: RecordsPanelOptions) {
    this.#options = options;
    this.#areAmountsHidden = options.privacy.isOn;
    this.#page = new WebviewPage({
      panel,
      extensionUri: options.extensionUri,
      bundle: 'records',
      parse: parseRecordsPageMessage,
      receive: (message) => dispatch(this.#handlers, message),
      onVisible: (visible) => {
        if (!visible) this.#isReady = false;
      },
      log: options.log,
    });
    this.#listener = options.sessions.onDidChange(() => this.#follow());
  }

  dispose(): void {
    this.#shelf?.ended.abort();
    this.#listener.dispose();
    this.#page.dispose();
  }

  /** Begins anew when the window shows another account; a poll of the same one changes nothing here. */
  #follow(): void {
    const { sessions, privacy } = this.#options;
    const { current } = sessions;
    const desk = current.kind === 'account' ? current.desk : undefined;
    if (this.#shelf?.desk !== desk) {
      this.#begin(current);
    } else if (desk === undefined || privacy.isOn !== this.#areAmountsHidden) {
      this.#areAmountsHidden = privacy.isOn;
      this.#draw();
    }
  }

  #begin(session: Session): void {
    this.#shelf?.ended.abort();
    this.#shelf = undefined;
    if (session.kind === 'account') {
      const { desk } = session;
      const ended = new AbortController();
      // All histories are read at once and end with it, which are more than Node takes for no leak.
      setMaxListeners(0, ended.signal);
      const reader = new RecordReader({
        sources: RECORD_SOURCES,
        ask: (question, signal) => desk.ask(question, signal),
        locale: vscode.env.language,
      });
      this.#shelf = { reader, desk, ended, reading: { reader, isReading: false, readAt: Date.now() } };
      void this.#more(FIRST_ENTRIES);
    }
    this.#draw();
  }

  /** Reads on until there are so many entries more, or to the end. Never rejects. */
  async #more(entries: number): Promise<void> {
    const shelf = this.#shelf;
    if (shelf === undefined || shelf.reading.isReading) return;
    const { reader, ended } = shelf;
    const enough = reader.records.length + entries;
    const set = (isReading: boolean) => {
      shelf.reading = { ...shelf.reading, isReading };
      if (this.#shelf === shelf) this.#draw();
    };
    try {
      do {
        set(true);
        await reader.more(ended.signal);
      } while (
        !ended.signal.aborted &&
        reader.failures.length === 0 &&
        !reader.isComplete &&
        reader.records.length < enough
      );
    } catch (error) {
      this.#options.log.error('records page: not read:', error);
    } finally {
      set(false);
    }
  }

  #draw(): void {
    if (!this.#isReady) return;
    const { sessions } = this.#options;
    this.#page.send({
      type: 'records',
      state: recordsModel(sessions.current, this.#shelf?.reading, this.#areAmountsHidden, translate),
    });
  }

  async #export(filter: RecordFilter): Promise<void> {
    const session = this.#options.sessions.current;
    const shelf = this.#shelf;
    if (session.kind !== 'account' || shelf === undefined) return;
    const { account } = session;
    const records = shelf.reader.records.filter(passes(filter));
    await saveFile({
      title: vscode.l10n.t('Save the History of {0}', account.label),
      name: exportName('history', account.label, 'csv', Date.now()),
      text: () => recordsCsv(records, account),
      done: byCount(
        records.length,
        words('1 entry was saved.'),
        words('{0} entries were saved.', countText(records.length, vscode.env.language)),
      ),
      asker: this.#options.asker,
    });
  }
}
