import { bodyOf, type Schemas } from '../../api/client';
import { Time } from '../../marks/Mark';
import { OrderLink } from '../../orders/OrderLink';
import { onceOf, type Deed, type Fact } from '../queue';
import { queueOf } from '../view';

type Message = Schemas['ChannelMessage'];

const deedsFor = ({ channel, messageId }: Message): readonly Deed[] => {
  const path = { channel, messageId };
  return [
    {
      key: `again ${channel} ${messageId}`,
      name: 'queues.deed.send-again',
      send: (api, _, sending) =>
        bodyOf(api.POST('/channels/{channel}/messages/{messageId}/resubmit', { params: { path, ...onceOf(sending) }, body: {} })),
    },
    {
      key: `drop ${channel} ${messageId}`,
      name: 'queues.deed.drop',
      isGrave: true,
      send: (api, _, sending) => bodyOf(api.DELETE('/channels/{channel}/messages/{messageId}', { params: { path, ...onceOf(sending) } })),
    },
  ];
};

const Faults = ({ of }: { readonly of: Message['faults'] }) => (
  <ul>
    {of.map(({ field, message }) => (
      <li key={`${field} ${message}`}>
        <bdi className="code">{field}</bdi> <bdi>{message}</bdi>
      </li>
    ))}
  </ul>
);

const factsOf = (message: Message): readonly Fact[] => [
  { name: 'column.channel', value: message.channel },
  { name: 'queues.column.what', value: <span className="code">{message.topic}</span> },
  ...(message.orderId === null ? [] : [{ name: 'queues.fact.order' as const, value: <OrderLink orderId={message.orderId} /> }]),
  { name: 'queues.column.why', value: <bdi>{message.detail}</bdi> },
  ...(message.faults.length === 0 ? [] : [{ name: 'queues.fact.faults' as const, value: <Faults of={message.faults} /> }]),
  { name: 'queues.column.attempts', value: message.tries },
  { name: 'queues.fact.came', value: <Time at={message.receivedAt} /> },
];

const nameOf = ({ externalOrderId, messageId }: Message): string => externalOrderId ?? messageId;

/** What channels told and was refused: mended where it came from or here, and taken again, or dealt with by other means. */
export const refusedMessages = queueOf<Message, Message>({
  id: 'refused-messages',
  isOldestFirst: true,
  ask: (api, _, page) => bodyOf(api.GET('/channels/refused-messages', { params: { query: page } })),
  itemOf: ({ channel, messageId }) => `${channel} ${messageId}`,
  titleOf: nameOf,
  since: ({ receivedAt }) => receivedAt,
  columns: [
    { id: 'channel', heading: 'column.channel', show: ({ channel }) => channel },
    { id: 'topic', heading: 'queues.column.what', show: ({ topic }) => <span className="code">{topic}</span> },
    { id: 'why', heading: 'queues.column.why', show: ({ detail }) => <bdi className="queue-why">{detail}</bdi> },
    { id: 'tries', heading: 'queues.column.attempts', show: ({ tries }) => tries, isAmount: true, isUnseenAtFirst: true },
  ],
  opening: { by: 'row', of: (message) => message },
  headingOf: nameOf,
  facts: factsOf,
  deeds: deedsFor,
});
