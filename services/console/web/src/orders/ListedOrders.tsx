import type { ReactNode } from 'react';
import { bodyOf } from '../api/client';
import { useServices } from '../api/services';
import { Export } from '../tables/Export';
import { Listed, usePages, type PageAsked } from '../tables/Listed';
import { useSelection } from '../tables/selection';
import { useSpeech } from '../words/words';
import type { OrdersAddress } from './address';
import { BulkBar } from './bulk/BulkBar';
import { orderColumns } from './columns';
import type { OrderRow } from './finding';

/** The list as the filters have it. */
export const ListedOrders = ({ address: { q: _, ...filters } }: { readonly address: OrdersAddress }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const selection = useSelection();
  const ask = (page: PageAsked) => bodyOf(api.GET('/orders', { params: { query: { ...filters, ...page } } }));
  const pages = usePages<OrderRow>(['orders', 'listed', filters], ask);
  return (
    <Listed
      pages={pages}
      columns={orderColumns}
      label={say('orders.title')}
      none={{ title: say('orders.none'), hint: say('orders.none.hint') }}
      counted={(count) => say('orders.shown', { count })}
      selection={selection}
      tools={(orders) => (
        <>
          <BulkBar orders={orders} selection={selection} />
          <Export columns={orderColumns} ask={ask} />
        </>
      )}
    />
  );
};
