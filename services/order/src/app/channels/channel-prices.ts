import { Refused, type Bell } from '@cartage/eventsourcing';
import { allEnded } from './polling';
import type { PriceShelf, PricesWanted, ShownPrice } from './price-shelf';

export interface ChannelPricesNeeds {
  readonly shelf: PriceShelf;
  /** By channel: those that are told prices. */
  readonly wanted: ReadonlyMap<string, PricesWanted>;
  readonly news: Bell;
  readonly now: () => Date;
}

/** What channels ask is what the price lists say: of several the nearest, as for orders that come in. */
export class ChannelPrices {
  constructor(private readonly needs: ChannelPricesNeeds) {}

  /** One channel keeps no other back. */
  async refresh(): Promise<void> {
    const { shelf, wanted, news, now } = this.needs;
    await allEnded(
      [...wanted].map(async ([channel, terms]) => {
        if (await shelf.refresh(channel, terms, now())) news.ring();
      }),
    );
  }

  readonly list: PriceShelf['list'] = (query) => this.needs.shelf.list(query);

  async resubmit(channel: string, sku: string): Promise<ShownPrice> {
    const price = await this.needs.shelf.resubmit(channel, sku, this.needs.now());
    if (!price) throw new Refused('SKU_UNKNOWN', `Channel ${channel} was never told a price of ${sku}.`, 'unknown');
    this.needs.news.ring();
    return price;
  }
}
