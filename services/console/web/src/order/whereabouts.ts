import type { Schemas } from '../api/client';

type Line = Schemas['Order']['lines'][number];
type Stock = Schemas['OrderDesk']['stock'][number];

/** Where some units of a line are. */
export type Whereabouts =
  | { readonly is: 'reserved' | 'cancelled' | 'shipped' | 'delivered' | 'returned'; readonly count: number }
  | { readonly is: 'at'; readonly count: number; readonly location: string }
  | { readonly is: 'short'; readonly requested: number; readonly available: number };

/** Units by the furthest they came, each counted once: what is delivered was shipped, too, and what is shipped was at a location before. */
export const whereaboutsOf = ({ progress }: Line, stock: Stock | undefined): readonly Whereabouts[] => {
  const { reserved, allocated, shipped, delivered, returned, cancelled } = progress;
  const left = ({ quantity }: Stock['allocated'][number]): number => (shipped >= allocated ? 0 : quantity);
  return [
    ...(stock?.short ? [{ is: 'short', ...stock.short } as const] : []),
    { is: 'reserved', count: reserved - allocated } as const,
    ...(stock?.allocated ?? []).map((each) => ({ is: 'at', count: left(each), location: each.location }) as const),
    { is: 'shipped', count: shipped - delivered } as const,
    { is: 'delivered', count: delivered - returned } as const,
    { is: 'returned', count: returned } as const,
    { is: 'cancelled', count: cancelled } as const,
  ].filter((each) => each.is === 'short' || each.count > 0);
};
