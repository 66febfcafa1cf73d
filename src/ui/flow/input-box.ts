import * as vscode from 'vscode';
import { translate } from '../l10n';
import type { Frame, InputQuestion, Remark, Reply } from './question';
import { busy, during } from './quick-input';

const SEVERITY = {
  info: vscode.InputBoxValidationSeverity.Info,
  warning: vscode.InputBoxValidationSeverity.Warning,
  error: vscode.InputBoxValidationSeverity.Error,
} as const;

/** Asks for a line of text. */
export async function askInput(question: InputQuestion, frame: Frame): Promise<Reply<string>> {
  const box = vscode.window.createInputBox();
  box.prompt = translate(question.prompt);
  box.password = question.isMasked === true;
  box.value = question.text ?? '';
  if (question.placeholder !== undefined) box.placeholder = translate(question.placeholder);
  const say = (remark: Remark | undefined) => {
    box.validationMessage =
      remark === undefined
        ? undefined
        : { message: translate(remark.words), severity: SEVERITY[remark.severity] };
  };
  // Only the remark on the text that stands there now is shown, however late the others come.
  let version = 0;
  const check = async (): Promise<Remark | undefined> => {
    version += 1;
    const mine = version;
    const remark = await question.check?.(box.value);
    if (mine === version) say(remark);
    return remark;
  };
  const accept = async (): Promise<string | undefined> => {
    const { value } = box;
    if ((await check())?.severity === 'error' || box.value !== value) return undefined;
    const refusal = await question.accept?.(value);
    if (refusal?.severity !== 'error') return value;
    say(refusal);
    return undefined;
  };
  return await during<string>(box, frame, {
    buttons: question.buttons ?? [],
    watch: question.watch,
    redraw: () => void check(),
    begin: (settle, fail) => {
      if (frame.notice !== undefined) say(frame.notice);
      else if (box.value !== '') check().catch(fail);
      let accepting = false;
      return vscode.Disposable.from(
        box.onDidChangeValue(() => check().catch(fail)),
        box.onDidAccept(() => {
          if (accepting) return;
          accepting = true;
          const work = question.accept === undefined ? accept() : busy(box, accept);
          work
            .then((value) => {
              if (value !== undefined) settle(value);
            }, fail)
            .finally(() => {
              accepting = false;
            });
        }),
      );
    },
  });
}
