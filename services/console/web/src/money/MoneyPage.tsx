import type { ReactNode } from 'react';
import { Page } from '../frame/Page';
import { RoomTabs, type RoomTab } from '../frame/RoomTabs';
import { useSpeech } from '../words/words';
import './money.css';

const tabs: readonly RoomTab[] = [
  { to: '/money', name: 'money.settlements' },
  { to: '/money/lines', name: 'money.lines' },
  { to: '/money/outstanding', name: 'money.outstanding' },
  { to: '/money/invoices', name: 'money.invoices' },
  { to: '/money/journal', name: 'money.journal' },
  { to: '/money/chargebacks', name: 'money.chargebacks' },
];

interface MoneyPageProps {
  /** Of the window, and of the page where no tab is its name. */
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A page of the room of money, below its tabs. */
export const MoneyPage = ({ title, aside, children }: MoneyPageProps): ReactNode => (
  <Page title={title} aside={aside}>
    <RoomTabs label="nav.money" tabs={tabs} />
    {children}
  </Page>
);

/** Of whatever has no name in the words of the reader, such as a source: as the services call it, in its own direction. */
export const Name = ({ children }: { readonly children: string | null }): ReactNode =>
  children === null ? <span className="quiet">{useSpeech().say('money.none')}</span> : <bdi>{children}</bdi>;
