import type { PaymentToken } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import type { Vault } from '@cartage/service-kit';
import { differences, personalDifferences, recipientDifferences, refuseDifferences, tokenDifferences } from '../domain/differences';
import type { DrawnUp } from '../domain/drawing-up';
import type { PlacedData, Placing } from '../domain/state';
import type { ReadOrder } from './reading';

interface SameOrderNeeds {
  readonly vault: Vault;
  readonly read: ReadOrder;
}

/** An erased person's data can no longer be compared; the rest still is. */
export const requireSameOrder = async (
  { vault }: Pick<SameOrderNeeds, 'vault'>,
  placed: PlacedData,
  order: Placing,
  drawn: DrawnUp,
): Promise<void> => {
  const [kept, tokens, recipients] = await Promise.all([
    vault.open(placed.personal),
    Promise.all(placed.payments.map(({ token }) => token && vault.open<PaymentToken>(token))),
    Promise.all(placed.shipGroups.map(({ personal }) => personal && vault.open(personal))),
  ]);
  const again = drawn.payments.map(({ token }) => token);
  refuseDifferences([
    ...differences(placed, order),
    ...(kept
      ? [
          ...personalDifferences(kept, drawn.personal),
          ...recipientDifferences(
            recipients,
            drawn.order.shipGroups.map(({ shipGroupId }) => drawn.recipients.get(shipGroupId)),
          ),
          ...tokenDifferences(tokens, again),
        ]
      : []),
  ]);
};

/** A preview ends with the decision, before what is sealed could be compared. */
export const requireSameIfPlaced = async (needs: SameOrderNeeds, order: Placing, drawn: DrawnUp): Promise<void> => {
  const before = await needs.read(order.orderId).catch((error: unknown) => {
    if (error instanceof Refused && error.kind === 'unknown') return undefined;
    throw error;
  });
  if (before) await requireSameOrder(needs, before.order.placed, order, drawn);
};

/** An order that was placed before is answered as it was, whatever the catalogue says now. */
export const wasPlaced = async ({ read }: SameOrderNeeds, orderId: string): Promise<boolean> =>
  read(orderId).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Refused && error.kind === 'unknown') return false;
      throw error;
    },
  );
