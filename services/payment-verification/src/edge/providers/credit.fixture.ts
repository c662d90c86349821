import { createHmac, randomUUID } from 'node:crypto';
import { memoryDeadlines, type EventStore } from '@cartage/eventsourcing';
import { idFor } from '@cartage/service-kit';
import { published } from '../../domain/published';
import { creditProvider } from './credit';
import { Balances } from '../../app/balances/balances';

/** Gift cards and store credit on a log, for specs. */
export const creditOn = (store: EventStore, now: () => Date = () => new Date('2026-11-02T10:00:00Z')) => {
  const deadlines = memoryDeadlines();
  const balances = new Balances({
    ...{ store, newId: randomUUID, idFor, now, deadlines, refundDays: 90 },
    isPublic: (type) => type in published,
    hashOf: async (kind, value) => createHmac('sha256', 'spec').update(`${kind}\n${value}`).digest('base64url'),
  });
  return { balances, deadlines, provider: creditProvider(balances) };
};
