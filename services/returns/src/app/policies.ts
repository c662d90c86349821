import { handling, reading, StreamCache, type Handled, type HandlingNeeds, type Meta, type Send } from '@cartage/eventsourcing';
import type { PolicyDraft, ReturnPolicy } from '../domain/policy';
import {
  POLICY_BOOK,
  policyBook,
  policyOfSale,
  type PolicyBook,
  type PolicyCommand,
  type PolicyEvent,
  requireVersion,
} from '../domain/policy-book';
import { PolicyTrial, type TrialResult } from '../domain/policy-trial';
import type { ReturnEvent } from '../domain/events';
import type { Sale } from '../domain/sale';

export interface Period {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** At most so many returns, the newest first. */
  readonly limit: number;
}

/** Past returns by order, the newest first: which of them are meant, and everything that happened to that order's. */
export type PastReturns = (
  period: Period,
) => AsyncIterable<readonly { readonly returnIds: readonly string[]; readonly events: readonly ReturnEvent[] }[]>;

export interface PoliciesNeeds extends Pick<HandlingNeeds, 'store' | 'newId' | 'isPublic'> {
  readonly now: () => Date;
  readonly pastReturns: PastReturns;
}

export interface Drafting {
  readonly version: string;
  readonly draft: PolicyDraft;
  readonly note: string;
}

export type HandledPolicies = Handled<PolicyBook, PolicyEvent>;

/** What returns are judged by: versions of a policy, of which one is in force for what is sold now. */
export class Policies {
  private readonly send: Send<PolicyCommand, PolicyBook, PolicyEvent>;
  private readonly read: ReturnType<typeof reading<PolicyBook, PolicyEvent>>;

  constructor(private readonly needs: PoliciesNeeds) {
    const cache = new StreamCache<PolicyBook, PolicyEvent>({});
    this.send = handling<PolicyCommand, PolicyBook, PolicyEvent>(needs, policyBook, { cache });
    this.read = reading<PolicyBook, PolicyEvent>(needs.store, policyBook, { cache });
  }

  draft(drafting: Drafting, meta: Meta): Promise<HandledPolicies> {
    return this.send(POLICY_BOOK, { type: 'DraftPolicy', data: { ...drafting, ...this.by(meta) } }, meta);
  }

  activate(version: string, note: string, meta: Meta): Promise<HandledPolicies> {
    return this.send(POLICY_BOOK, { type: 'ActivatePolicy', data: { version, note, ...this.by(meta) } }, meta);
  }

  async book(): Promise<PolicyBook> {
    return (await this.read.load(POLICY_BOOK)).state;
  }

  /** The one that an order was sold under; refused while it is not known, never another one in its place. */
  async ofSale(sale: Pick<Sale, 'orderId' | 'policy' | 'placedAt'>): Promise<ReturnPolicy> {
    return policyOfSale(await this.book(), sale);
  }

  /** What this policy would have said to past returns. Nothing is changed by asking. */
  async trial(version: string, period: Period): Promise<TrialResult> {
    const trial = new PolicyTrial(requireVersion(await this.book(), version).policy);
    for await (const orders of this.needs.pastReturns(period)) for (const { returnIds, events } of orders) trial.add(returnIds, events);
    return trial.result();
  }

  private by({ actor }: Meta): { readonly by: string; readonly now: string } {
    return { by: actor, now: this.needs.now().toISOString() };
  }
}
