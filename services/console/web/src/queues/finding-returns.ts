import { bodyOf, Refusal, type Api } from '../api/client';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const isNothing = (fault: unknown): boolean => fault instanceof Refusal && [404, 422].includes(fault.status);

const isReturn = async (api: Api, returnId: string): Promise<boolean> => {
  try {
    await bodyOf(api.GET('/returns/{returnId}', { params: { path: { returnId } } }));
    return true;
  } catch (fault) {
    if (isNothing(fault)) return false;
    throw fault;
  }
};

/** The newest return of an order. */
const ofOrder = async (api: Api, orderId: string): Promise<string | undefined> =>
  (await bodyOf(api.GET('/returns', { params: { query: { orderId, limit: 1 } } }))).items[0]?.returnId;

const byNumber = async (api: Api, externalOrderId: string): Promise<string | undefined> => {
  const { items } = await bodyOf(api.GET('/orders', { params: { query: { externalOrderId, limit: 5 } } }));
  const found = await Promise.all(items.map(({ orderId }) => ofOrder(api, orderId)));
  return found.find((returnId) => returnId !== undefined);
};

/** The return that stands on a slip: by its own number, or by the order's, whichever was printed. */
export const findReturn = async (api: Api, text: string): Promise<string | undefined> => {
  const read = text.trim();
  if (!ID.test(read)) return byNumber(api, read);
  return (await isReturn(api, read)) ? read : ofOrder(api, read);
};
