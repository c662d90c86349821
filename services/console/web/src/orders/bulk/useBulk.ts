import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { useServices } from '../../api/services';
import type { Preview } from '../../order/asking/asking';
import { unguessable } from '../../session/pkce';
import type { OrderRow } from '../finding';
import { bulkAsks, eachOf, wouldChange, type BulkKind, type Ended } from './bulk';

export type EndedOrder = Ended<OrderRow, readonly Preview[]>;

/** How far it is: `looking` what it would do, `ready` to be done, `doing` it, `ended`. */
export interface Progress {
  readonly is: 'looking' | 'ready' | 'doing' | 'ended';
  readonly done: number;
  readonly all: number;
  readonly ended: readonly EndedOrder[];
}

/** First looks what it would do to each order, then does it to those for which it would do something. What is left is not gone on with. */
export const useBulk = (kind: BulkKind, orders: readonly OrderRow[], reason: string) => {
  const { api } = useServices();
  const client = useQueryClient();
  const [progress, setProgress] = useState<Progress>({ is: 'looking', done: 0, all: orders.length, ended: [] });
  const [leaving] = useState(() => new AbortController());
  const [key] = useState(unguessable);
  const all = useCallback(
    async (of: readonly OrderRow[], preview: boolean, signal: AbortSignal): Promise<readonly EndedOrder[]> =>
      eachOf(of, ({ orderId }) => bulkAsks[kind](api, orderId, { reason }, { preview, key: `${key}-${orderId}-${reason}` }), {
        signal,
        onEnd: (done) => setProgress((before) => ({ ...before, done })),
      }),
    [api, kind, key, reason],
  );
  useEffect(() => {
    const looking = new AbortController();
    setProgress({ is: 'looking', done: 0, all: orders.length, ended: [] });
    void all(orders, true, looking.signal).then((ended) => {
      if (!looking.signal.aborted) setProgress({ is: 'ready', done: ended.length, all: orders.length, ended });
    });
    return () => looking.abort();
    // The orders are those that were chosen when the dialog was opened.
  }, [all]);
  const begin = async (): Promise<void> => {
    const possible = progress.ended.filter(wouldChange).map(({ item }) => item);
    setProgress({ is: 'doing', done: 0, all: possible.length, ended: [] });
    const ended = await all(possible, false, leaving.signal);
    setProgress({ is: 'ended', done: ended.length, all: possible.length, ended });
    await client.invalidateQueries();
  };
  return { progress, begin, leave: () => leaving.abort() };
};
