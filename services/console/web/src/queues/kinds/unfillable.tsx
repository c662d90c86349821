import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { bodyOf } from '../../api/client';
import { useServices } from '../../api/services';
import { Title } from '../../items/Title';
import { Empty, Shown } from '../../states/states';
import { useSpeech } from '../../words/words';
import { heldOrders, orderDeeds, type Desk } from '../held-orders';
import { commandOf, type Deed } from '../queue';
import { queueOf } from '../view';

/** Which lines nobody can ship, and why not. */
const Unfilled = ({ orderId }: { readonly orderId: string }): ReactNode => {
  const { say, name } = useSpeech();
  const { api } = useServices();
  const brokering = useQuery({
    queryKey: ['order', orderId, 'brokering'],
    queryFn: () => bodyOf(api.GET('/fulfillment/orders/{orderId}', { params: { path: { orderId } } })),
  });
  return (
    <section className="queue-part" aria-label={say('queues.unfilled')}>
      <h3>{say('queues.unfilled')}</h3>
      <Shown of={brokering} rows={2}>
        {({ unfilled }) =>
          unfilled.length === 0 ? (
            <Empty title={say('queues.unfilled.none')} />
          ) : (
            <ul>
              {unfilled.map(({ lineId, sku, quantity, forStock }) => (
                <li key={lineId}>
                  <span className="number">{quantity}</span> × <bdi className="code">{sku}</bdi>
                  <Title sku={sku} />
                  {forStock && <span className="quiet"> · {name('queues.because', forStock.because)}</span>}
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </section>
  );
};

const brokerAgain = ({ order: { orderId, currency, holds } }: Desk): readonly Deed[] =>
  holds.some(({ type }) => type === 'unfillable')
    ? [
        {
          key: `broker ${orderId}`,
          name: 'queues.deed.broker-again',
          previewIn: currency,
          send: (api, _, sending) =>
            bodyOf(api.POST('/fulfillment/orders/{orderId}/broker', { params: { path: { orderId }, ...commandOf(sending) } })),
        },
      ]
    : [];

/** Orders with lines that no location can ship. */
export const unfillable = queueOf({
  ...heldOrders('unfillable'),
  id: 'unfillable',
  more: ({ order: { orderId } }) => <Unfilled orderId={orderId} />,
  deeds: (desk) => [...brokerAgain(desk), ...orderDeeds(desk, 'cancel')],
});
