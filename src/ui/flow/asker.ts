import type { Words } from '../../bybit/words';
import type {
  ConfirmQuestion,
  FileQuestion,
  Frame,
  InputQuestion,
  ManyQuestion,
  Message,
  PickQuestion,
  Reply,
} from './question';

/**
 * Whoever answers: the person at VS Code (`vscode-asker.ts`), or a recorded user in tests. When the person escapes, the
 * promise rejects with what the commands take as silence (`vscode.CancellationError`); nobody else catches it.
 */
export interface Asker {
  pick<T>(question: PickQuestion<T>, frame: Frame): Promise<Reply<T>>;
  pickMany<T>(question: ManyQuestion<T>, frame: Frame): Promise<Reply<readonly T[]>>;
  input(question: InputQuestion, frame: Frame): Promise<Reply<string>>;
  /** Path of the file. Closing the dialog goes back, from the first step it escapes. */
  file(question: FileQuestion, frame: Frame): Promise<Reply<string>>;
  /** Whether the deed was chosen. Closing the dialog is a no, and no escape. */
  confirm(question: ConfirmQuestion): Promise<boolean>;
  /** The way on that was chosen; undefined when the message was closed or had none. */
  say<Action extends string>(message: Message<Action>): Promise<Action | undefined>;
  /** Shows that something is going on when it takes longer than half a second. */
  during<T>(title: Words, work: (report: (stage: Words) => void) => Promise<T>): Promise<T>;
}
