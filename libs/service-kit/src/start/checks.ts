import { troublesOf } from '@cartage/messaging';
import type { Check } from '../health/health';
import type { OpenService } from './open-service';
import type { Connection } from './wiring';

const viewsOf = ({ service, views }: OpenService): Check => ({
  name: `${service.name}.views`,
  vital: false,
  look: async () => {
    const detail = await views.health();
    const failing = detail.flatMap(({ view, error }) => (error === undefined ? [] : [`${view}: ${error}`]));
    return { detail, error: failing.length > 0 ? failing.join('; ') : undefined };
  },
});

const messagingOf = ({ service }: OpenService, about: string, { transport, publisher }: Connection): Check => ({
  name: `${service.name}.messaging`,
  vital: false,
  look: async () => {
    const groups = transport.health();
    const published = publisher?.();
    const troubles = [...troublesOf(groups, new Date()), ...(published?.troubles ?? [])];
    const detail = { over: about, groups, ...(published ? { publishesHere: published.publishesHere, parked: published.parked } : {}) };
    return { detail, error: troubles.length > 0 ? troubles.join('; ') : undefined };
  },
});

/** What readiness asks of one service. */
export const checksOf = (open: OpenService, about: string, connection: Connection): readonly Check[] => {
  const { service, pool, store } = open;
  return [
    {
      name: `${service.name}.database`,
      vital: true,
      look: async () => {
        await pool.query('select 1');
        return {};
      },
    },
    { name: `${service.name}.events`, vital: true, look: async () => ({ detail: { head: await store.head() } }) },
    viewsOf(open),
    messagingOf(open, about, connection),
  ];
};
