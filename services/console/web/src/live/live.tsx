import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { useServices } from '../api/services';
import { follow, type Liveness } from './following';
import { gathering } from './gathering';

export { withAnyNews, withNewsOf, type Topic } from './gathering';

const LivenessContext = createContext<Liveness>('polling');
export const useLiveness = (): Liveness => useContext(LivenessContext);

/** How often what is on the screen is asked for again where nobody tells when it changes. */
export const POLL_SECONDS = 15;

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
