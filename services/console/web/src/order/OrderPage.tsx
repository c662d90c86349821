import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { bodyOf, type Schemas } from '../api/client';
import { useServices } from '../api/services';
import { Page } from '../frame/Page';
import { StatusMark, Time } from '../marks/Mark';
import { numberOf } from '../orders/numbers';
import { Shown } from '../states/states';
import { useSpeech } from '../words/words';
import { Actions } from './Actions';
import { Causes } from './causes/Causes';
import { Customer } from './Customer';
import { Holds } from './Holds';
import { Lines } from './Lines';
import { Links } from './links/Links';
import { MoneyLedger } from './MoneyLedger';
import { Notes } from './Notes';
import { Parcels } from './Parcels';
import { Past } from './past/Past';
import { Routing } from './routing/Routing';
import { Story } from './Story';
import { Tasks } from './Tasks';
import './order.css';

export type Desk = Schemas['OrderDesk'];

const OrderHeading = ({ order }: { readonly order: Desk['order'] }): ReactNode => {
  const { say } = useSpeech();
  const [before = '', after = ''] = say('order.placed', { when: '\u0000', channel: order.channel }).split('\u0000');
  return (
    <p className="order-heading">
      <StatusMark kind="status" status={order.status} />
      <span className="quiet">
        {before}
        <Time at={order.placedAt} />
        {after}
      </span>
    </p>
  );
};

const WholeOrder = ({ desk }: { readonly desk: Desk }): ReactNode => {
  const { order } = desk;
  return (
    <>
      <OrderHeading order={order} />
      <div className="order">
        <div className="order-main">
          <Holds holds={order.holds} />
          <Lines order={order} stock={desk.stock} />
          <Parcels order={order} />
          <MoneyLedger orderId={order.orderId} />
          <Routing orderId={order.orderId} />
          <Story orderId={order.orderId} latest={desk.latest} />
          <Causes orderId={order.orderId} />
          <Past orderId={order.orderId} />
        </div>
        <div className="order-aside">
          <Actions order={order} actions={desk.actions} />
          <Customer order={order} />
          <Links orderId={order.orderId} />
          <Tasks orderId={order.orderId} />
          <Notes orderId={order.orderId} />
        </div>
      </div>
    </>
  );
};

/** One order, as it stands now: what it is, where it is, what happened to it, and what can be done. */
export const OrderPage = (): ReactNode => {
  const { say } = useSpeech();
  const { orderId } = useParams({ from: '/orders/$orderId' });
  const { api } = useServices();
  const desk = useQuery({
    queryKey: ['order', orderId, 'desk'],
    queryFn: () => bodyOf(api.GET('/orders/{orderId}/desk', { params: { path: { orderId } } })),
  });
  const number = numberOf(desk.data?.order ?? { orderId });
  return (
    <>
      <p className="way-back">
        <Link to="/orders">{say('order.back')}</Link>
      </p>
      <Page title={say('order.title', { number })}>
        <Shown of={desk} rows={10}>
          {(data) => <WholeOrder desk={data} />}
        </Shown>
      </Page>
    </>
  );
};
