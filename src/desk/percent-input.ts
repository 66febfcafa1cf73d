import { decimal } from '../bybit/decimal';
import { words } from '../bybit/words';
import { formatAmount } from './format';
import { type ParsedAmount, type ParseOptions, parseAmountInput } from './parse';

const EXAMPLE = decimal('3.5');

/**
 * Reads a percentage as {@link parseAmountInput} reads an amount, with or without its sign: "3.5" and "3.5 %" are 3.5. What is
 * wrong is said of a percentage. Zero passes: checks judge it.
 */
export function readPercent(text: string, options: ParseOptions): ParsedAmount {
  const figure = text.trim().replace(/\s*%$/, '');
  const example = options.example ?? EXAMPLE;
  if (figure === '') {
    return {
      problem: words(
        'Type a percentage, for example {0}.',
        formatAmount(example, { locale: options.locale }),
      ),
    };
  }
  if (/^[-−]/.test(figure)) return { problem: words('The percentage must be more than 0.') };
  return parseAmountInput(figure, { ...options, example });
}
