import { getApiKeyInfo, getFundingBalances } from '../../bybit/account';
import type { Route } from '../exchange/route';
import { held, purse } from '../ledger/money';
import { refuse } from '../ledger/refusal';
import type { Key, State } from '../ledger/state';
import { DAY } from '../market/market';

function isoTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

function keyInfo(state: State, key: Key): Record<string, unknown> {
  const left = key.expiresAt === undefined ? -2 : Math.ceil((key.expiresAt - state.time) / DAY);
  return {
    id: String(state.uid % 10_000_000),
    note: key.note,
    apiKey: key.apiKey,
    readOnly: key.readOnly ? 1 : 0,
    secret: '',
    permissions: {
      ContractTrade: [],
      Spot: key.spotTrade ? ['SpotTrade'] : [],
      Wallet: [],
      Options: [],
      Derivatives: [],
      CopyTrading: [],
      BlockTrade: [],
      Exchange: [],
      NFT: [],
      Affiliate: [],
      Earn: [],
      FiatP2P: [],
      FiatConvertBroker: [],
      FiatGlobalPay: [],
      FiatBitPay: [],
      BitCard: [],
      ByXPost: [],
    },
    ips: key.ips,
    type: 1,
    deadlineDay: left,
    expiredAt: isoTime(key.expiresAt ?? 0),
    createdAt: isoTime(state.createdAt),
    unified: 0,
    uta: 1,
    userID: key.uid ?? state.uid,
    inviterID: 0,
    vipLevel: state.vip,
    mktMakerLevel: '0',
    affiliateID: 0,
    rsaPublicKey: key.proof.kind === 'rsa' ? key.proof.publicKey : '',
    isMaster: key.uid === undefined,
    parentUid: key.uid === undefined ? '0' : String(state.uid),
    kycLevel: 'LEVEL_1',
    kycRegion: '',
    userIDInt64: '0',
    inviterIDInt64: '0',
    affiliateIDInt64: '0',
  };
}

/** The key and the wallets (API.md §7, §8). */
export const accountRoutes: readonly Route[] = [
  {
    endpoint: getApiKeyInfo,
    spotTrade: false,
    handle: ({ state, key }) => ({
      retMsg: '',
      result: key === undefined ? refuse(10003) : keyInfo(state, key),
    }),
  },
  {
    endpoint: getFundingBalances,
    spotTrade: false,
    handle({ world, state, params }) {
      const accountType = params.text('accountType');
      if (accountType !== 'FUND' && accountType !== 'UNIFIED') return refuse(131002, 'accountType');
      const named = params.optional('coin')?.split(',');
      if (accountType === 'UNIFIED' && (named === undefined || named.length > 10))
        return refuse(131002, 'coin');
      const coins = named ?? [...purse(state.money, 'wallet').keys()];
      const balance = coins
        .filter((coin) => world.market.coins.has(coin))
        .map((coin) => {
          const amount = held(state.money, accountType === 'FUND' ? 'wallet' : 'unified', coin);
          return { coin, transferBalance: amount, walletBalance: amount, bonus: '' };
        });
      return { retMsg: 'success', result: { memberId: String(state.uid), accountType, balance } };
    },
  },
];
