import { useMemo, type ReactNode } from 'react';
import { Empty, Loading, Shown } from '../states/states';
import { useSpeech } from '../words/words';
import { OrderTable } from './OrderTable';
import { useSeenColumns } from './seen-columns';
import { useFound } from './useFound';
import { waysOf } from './ways';

/** What was found by what somebody typed. */
export const FoundOrders = ({ text }: { readonly text: string }): ReactNode => {
  const { say } = useSpeech();
  const found = useFound(text);
  const [seen] = useSeenColumns();
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
          <OrderTable orders={orders} seen={seen} label={say('palette.found')} />
        )
      }
    </Shown>
  );
};
