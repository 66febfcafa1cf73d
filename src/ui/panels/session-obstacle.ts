import type { Words } from '../../bybit/words';
import type { Obstacle } from '../../webview/obstacle-contract';
import type { Session } from '../session';

/** Why a page has no account to show, and the ways to one; null where it has one, or will. `why` it needs one. */
export function obstacleOf(session: Session, why: Words, say: (sentence: Words) => string): Obstacle | null {
  switch (session.kind) {
    case 'none':
      return session.reason === undefined
        ? { text: say(why), waysOn: ['tryPaper', 'addAccount'] }
        : { text: say(session.reason), waysOn: ['refresh', 'showLog'] };
    case 'locked': {
      const hasKey = session.account.environment !== 'paper';
      return {
        text: say(session.reason),
        waysOn: [...(hasKey ? (['replaceKey'] as const) : []), 'refresh', 'switchAccount'],
      };
    }
    case 'loading':
    case 'account':
      return null;
  }
}
