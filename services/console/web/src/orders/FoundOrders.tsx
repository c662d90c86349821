import { useMemo, type ReactNode } from 'react';
import { Empty, Loading, Shown } from '../states/states';
import { RowTable } from '../tables/RowTable';
import { useSeenColumns } from '../tables/seen-columns';
import { useSpeech } from '../words/words';
import { orderColumns } from './columns';
import { useFound } from './useFound';
import { waysOf } from './ways';

/** What was found by what somebody typed. */
export const FoundOrders = ({ text }: { readonly text: string }): ReactNode => {
  const { say } = useSpeech();
  const found = useFound(text);
  const [seen] = useSeenColumns(orderColumns);
  const orders = useMemo(() => found.data?.map(({ order }) => order) ?? [], [found.data]);
  if (waysOf(text).length === 0) return <Loading rows={1} />;
  return (
    <Shown of={found}>
      {() =>
        orders.length === 0 ? (
          <div className="card">
            <Empty title={say('palette.nothing', { text })} />
          </div>
        ) : (
          <RowTable columns={orderColumns} rows={orders} seen={seen} label={say('palette.found')} />
        )
      }
    </Shown>
  );
};
