import type { ShownReturn } from './answers';
import { everyItem, type Cartage } from './cartage';
import { tellOf, type Scan } from './carriers';
import { awaited } from './patience';
import type { Shop } from './shop';
import { Trouble } from './problem';

/** Where what is sent back goes. */
export const DOCK = 'LDN-1';
const POLICY = 'labels-for-some';

/** Every second product comes back with a label of ours, and is paid for once the carrier has it. */
const labelled = ({ products }: Shop): readonly string[] => products.filter((_, i) => i % 2 === 1).map(({ sku }) => sku);

/** The policy that is there, but for some of what is sold. */
export const activatePolicy = async (cartage: Cartage, shop: Shop): Promise<void> => {
  let current: string | undefined;
  for await (const { version, inForce } of everyItem(cartage.returnPolicies)) if (inForce) current = version;
  if (current === undefined) throw new Trouble('No return policy is in force.');
  const { policy } = await cartage.returnPolicy(current);
  const sendBack = { by: 'label', to: DOCK, carrier: 'simulated' };
  const exception = { name: 'sent with a label', skus: labelled(shop), terms: { wayBack: 'merchant', refundOn: 'scan', sendBack } };
  const draft = { ...policy, exceptions: [...(policy?.exceptions ?? []), exception], version: POLICY, note: 'Labels for some of it.' };
  await cartage.draftReturnPolicy('draft-labels', draft);
  await cartage.activateReturnPolicy(POLICY, 'activate-labels', 'From the first order on.');
};

/** Takes goods that have a label of ours to the dock; others come as the customer likes, as do those of whom no carrier knows where they are, fetched once. */
export const bringBack = async (cartage: Cartage, { returnId, sendBack }: ShownReturn): Promise<void> => {
  if (sendBack?.by !== 'label') return;
  const { labels } = await awaited('a label for the way back, or why there is none', async () => {
    const shown = await cartage.return(returnId);
    return shown.labels.length > 0 || shown.labelFailure ? shown : undefined;
  });
  const scans: readonly Scan[] = [{ code: 'PICKED_UP' }, { code: 'HUB_SCAN', hub: 'Leeds' }, { code: 'DELIVERED' }];
  for (const { trackingNumber } of labels.slice(0, 1)) await tellOf(cartage, [trackingNumber], scans);
};
