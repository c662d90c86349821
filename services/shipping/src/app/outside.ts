import { Previewed, type Meta } from '@cartage/eventsourcing';

/** A preview asks nobody outside for anything: it ends here, and says what would be asked. */
export const requireEarnest = ({ preview }: Meta, asks: string): void => {
  if (preview) throw new Previewed([], false, [asks]);
};
