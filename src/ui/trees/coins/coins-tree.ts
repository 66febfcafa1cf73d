import * as vscode from 'vscode';
import type { Handlers } from '../../commands';
import type { ContextKeySetter } from '../../context-keys';
import { translate } from '../../l10n';
import { Later } from '../../later';
import type { Sessions } from '../../session';
import { RowView } from '../../tree/row-view';
import { CoinChoices, type Keeper } from './choices';
import { CoinList } from './coin-list';
import { type CoinsView, coinRows, coinsCount, coinsTitle } from './coin-rows';
import { ORDER_IDS, ORDERS } from './order';

export interface CoinsOptions {
  readonly sessions: Sessions;
  readonly keeper: Keeper;
  readonly keys: Pick<ContextKeySetter, 'coinsFiltered'>;
  /** Further lines of a coin's tooltip. Never rejects. */
  readonly standing: NonNullable<CoinsView['standing']>;
}

type CoinCommands = Pick<Handlers, 'filterCoins' | 'clearCoinFilter' | 'sortCoins' | 'toggleFavourite'>;

/** The Coins tree with the commands that change how it looks. */
export class CoinsTree implements vscode.Disposable {
  readonly commands: CoinCommands;
  readonly #sessions: Sessions;
  readonly #standing: CoinsOptions['standing'];
  readonly #choices: CoinChoices;
  readonly #list = new CoinList();
  readonly #view: RowView;
  readonly #favouritesChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeFavourites = this.#favouritesChanged.event;

  constructor({ sessions, keeper, keys, standing }: CoinsOptions) {
    this.#sessions = sessions;
    this.#standing = standing;
    let told: ReadonlySet<string> | undefined;
    this.#choices = new CoinChoices(keeper, () => {
      keys.coinsFiltered = this.#choices.current.filter !== '';
      this.#view.update();
      const { favourites } = this.#choices.current;
      if (favourites !== told) this.#favouritesChanged.fire();
      told = favourites;
    });
    told = this.#choices.current.favourites;
    keys.coinsFiltered = this.#choices.current.filter !== '';
    this.#view = new RowView({
      id: 'loanDesk.coins',
      sessions,
      source: new Later(async () => ({
        rows: (_session, now) => coinRows(this.#look(now), this.#list),
        title: () => coinsTitle(this.#look(Date.now())),
      })),
    });
    this.commands = {
      filterCoins: () => this.#filter(),
      clearCoinFilter: () => this.#choices.setFilter(''),
      sortCoins: () => this.#sort(),
      toggleFavourite: ({ coin }) => this.#toggle(coin ?? this.#view.selected?.about.coin),
    };
  }

  /** Coins that stand first wherever one is chosen. */
  get favourites(): ReadonlySet<string> {
    return this.#choices.current.favourites;
  }

  async setFavourite(coin: string, isFavourite: boolean): Promise<void> {
    await this.#choices.setFavourite(coin, isFavourite);
  }

  dispose(): void {
    this.#favouritesChanged.dispose();
    this.#view.dispose();
  }

  #look(now: number): CoinsView {
    return {
      session: this.#sessions.current,
      choices: this.#choices.current,
      now,
      locale: vscode.env.language,
      standing: this.#standing,
    };
  }

  /** Filters while one types; Escape gives back what was there. */
  async #filter(): Promise<void> {
    await vscode.commands.executeCommand('loanDesk.coins.focus');
    const before = this.#choices.current.filter;
    const box = vscode.window.createInputBox();
    box.title = vscode.l10n.t('Filter Coins');
    box.placeholder = vscode.l10n.t('Part of a coin’s name, or several: usd btc');
    box.value = before;
    const tell = () => {
      box.prompt = translate(coinsCount(this.#look(Date.now())));
    };
    tell();
    const accepted = await new Promise<string | undefined>((resolve) => {
      box.onDidChangeValue((value) => {
        this.#choices.tryFilter(value);
        tell();
      });
      box.onDidAccept(() => resolve(box.value));
      box.onDidHide(() => resolve(undefined));
      box.show();
    });
    box.dispose();
    await this.#choices.setFilter(accepted ?? before);
  }

  async #sort(): Promise<void> {
    const { order } = this.#choices.current;
    const items = ORDER_IDS.map((id) => ({
      id,
      label: translate(ORDERS[id].label),
      ...(id === order ? { description: vscode.l10n.t('now') } : {}),
    }));
    const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Sort Coins') });
    if (picked !== undefined) await this.#choices.setOrder(picked.id);
  }

  async #toggle(coin: string | undefined): Promise<void> {
    if (coin !== undefined) await this.#choices.toggleFavourite(coin);
  }
}
