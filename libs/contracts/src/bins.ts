import { contractsOf } from './event';
import { list, object, optional, text, time } from './schema';
import { Topics } from './topics';

export const BinsAssigned = contractsOf(Topics.shipping, 'bins', 'subject')(
  'BinsAssigned',
  'SKUs stand in other bins of a location from now on. Of what is not named nothing changes.',
  object({
    location: text('Location code.'),
    bins: list(object({ sku: text(), bin: optional(text('Absent: it stands nowhere in particular any more.')) })),
    assignedAt: time(),
  }),
);
