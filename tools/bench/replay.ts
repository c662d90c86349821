import { acceptedAt, flatOutRate, sendJson, type Accepted, type Target } from './accept';
import { median, type Figure } from './figure';
import { rateOf } from './rate';
import { makeEndpoint, makeReplay, onSubscribed, placeOrders, settled, until, type Subscribed } from './subscribed';

export interface ReplayOptions {
  /** Their events are what is replayed. */
  readonly orders: number;
  readonly seconds: number;
  readonly rounds: number;
}

/** As fast as a replay to an endpoint may go. */
const REPLAYED_A_SECOND = 500;
/** A type that nothing here has: what happens now goes to nobody, with a replay and without. */
const NOTHING_HERE = 'GiftCardIssued';
const REPLAYED = ['OrderPlaced', 'StockReserved', 'PaymentAuthorized', 'OrderConfirmed', 'FulfillmentBrokered', 'StockAllocated'];
/** Of what is taken flat out: so much is carried on beside it. */
const LOAD = 0.2;

interface Round {
  readonly without: Accepted;
  readonly beside: Accepted;
  readonly replayedPerSecond: number;
}

type Accepting = () => Promise<Accepted>;

/** Replays over and over until it is ended; answers what came of `work` meanwhile, and how many deliveries a second. */
const besideReplay = async ({ url, received }: Subscribed, endpointId: string, work: Accepting) => {
  const ask = (): Promise<string> => makeReplay(url, endpointId, { after: '0', type: REPLAYED, rate: REPLAYED_A_SECOND });
  const statusOf = async (replayId: string): Promise<unknown> =>
    ((await (await fetch(`${url}/subscriptions/replays/${replayId}`)).json()) as { readonly status: unknown }).status;
  const begun = (await received()).count;
  let replayId = await ask();
  await until('The replay', async () => (await received()).count > begun);
  const [first, started] = [(await received()).count, performance.now()];
  let isOver = false;
  const goingOn = (async () => {
    while (!isOver) {
      if ((await statusOf(replayId)) !== 'running') replayId = await ask();
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  })();
  try {
    const accepted = await work();
    const { perSecond } = rateOf((await received()).count - first, performance.now() - started);
    return { accepted, perSecond };
  } finally {
    isOver = true;
    await goingOn;
    if ((await statusOf(replayId)) === 'running') await sendJson(`${url}/subscriptions/replays/${replayId}/cancel`, 'POST', {});
  }
};

/** The other first in every other round: whatever drifts drifts for both. */
const roundOf = async (subscribed: Subscribed, endpointId: string, round: number, accept: Accepting): Promise<Round> => {
  if (round % 2 === 1) {
    const { accepted: beside, perSecond } = await besideReplay(subscribed, endpointId, accept);
    return { beside, replayedPerSecond: perSecond, without: await accept() };
  }
  const without = await accept();
  const { accepted: beside, perSecond } = await besideReplay(subscribed, endpointId, accept);
  return { without, beside, replayedPerSecond: perSecond };
};

const figuresOf = (rounds: readonly Round[], perSecond: number): readonly Figure[] => {
  const of = (pick: (round: Round) => number): number => median(rounds.map(pick));
  const refused = rounds.reduce((sum, { without, beside }) => sum + without.refused + beside.refused, 0);
  return [
    {
      name: 'p99 of accepting, alone',
      value: of(({ without }) => without.p99),
      unit: 'ms',
      note: `${perSecond.toFixed(0)} orders/s; ${refused} refused`,
    },
    {
      name: 'p99 of accepting, beside a replay',
      value: of(({ beside }) => beside.p99),
      unit: 'ms',
      note: `${of((round) => round.replayedPerSecond).toFixed(0)} events/s replayed`,
    },
    {
      name: 'p99 of accepting, beside a replay / alone',
      value: of(({ without, beside }) => beside.p99 / without.p99),
      unit: '×',
      goal: { must: 1.1, better: 'less' },
      note: `median of ${rounds.length} interleaved rounds`,
    },
  ];
};

/** What a replay of the past does to whoever places an order now. */
export const replaying = async ({ orders, seconds, rounds }: ReplayOptions): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  await onSubscribed(async (subscribed, hooks) => {
    const { url, pids } = subscribed;
    await placeOrders(url, orders);
    await settled(url, orders);
    const endpointId = await makeEndpoint(url, hooks, { type: [NOTHING_HERE] });
    const target: Target = { url, pids };
    const perSecond = (await flatOutRate(target, seconds)) * LOAD;
    const accept: Accepting = () => acceptedAt(target, seconds, perSecond);
    await accept();
    const done: Round[] = [];
    for (let round = 0; round < rounds; round += 1) done.push(await roundOf(subscribed, endpointId, round, accept));
    figures.push(...figuresOf(done, perSecond));
  });
  return figures;
};
