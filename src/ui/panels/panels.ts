import * as vscode from 'vscode';
import type { PositionPanel, PositionPanelOptions } from './position-panel';
import type { RatesPanel, RatesPanelOptions } from './rates-panel';
import type { RecordsPanel, RecordsPanelOptions } from './records-panel';
import { SinglePanel } from './single-panel';

/** What each panel is given; asked for when one is made. */
export interface PanelsOptions {
  readonly extensionUri: vscode.Uri;
  readonly rates: () => Promise<RatesPanelOptions>;
  readonly records: () => Promise<RecordsPanelOptions>;
  readonly position: () => Promise<PositionPanelOptions>;
}

export interface Panels extends vscode.Disposable {
  readonly rates: SinglePanel<RatesPanel>;
  readonly records: SinglePanel<RecordsPanel>;
  readonly position: SinglePanel<PositionPanel>;
}

/** The panels of a window, at most one of each kind. The code of one is loaded when it is first shown. */
export function panels({ extensionUri, ...options }: PanelsOptions): Panels {
  const rates = new SinglePanel<RatesPanel>({
    type: 'loanDesk.rates',
    title: () => vscode.l10n.t('Loan Rates'),
    icon: 'rates',
    extensionUri,
    load: async () => {
      const [given, { RatesPanel }] = await Promise.all([options.rates(), import('./rates-panel')]);
      return (panel) => new RatesPanel(panel, given);
    },
  });
  const records = new SinglePanel<RecordsPanel>({
    type: 'loanDesk.records',
    title: () => vscode.l10n.t('Account History'),
    icon: 'records',
    extensionUri,
    load: async () => {
      const [given, { RecordsPanel }] = await Promise.all([options.records(), import('./records-panel')]);
      return (panel) => new RecordsPanel(panel, given);
    },
  });
  const position = new SinglePanel<PositionPanel>({
    type: 'loanDesk.position',
    title: () => vscode.l10n.t('Position'),
    icon: 'position',
    extensionUri,
    load: async () => {
      const [given, { PositionPanel }] = await Promise.all([options.position(), import('./position-panel')]);
      return (panel) => new PositionPanel(panel, given);
    },
  });
  return {
    rates,
    records,
    position,
    dispose: () => [rates, records, position].forEach((panel) => void panel.dispose()),
  };
}
