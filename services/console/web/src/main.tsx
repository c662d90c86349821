import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { bodyOf, createApi, Refusal, type Credentials } from './api/client';
import { ServicesContext, type Services } from './api/services';
import { LiveProvider } from './live/live';
import { orderNumbers } from './orders/numbers';
import { ReaderProvider } from './reader/reader';
import { createConsoleRouter } from './router';
import { LoginFault } from './session/LoginFault';
import { LoginFailed, openSession } from './session/session';
import { Fault } from './states/states';
import './design/tokens.css';
import './design/base.css';
import './design/tables.css';

const BASE = '/console/';
const nobody: Credentials = { token: () => Promise.resolve(undefined), refused: () => undefined };

const termsOf = () => bodyOf(createApi(window.location.origin, nobody).GET('/console/terms'));

/** What is wrong by itself stays wrong; what is away may come back. */
const isWorthAnother = (failures: number, fault: Error): boolean =>
  failures < 2 && fault instanceof Refusal && (fault.status === 0 || fault.status >= 500);

const queryClient = new QueryClient({
  // The stream of events, or the clock where there is none, says when something is to be asked again.
  defaultOptions: { queries: { staleTime: 10_000, retry: isWorthAnother, networkMode: 'always' }, mutations: { networkMode: 'always' } },
});

const servicesFor = (credentials: Credentials): Services => {
  const api = createApi(window.location.origin, credentials);
  return { api, credentials, numbers: orderNumbers(api) };
};

const Console = ({ services }: { readonly services: Services }): ReactNode => (
  <ServicesContext value={services}>
    <QueryClientProvider client={queryClient}>
      <LiveProvider>
        <RouterProvider router={createConsoleRouter()} />
      </LiveProvider>
    </QueryClientProvider>
  </ServicesContext>
);

const open = async (): Promise<ReactNode> => {
  try {
    return <Console services={servicesFor(await openSession(await termsOf(), BASE))} />;
  } catch (error) {
    return error instanceof LoginFailed ? (
      <LoginFault why={error.message} />
    ) : (
      <Fault fault={error} again={() => window.location.reload()} />
    );
  }
};

const place = document.getElementById('console');
if (place)
  void open().then((shown) =>
    createRoot(place).render(
      <StrictMode>
        <ReaderProvider>{shown}</ReaderProvider>
      </StrictMode>,
    ),
  );
