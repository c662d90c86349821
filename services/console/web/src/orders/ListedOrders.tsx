import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { bodyOf } from '../api/client';
import { useServices } from '../api/services';
import { Empty, Shown } from '../states/states';
import { useSpeech } from '../words/words';
import type { OrdersAddress } from './address';
import { ColumnChoice } from './ColumnChoice';
import { OrderTable } from './OrderTable';
import { useSeenColumns } from './seen-columns';

const PAGE = 50;

/** Page after page by the cursor: the millionth order is as near as the first. */
const useOrderPages = ({ q: _, ...filters }: OrdersAddress) => {
  const { api } = useServices();
  return useInfiniteQuery({
    queryKey: ['orders', 'listed', filters],
    queryFn: ({ pageParam }) =>
      bodyOf(api.GET('/orders', { params: { query: { ...filters, limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) } } })),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
};

const More = ({ pages }: { readonly pages: ReturnType<typeof useOrderPages> }): ReactNode => {
  const { say } = useSpeech();
  if (!pages.hasNextPage) return <p className="quiet">{say('orders.all')}</p>;
  return (
    <button type="button" className="button" disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
      {say(pages.isFetchingNextPage ? 'orders.loading-more' : 'orders.more')}
    </button>
  );
};

/** The list as the filters have it. */
export const ListedOrders = ({ address }: { readonly address: OrdersAddress }): ReactNode => {
  const { say } = useSpeech();
  const pages = useOrderPages(address);
  const [seen, see] = useSeenColumns();
  const orders = useMemo(() => pages.data?.pages.flatMap(({ items }) => items) ?? [], [pages.data]);
  return (
    <Shown of={pages} rows={12}>
      {() =>
        orders.length === 0 ? (
          <div className="card">
            <Empty title={say('orders.none')}>{say('orders.none.hint')}</Empty>
          </div>
        ) : (
          <>
            <div className="list-head">
              <p className="quiet" role="status">
                {say('orders.shown', { count: orders.length })}
              </p>
              <ColumnChoice seen={seen} see={see} />
            </div>
            <OrderTable orders={orders} seen={seen} label={say('orders.title')} />
            <div className="list-foot">
              <More pages={pages} />
            </div>
          </>
        )
      }
    </Shown>
  );
};
