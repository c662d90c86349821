import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page } from '../frame/Page';
import { useSpeech } from '../words/words';
import './system.css';

const parts = [
  { to: '/system', name: 'system.services' },
  { to: '/system/webhooks', name: 'system.webhooks' },
  { to: '/system/replays', name: 'system.replays' },
  { to: '/system/reports', name: 'system.reports' },
  { to: '/system/people', name: 'system.people' },
] as const;

interface SystemPageProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A page of the system, with the way to the others. */
export const SystemPage = ({ title, aside, children }: SystemPageProps): ReactNode => {
  const { say } = useSpeech();
  return (
    <Page title={title} aside={aside}>
      <nav className="parts" aria-label={say('system.parts')}>
        <ul>
          {parts.map(({ to, name }) => (
            <li key={to}>
              <Link to={to} activeOptions={{ exact: to === '/system', includeSearch: false }}>
                {say(name)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </Page>
  );
};
