import type { ReactNode } from 'react';
import { bodyOf } from '../api/client';
import { useServices } from '../api/services';
import { Listed, usePages } from '../tables/Listed';
import { useSpeech } from '../words/words';
import type { OrdersAddress } from './address';
import { orderColumns } from './columns';
import type { OrderRow } from './finding';

/** The list as the filters have it. */
export const ListedOrders = ({ address: { q: _, ...filters } }: { readonly address: OrdersAddress }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const pages = usePages<OrderRow>(['orders', 'listed', filters], (page) =>
    bodyOf(api.GET('/orders', { params: { query: { ...filters, ...page } } })),
  );
  return (
    <Listed
      pages={pages}
      columns={orderColumns}
      label={say('orders.title')}
      none={{ title: say('orders.none'), hint: say('orders.none.hint') }}
      counted={(count) => say('orders.shown', { count })}
    />
  );
};
