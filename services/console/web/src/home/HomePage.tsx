import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { bodyOf } from '../api/client';
import { useServices } from '../api/services';
import { Page } from '../frame/Page';
import { withAnyNews } from '../live/live';
import { Empty, Shown } from '../states/states';
import { useSpeech } from '../words/words';
import { OrdersByState } from './OrdersByState';
import { hasOrders, type OrderCounts } from './queues';
import { WaitingForPeople } from './WaitingForPeople';
import './home.css';

const Glance = ({ counts }: { readonly counts: OrderCounts }): ReactNode => {
  const { say } = useSpeech();
  if (!hasOrders(counts))
    return (
      <div className="card">
        <Empty title={say('home.empty')}>{say('home.empty.hint')}</Empty>
      </div>
    );
  return (
    <div className="home">
      <OrdersByState counts={counts} />
      <WaitingForPeople counts={counts} />
    </div>
  );
};

/** Today at a glance; every number opens the list behind it. */
export const HomePage = (): ReactNode => {
  const { api } = useServices();
  const counts = useQuery({ queryKey: ['counts'], queryFn: () => bodyOf(api.GET('/orders/counts')), meta: withAnyNews });
  return (
    <Page title={useSpeech().say('home.title')}>
      <Shown of={counts} rows={8}>
        {(data) => <Glance counts={data} />}
      </Shown>
    </Page>
  );
};
