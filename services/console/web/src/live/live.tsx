import { useQueryClient, type Query, type QueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { useServices } from '../api/services';
import { follow, type Liveness } from './following';

const LivenessContext = createContext<Liveness>('polling');
export const useLiveness = (): Liveness => useContext(LivenessContext);

/** How often what is on the screen is asked for again where nobody tells when it changes. */
export const POLL_SECONDS = 15;

/** Many things happen at once; what is on the screen is asked for once for all of them. */
const GATHER_MS = 1_000;

/** What a query says of itself whose answer changes with any news, as lists and counts do. */
export const withAnyNews = { changes: 'with any news' } as const;

const isOfMany = ({ meta }: Pick<Query, 'meta'>): boolean => meta?.['changes'] === withAnyNews.changes;

const gathering = (client: QueryClient): ((orderId: string | undefined) => void) => {
  const orders = new Set<string | undefined>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    timer = undefined;
    const known = new Set(orders);
    orders.clear();
    const isTouched = ({ queryKey: [kind, id] }: { readonly queryKey: readonly unknown[] }): boolean =>
      kind === 'order' && (known.has(undefined) || known.has(String(id)));
    void client.invalidateQueries({ predicate: (query) => isOfMany(query) || isTouched(query) });
  };
  return (orderId) => {
    orders.add(orderId);
    timer ??= setTimeout(tell, GATHER_MS);
  };
};

/** Keeps what is on the screen as it is now: told by the stream of events, or by asking again. */
export const LiveProvider = ({ children }: { readonly children: ReactNode }): ReactNode => {
  const { credentials } = useServices();
  const client = useQueryClient();
  const [liveness, setLiveness] = useState<Liveness>('polling');
  useEffect(() => {
    const stopping = new AbortController();
    void follow({ credentials, onLiveness: setLiveness, onNews: gathering(client), signal: stopping.signal });
    return () => stopping.abort();
  }, [credentials, client]);
  useEffect(() => {
    if (liveness === 'live') return;
    const timer = setInterval(() => void client.invalidateQueries(), POLL_SECONDS * 1_000);
    return () => clearInterval(timer);
  }, [liveness, client]);
  return <LivenessContext value={liveness}>{children}</LivenessContext>;
};
