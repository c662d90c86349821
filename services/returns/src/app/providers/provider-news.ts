import type { OrderFacts } from '../order-facts';
import type { ProviderRegister } from './provider';
import type { ProviderContent, ProviderOutbox } from './provider-message';

export interface ProviderNewsNeeds {
  readonly register: Pick<ProviderRegister, 'byChannel'>;
  readonly facts: Pick<OrderFacts, 'of'>;
  readonly plan: ProviderOutbox['plan'];
  readonly idFor: (...named: readonly string[]) => string;
  readonly now: () => Date;
}

/** Plans what providers are to be told. Where nobody handles returns for us, nothing is looked up and nothing is written. */
export class ProviderNews {
  constructor(private readonly needs: ProviderNewsNeeds) {}

  /** What can be sent back of it may be another now; `factId` names what happened: told again, it is the same message. */
  orderChanged(orderId: string, factId: string): Promise<string | undefined> {
    return this.planned(orderId, factId, { kind: 'order' });
  }

  async returnChanged(orderId: string, returnId: string, factId: string): Promise<void> {
    await this.planned(orderId, factId, { kind: 'return', returnId });
  }

  /** Answers with the provider that is told, if there is one. */
  private async planned(orderId: string, factId: string, content: ProviderContent): Promise<string | undefined> {
    const provider = await this.providerOf(orderId);
    if (provider === undefined) return undefined;
    const messageId = this.needs.idFor('provider-message', provider, orderId, content.kind, factId);
    await this.needs.plan({ messageId, provider, orderId, content, plannedAt: this.needs.now().toISOString() });
    return provider;
  }

  /** Who handles its returns; `channel`, where it is at hand, spares looking at the order. */
  async providerOf(orderId: string, channel?: string): Promise<string | undefined> {
    const providers = await this.needs.register.byChannel();
    if (providers.size === 0) return undefined;
    const of = channel ?? (await this.needs.facts.of(orderId))?.sale.channel;
    return of === undefined ? undefined : providers.get(of);
  }
}
