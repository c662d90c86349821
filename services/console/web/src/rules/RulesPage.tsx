import type { ReactNode } from 'react';
import { Page } from '../frame/Page';
import { RoomTabs, type RoomTab } from '../frame/RoomTabs';
import './rules.css';

const tabs: readonly RoomTab[] = [
  { to: '/rules', name: 'rules.routing' },
  { to: '/rules/verification', name: 'rules.verification' },
  { to: '/rules/returns', name: 'rules.returns' },
  { to: '/rules/promises', name: 'rules.promises' },
  { to: '/rules/carriers', name: 'rules.carriers' },
  { to: '/rules/prices', name: 'rules.prices' },
  { to: '/rules/templates', name: 'rules.templates' },
];

interface RulesPageProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A page of the room of rules, below its tabs. */
export const RulesPage = ({ title, aside, children }: RulesPageProps): ReactNode => (
  <Page title={title} aside={aside}>
    <RoomTabs label="nav.rules" tabs={tabs} />
    {children}
  </Page>
);
