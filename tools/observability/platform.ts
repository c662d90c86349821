import { audit } from './audit';
import type { Dashboard } from './dashboard';
import { entrance, lag, log } from './flow';
import { processes, trouble } from './processes';
import { subscriptions } from './subscriptions';

/** For whoever is paged. */
export const platform: Dashboard = {
  uid: 'cartage-platform',
  title: 'Cartage: platform',
  about:
    'How the processes are: what comes in, what is written, who is behind, what waits for a person. What to do: docs/how-to/answer-an-alert.md.',
  byService: true,
  rows: [entrance, log, lag, trouble, audit, subscriptions, processes],
};
