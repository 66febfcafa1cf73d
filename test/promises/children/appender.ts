import { Journal } from '../../../src/desk/journal/journal';
import { intent, sent, verdict } from '../../unit/desk/journal/events';

/**
 * A window that does nothing but write: appends the lives of operations to a journal until it is ended or has written as
 * many as asked. Says the id of an operation on stdout as soon as its intent is acknowledged, since from then on it counts.
 */
async function main(folder: string, name: string, lives: number): Promise<void> {
  const journal = await Journal.open(folder, 'acc-1');
  for (let n = 0; n < lives; n += 1) {
    const id = `${name}-${n}`;
    await journal.append(intent(id));
    process.stdout.write(`${id}\n`);
    await journal.append(sent(id));
    if (n % 2 === 0) await journal.append(verdict(id));
  }
}

const [folder = '', name = '', lives = '1'] = process.argv.slice(2);
void main(folder, name, Number(lives));
