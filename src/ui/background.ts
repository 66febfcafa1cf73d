import type { Handlers } from './commands';
import { type HistoryFeature, type HistoryFeatureOptions, historyFeature } from './history/history-feature';
import { type WatchFeatureOptions, watchFeature } from './watch/watch-feature';

export interface BackgroundOptions
  extends Omit<HistoryFeatureOptions, 'showWatch'>,
    Omit<WatchFeatureOptions, 'more'> {}

export interface Background {
  readonly history: HistoryFeature;
  readonly commands: HistoryFeature['commands'] & Pick<Handlers, 'openWatch'>;
  dispose(): void;
}

/** What goes on while nobody asks for anything: rates are recorded, the account is watched. */
export function background(options: BackgroundOptions): Background {
  const history = historyFeature({ ...options, showWatch: () => void watch.showList() });
  const watch = watchFeature({ ...options, more: history.listed });
  return {
    history,
    commands: { ...history.commands, openWatch: () => watch.showList() },
    dispose: () => {
      watch.dispose();
      history.dispose();
    },
  };
}
