import { bodyOf, type Api } from '../api/client';
import { shortId } from '../formats/ids';

/** What people call an order: the channel’s number, or the end of ours. */
export const numberOf = ({ externalOrderId, orderId }: { readonly externalOrderId?: string | null; readonly orderId: string }): string =>
  externalOrderId ?? shortId(orderId);

/** As many as an address has room for. */
const MOST_AT_ONCE = 50;

/** What channels call their orders. */
export interface OrderNumbers {
  /** Null where the channel gave none, or nobody here may know. */
  of(orderId: string): Promise<string | null>;
}

type Answers = ReadonlyMap<string, string | null>;
type Ask = (orderIds: readonly string[]) => Promise<Answers>;

const slices = (ids: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / MOST_AT_ONCE) }, (_, at) => ids.slice(at * MOST_AT_ONCE, (at + 1) * MOST_AT_ONCE));

const askedOf =
  (api: Api): Ask =>
  async (orderId) => {
    const { items } = await bodyOf(api.GET('/orders', { params: { query: { orderId: [...orderId], limit: MOST_AT_ONCE } } }));
    return new Map(items.map((order) => [order.orderId, order.externalOrderId]));
  };

/** A list names many orders at the same moment: they are asked for together. */
export const orderNumbers = (api: Api): OrderNumbers => {
  const ask = askedOf(api);
  let asked: Promise<Answers> | undefined;
  let wanted = new Set<string>();
  const gathered = async (): Promise<Answers> => {
    await new Promise((resolve) => setTimeout(resolve));
    const ids = [...wanted];
    [wanted, asked] = [new Set(), undefined];
    return new Map((await Promise.all(slices(ids).map(ask))).flatMap((each) => [...each]));
  };
  return {
    of: async (orderId) => {
      wanted.add(orderId);
      asked ??= gathered();
      return (await asked).get(orderId) ?? null;
    },
  };
};
