import { put, remove, type View } from '@cartage/views';
import type { BinEvent } from '../../domain/bins';

export const binAssignment: View<BinEvent> = {
  name: 'bin_assignment',
  about: 'In which bin a SKU stands at a location.',
  key: ['location', 'sku'],
  revision: 1,
  columns: {
    location: { type: 'text not null', about: 'Code of the location.' },
    sku: { type: 'text not null', about: 'What stands there.' },
    bin: { type: 'text not null', about: 'Where pickers find it.' },
  },
  on: {
    BinsAssigned: ({ data: { location, bins } }) =>
      bins.map(({ sku, bin }) => (bin === undefined ? remove({ location, sku }) : put({ location, sku, bin }))),
  },
};
