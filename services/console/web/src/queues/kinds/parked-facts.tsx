import { bodyOf, type Api, type Schemas } from '../../api/client';
import { shortId } from '../../formats/ids';
import { Time } from '../../marks/Mark';
import { useSpeech } from '../../words/words';
import type { PageAsked } from '../../tables/Listed';
import { inTurn } from '../in-turn';
import { orNothing } from '../left-out';
import { onceOf, type Deed, type Fact, type PageOf } from '../queue';
import { queueOf } from '../view';

/** Who told what nothing here fits yet. */
const tellers = ['channel', 'provider', 'carrier'] as const;
type Teller = (typeof tellers)[number];

/** An order that a channel sold, a notice of a payment provider or a scan of a carrier, each kept until what it waits for comes. */
interface ParkedFact {
  readonly teller: Teller;
  readonly id: string;
  readonly title: string;
  readonly from: string;
  readonly why: string;
  readonly detail: string | undefined;
  readonly parkedAt: string;
  readonly deeds: readonly Deed[];
}

const reason = {
  name: 'reason',
  label: 'ask.reason',
  hint: 'queues.field.note.hint',
  kind: 'text',
  isRequired: true,
  longest: 1_000,
} as const;

const orderDeeds = ({ channel, orderId }: Schemas['ParkedPlacement']): readonly Deed[] => {
  const path = { channel, orderId };
  const again =
    (asItIs: boolean): Deed['send'] =>
    (api, _, sending) =>
      bodyOf(api.POST('/channels/{channel}/parked/{orderId}/resubmit', { params: { path, ...onceOf(sending) }, body: { asItIs } }));
  return [
    { key: 'again', name: 'queues.deed.place-again', send: again(false) },
    { key: 'as-it-is', name: 'queues.deed.place-as-it-is', isGrave: true, send: again(true) },
    {
      key: 'drop',
      name: 'queues.deed.drop',
      isGrave: true,
      send: (api, _, sending) => bodyOf(api.DELETE('/channels/{channel}/parked/{orderId}', { params: { path, ...onceOf(sending) } })),
    },
  ];
};

const orderFact = (parked: Schemas['ParkedPlacement']): ParkedFact => ({
  ...{ teller: 'channel', id: parked.orderId, title: parked.externalOrderId ?? shortId(parked.orderId), from: parked.channel },
  ...{ why: parked.faults[0]?.code ?? '', parkedAt: parked.parkedAt, deeds: orderDeeds(parked) },
  detail: parked.faults.map(({ field, message }) => `${field}: ${message}`).join('\n'),
});

const noticeFact = ({ provider, noticeId, reason: why, detail, parkedAt }: Schemas['ParkedNotice']): ParkedFact => ({
  ...{ teller: 'provider', id: `${provider} ${noticeId}`, title: noticeId, from: provider, why, detail, parkedAt },
  deeds: [
    {
      key: 'drop',
      name: 'queues.deed.drop',
      isGrave: true,
      send: (api) => bodyOf(api.DELETE('/payments/webhooks/parked/{provider}/{noticeId}', { params: { path: { provider, noticeId } } })),
    },
  ],
});

const scanFact = ({ scanId, trackingNumber, carrier, waitsFor, parkedAt, milestone, place }: Schemas['ParkedScan']): ParkedFact => ({
  ...{ teller: 'carrier', id: scanId, title: trackingNumber, from: carrier, why: waitsFor, parkedAt },
  detail: [milestone, place].filter((each) => each !== undefined).join(', '),
  deeds: [
    {
      key: 'again',
      name: 'queues.deed.retry',
      send: (api, _, sending) =>
        bodyOf(api.POST('/shipping/scans/parked/{scanId}/retry', { params: { path: { scanId }, ...onceOf(sending) } })),
    },
    {
      key: 'drop',
      name: 'queues.deed.drop',
      isGrave: true,
      fields: [reason],
      send: (api, { reason: said = '' }, sending) =>
        bodyOf(
          api.POST('/shipping/scans/parked/{scanId}/dismiss', {
            params: { path: { scanId }, ...onceOf(sending) },
            body: { reason: said },
          }),
        ),
    },
  ],
});

const shownAs = <Told,>({ items, next }: PageOf<Told>, factOf: (told: Told) => ParkedFact): PageOf<ParkedFact> => ({
  items: items.map(factOf),
  next,
});

const asked: Readonly<Record<Teller, (api: Api, query: PageAsked) => Promise<PageOf<ParkedFact>>>> = {
  channel: async (api, query) => shownAs(await bodyOf(api.GET('/channels/parked-placements', { params: { query } })), orderFact),
  provider: async (api, query) => shownAs(await bodyOf(api.GET('/payments/webhooks/parked', { params: { query } })), noticeFact),
  carrier: async (api, query) => shownAs(await bodyOf(api.GET('/shipping/scans/parked', { params: { query } })), scanFact),
};

const From = ({ teller, from }: Pick<ParkedFact, 'teller' | 'from'>) => (
  <>
    {useSpeech().name('queues.teller', teller)} <bdi>{from}</bdi>
  </>
);
const Why = ({ why }: Pick<ParkedFact, 'why'>) => <>{useSpeech().name('queues.parked', why)}</>;

const factsOf = ({ teller, from, why, detail, parkedAt }: ParkedFact): readonly Fact[] => [
  { name: 'queues.column.from', value: <From teller={teller} from={from} /> },
  { name: 'queues.column.why', value: <Why why={why} /> },
  ...(detail === undefined || detail === ''
    ? []
    : [{ name: 'queues.fact.what' as const, value: <bdi className="queue-note">{detail}</bdi> }]),
  { name: 'queues.letter.stored', value: <Time at={parkedAt} /> },
];

/** What others told of that nothing here fits yet: it is kept until that comes, or until a person mends or drops it. */
export const parkedFacts = queueOf<ParkedFact, ParkedFact>({
  id: 'parked-facts',
  filters: [{ name: 'teller', label: 'queues.column.from', options: tellers, named: 'queues.teller' }],
  ask: (api, { teller }, page) =>
    inTurn(
      tellers.filter((each) => teller === undefined || each === teller),
      page,
      (each, query) => orNothing(asked[each as Teller](api, query)),
    ),
  itemOf: ({ teller, id }) => `${teller} ${id}`,
  titleOf: ({ title }) => title,
  since: ({ parkedAt }) => parkedAt,
  columns: [
    { id: 'from', heading: 'queues.column.from', show: ({ teller, from }) => <From teller={teller} from={from} /> },
    { id: 'why', heading: 'queues.column.why', show: ({ why }) => <Why why={why} /> },
  ],
  opening: { by: 'row', of: (fact) => fact },
  headingOf: ({ title }) => title,
  facts: factsOf,
  deeds: ({ deeds }) => deeds,
});
