import { bodyOf, type Schemas } from '../../api/client';
import { shortId } from '../../formats/ids';
import { Mark, Money, Time } from '../../marks/Mark';
import { outcomeTones } from '../../money/line-columns';
import { OrderLink } from '../../orders/OrderLink';
import { useSpeech } from '../../words/words';
import { given } from '../filling';
import { codeIn } from '../held-orders';
import { commandOf, type Deed, type Fact } from '../queue';
import { queueOf } from '../view';

type Line = Schemas['SettlementLine'];
type Resolution = Schemas['ResolutionDto']['resolution'];

const resolutions = ['claim', 'write-off', 'accept'] as const satisfies readonly Resolution[];
const resolutionIn = (text: string | undefined): Resolution => resolutions.find((each) => each === text) ?? 'claim';

const Outcome = ({ outcome }: Pick<Line, 'outcome'>) => (
  <Mark tone={outcomeTones[outcome]}>{useSpeech().name('money.outcome', outcome)}</Mark>
);
const Kind = ({ kind }: Pick<Line, 'kind'>) => <>{useSpeech().name('money.kind', kind)}</>;
const Order = ({ line: { orderId, orderNumber } }: { readonly line: Line }) =>
  orderId === null ? <bdi className="code">{orderNumber}</bdi> : <OrderLink orderId={orderId} />;

const resolving = ({ settlementLineId }: Line): Deed => ({
  key: `resolve ${settlementLineId}`,
  name: 'money.line.close',
  isGrave: true,
  fields: [
    { name: 'resolution', label: 'money.line.how', kind: 'choice', options: resolutions, named: 'money.resolution' },
    { name: 'reason', label: 'money.reason', hint: 'queues.field.reason-code.hint', kind: 'line', isRequired: true, longest: 64 },
    { name: 'detail', label: 'money.detail', hint: 'money.detail.hint', kind: 'text', longest: 500 },
  ],
  send: (api, { resolution, reason = '', detail }, sending) =>
    bodyOf(
      api.POST('/payments/settlements/lines/{settlementLineId}/resolution', {
        params: { path: { settlementLineId }, ...commandOf(sending) },
        body: { resolution: resolutionIn(resolution), reasonCode: reason, ...given('detail', detail) },
      }),
    ),
});

const factsOf = (line: Line): readonly Fact[] => [
  { name: 'money.column.outcome', value: <Outcome outcome={line.outcome} /> },
  { name: 'money.column.kind', value: <Kind kind={line.kind} /> },
  { name: 'queues.fact.order', value: <Order line={line} /> },
  { name: 'money.total.gross', value: <Money amount={line.gross} currency={line.currency} /> },
  { name: 'money.total.fee', value: <Money amount={line.fee} currency={line.currency} /> },
  { name: 'money.column.expected', value: <Money amount={line.expected} currency={line.customer?.currency ?? line.currency} /> },
  { name: 'money.column.names', value: <bdi>{line.references.join(', ')}</bdi> },
  { name: 'queues.fact.settled', value: <Time at={line.settledAt} /> },
];

const nameOf = ({ orderNumber, references, settlementLineId }: Line): string =>
  [orderNumber, ...references].find((each) => each !== null) ?? shortId(settlementLineId);

/** Lines of settlement files that do not agree with the books. Money shows them with their file. */
export const settlementMismatches = queueOf<Line, Line>({
  hears: ['payment.events'],
  id: 'settlement-mismatches',
  filters: [{ name: 'source', label: 'queues.fact.provider' }],
  ask: (api, filters, page) => {
    const { source } = codeIn(filters, 'source');
    return bodyOf(
      api.GET('/payments/settlements/lines', {
        params: { query: { open: true, ...(source === undefined ? {} : { settlementSource: source }), ...page } },
      }),
    );
  },
  itemOf: ({ settlementLineId }) => settlementLineId,
  titleOf: nameOf,
  since: ({ settledAt }) => settledAt,
  columns: [
    { id: 'outcome', heading: 'money.column.outcome', show: ({ outcome }) => <Outcome outcome={outcome} /> },
    { id: 'kind', heading: 'money.column.kind', show: ({ kind }) => <Kind kind={kind} /> },
    { id: 'source', heading: 'queues.fact.provider', show: ({ settlementSource }) => settlementSource },
    {
      id: 'gross',
      heading: 'money.total.gross',
      show: ({ gross, currency }) => <Money amount={gross} currency={currency} />,
      isAmount: true,
    },
  ],
  opening: { by: 'row', of: (line) => line },
  headingOf: nameOf,
  facts: factsOf,
  deeds: (line) => (line.open ? [resolving(line)] : []),
});
