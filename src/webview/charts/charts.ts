import { HistoryView, type HistoryViewOptions } from './history-view';

// A bundle of its own, which the rates page loads when the charts are looked at first: most people come for the table.

/** Draws the charts into a place, which stays theirs until they are disposed. */
export function mount(options: HistoryViewOptions): HistoryView {
  return new HistoryView(options);
}
