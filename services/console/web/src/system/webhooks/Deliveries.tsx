import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { bodyOf } from '../../api/client';
import { useServices } from '../../api/services';
import { Mark, Time } from '../../marks/Mark';
import { Section } from '../../frame/Section';
import { Choice } from '../../tables/Choice';
import type { Columns } from '../../tables/columns';
import { Listed, usePages } from '../../tables/Listed';
import { useSpeech } from '../../words/words';
import { UNTOLD } from '../untold';
import { deliveryStatuses, readDeliveryAddress } from '../address';
import { DeliveryDialog } from './DeliveryDialog';
import { deliveryTones, type DeliveryLine } from './endpoint';
import { OrderLink } from '../../orders/OrderLink';

const DeliveryLink = ({ line: { endpointId, deliveryId, type } }: { readonly line: DeliveryLine }): ReactNode => (
  <Link
    to="/system/webhooks/$endpointId"
    params={{ endpointId }}
    search={(before) => ({ ...readDeliveryAddress(before), delivery: deliveryId })}
    data-row
    className="code"
    dir="ltr"
  >
    {type}
  </Link>
);

export const DeliveryMark = ({ status }: Pick<DeliveryLine, 'status'>): ReactNode => (
  <Mark tone={deliveryTones[status]}>{useSpeech().say(`system.delivery.${status}`)}</Mark>
);

const Attempted = ({ attempts }: Pick<DeliveryLine, 'attempts'>): ReactNode => (
  <span className="number">{useSpeech().count(attempts)}</span>
);

const columns: Columns<DeliveryLine> = {
  list: 'deliveries',
  rowId: ({ deliveryId }) => deliveryId,
  of: [
    { id: 'type', heading: 'system.delivery.type', show: (line) => <DeliveryLink line={line} /> },
    { id: 'status', heading: 'system.state', show: ({ status }) => <DeliveryMark status={status} /> },
    { id: 'order', heading: 'column.number', show: ({ orderId }) => orderId !== null && <OrderLink orderId={orderId} /> },
    { id: 'entered', heading: 'system.delivery.entered', show: ({ enteredAt }) => <Time at={enteredAt} as="since" /> },
    { id: 'next', heading: 'system.webhook.next', show: ({ nextAt }) => nextAt !== null && <Time at={nextAt} as="since" /> },
    { id: 'attempts', heading: 'system.delivery.attempts', show: ({ attempts }) => <Attempted attempts={attempts} />, isAmount: true },
  ],
};

/** The log of an endpoint: what it was sent, and what waits. */
export const Deliveries = ({ endpointId }: { readonly endpointId: string }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const { status, delivery } = useSearch({ from: '/system/webhooks/$endpointId' });
  const navigate = useNavigate({ from: '/system/webhooks/$endpointId' });
  const query = status === undefined ? {} : { status };
  const pages = usePages<DeliveryLine>(
    ['webhooks', endpointId, 'deliveries', query],
    (page) =>
      bodyOf(
        api.GET('/subscriptions/webhook-endpoints/{endpointId}/deliveries', {
          params: { path: { endpointId }, query: { ...query, ...page } },
        }),
      ),
    UNTOLD,
  );
  const choose = (chosen: string | undefined): void => void navigate({ search: readDeliveryAddress({ status: chosen }) });
  return (
    <Section title={say('system.deliveries')}>
      <div className="system-note">
        <Choice
          label={say('system.state')}
          value={status}
          options={deliveryStatuses.map((each) => [each, say(`system.delivery.${each}`)])}
          onChoose={choose}
        />
      </div>
      <Listed
        pages={pages}
        columns={columns}
        label={say('system.deliveries')}
        none={{ title: say('system.deliveries.none'), hint: say('system.deliveries.none.hint') }}
        counted={(count) => say('system.deliveries.shown', { count })}
      />
      {delivery !== undefined && <DeliveryDialog endpointId={endpointId} deliveryId={delivery} onClose={() => choose(status)} />}
    </Section>
  );
};
