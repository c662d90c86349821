import type { ReactNode } from 'react';
import { bodyOf, type Api, type Schemas } from '../api/client';
import { shortId } from '../formats/ids';
import { StatusMark, Time } from '../marks/Mark';
import { OrderLink } from '../orders/OrderLink';
import { useSpeech } from '../words/words';
import { channelFilter, codeIn } from './held-orders';
import { inTurn } from './in-turn';
import type { Fact, Filter, QueueKind } from './queue';

export type ShipmentRow = Schemas['ListedShipment'];
export type Shipment = Schemas['Shipment'];

type Waiting = Extract<Shipment['status'], 'label-failed' | 'attempt-failed' | 'exception' | 'returning'>;
type ShipmentsThatWait = Omit<QueueKind<ShipmentRow, Shipment>, 'id' | 'deeds'>;

const locationFilter: Filter = { name: 'location', label: 'queues.fact.location' };

const Numbers = ({ numbers }: { readonly numbers: readonly string[] }): ReactNode => <bdi className="code">{numbers.join(', ')}</bdi>;

const Refusal = ({ code }: { readonly code: string | null }): ReactNode => {
  const { name } = useSpeech();
  return code === null ? null : name('queues.label-failure', code);
};

const Instructions = ({ of }: { readonly of: Shipment['instructed'] }): ReactNode => {
  const { name, say } = useSpeech();
  return (
    <ul>
      {(of ?? []).map(({ instructionId, instruction, day, instructedAt, outcome }) => (
        <li key={instructionId}>
          {name('queues.instruction', instruction)} {day} · <Time at={instructedAt} as="since" />
          {outcome && <span className="quiet"> · {say(outcome.accepted ? 'queues.instruction.taken' : 'queues.instruction.refused')}</span>}
        </li>
      ))}
    </ul>
  );
};

const labelFacts = ({ label, labelFailure }: Shipment): readonly Fact[] => [
  ...(label
    ? [
        { name: 'queues.fact.carrier' as const, value: label.carrier },
        { name: 'queues.fact.tracking' as const, value: <Numbers numbers={label.parcels.map(({ trackingNumber }) => trackingNumber)} /> },
      ]
    : []),
  ...(labelFailure
    ? [{ name: 'queues.column.why' as const, value: <bdi>{labelFailure.detail ?? <Refusal code={labelFailure.code} />}</bdi> }]
    : []),
];

const shipmentFacts = (shipment: Shipment): readonly Fact[] => [
  ...(shipment.orderId === undefined ? [] : [{ name: 'queues.fact.order' as const, value: <OrderLink orderId={shipment.orderId} /> }]),
  { name: 'column.status', value: <StatusMark kind="parcel" status={shipment.status} /> },
  { name: 'queues.fact.location', value: shipment.location },
  ...labelFacts(shipment),
  ...(shipment.instructed?.length ? [{ name: 'queues.fact.instructed' as const, value: <Instructions of={shipment.instructed} /> }] : []),
];

const shipmentAt = (api: Api, shipmentId: string): Promise<Shipment> =>
  bodyOf(api.GET('/shipping/shipments/{shipmentId}', { params: { path: { shipmentId } } }));

/** Shipments that stand still in one of these states. */
export const shipmentsThatAre = (...statuses: readonly Waiting[]): ShipmentsThatWait => ({
  hears: ['shipping.events'],
  filters: [channelFilter, locationFilter],
  ask: (api, filters, page) =>
    inTurn(statuses, page, (status, asked) => {
      const narrowed = { ...codeIn(filters, 'channel'), ...codeIn(filters, 'location') };
      return bodyOf(api.GET('/shipping/shipments', { params: { query: { status: status as Waiting, ...narrowed, ...asked } } }));
    }),
  itemOf: ({ shipmentId }) => shipmentId,
  titleOf: ({ shipmentId }) => shortId(shipmentId),
  since: ({ dispatchedAt, plannedAt }) => dispatchedAt ?? plannedAt,
  columns: [
    { id: 'order', heading: 'queues.fact.order', show: ({ orderId }) => <OrderLink orderId={orderId} /> },
    { id: 'status', heading: 'column.status', show: ({ status }) => <StatusMark kind="parcel" status={status} /> },
    { id: 'location', heading: 'queues.fact.location', show: ({ location }) => location },
    { id: 'carrier', heading: 'queues.fact.carrier', show: ({ carrier }) => carrier },
    { id: 'why', heading: 'queues.column.why', show: ({ labelFailure }) => <Refusal code={labelFailure} /> },
    {
      id: 'tracking',
      heading: 'queues.fact.tracking',
      show: ({ trackingNumbers }) => <Numbers numbers={trackingNumbers ?? []} />,
      isUnseenAtFirst: true,
    },
  ],
  opening: { by: 'item', ask: shipmentAt },
  headingOf: ({ shipmentId }) => shortId(shipmentId),
  facts: shipmentFacts,
});
