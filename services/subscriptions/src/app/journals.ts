import type { CloudEvent } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import { cloudEventOf } from '../domain/cloud-event';
import type { FactLog } from './fact-log';

export const unknownOrder = (orderId: string): Refused =>
  new Refused('ORDER_UNKNOWN', `Nothing was heard of an order ${orderId}.`, 'unknown');

/** Everything that happened to an order, over all services. */
export class Journals {
  constructor(private readonly facts: FactLog) {}

  /** The entries behind this number of the journal. */
  async entries(orderId: string, after: number, limit: number): Promise<readonly CloudEvent[]> {
    const entries = await this.facts.journal(orderId, after, limit);
    if (entries.length === 0 && (await this.facts.channelOf(orderId)) === undefined) throw unknownOrder(orderId);
    return entries.map((entry) => cloudEventOf(entry));
  }
}
