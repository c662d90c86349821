import { integer, list, nullable, object, oneOf, optional, text, time, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { ListedWave } from '../app/wave-reading';
import type { ShownWave } from '../app/waves';
import { goodsInHand } from './shipments.answers';

const location = text('Location code.');
const status = oneOf(['open', 'closed']);
const units = { quantity: integer('Units to take.'), picked: integer('Found of them.'), short: integer('Not there.') };

export const waveAnswer = answerOf<ShownWave>()(
  'Wave',
  object({
    waveId: uuid(),
    location,
    status,
    picker: optional(text('Who picks it.')),
    releasedAt: time(),
    closedAt: optional(time()),
    units: integer('Units to take, over all bins.'),
    picked: integer('Found of them.'),
    short: integer('Not there.'),
    shipments: integer('Shipments that are picked in it.'),
    done: integer('Those of which every unit was found, or found missing.'),
    bins: list(
      object({
        bin: optional(text('Absent: nobody said where it stands; such ones come last.')),
        sku: text(),
        description: optional(text('As sold.')),
        ...goodsInHand,
        ...units,
        totes: list(
          object({
            tote: integer('Counted from 1 within the wave.'),
            shipmentId: uuid(),
            lineId: text('Line of the order.'),
            kit: optional(text('The SKU of the kit that it is a part of.')),
            ...units,
          }),
        ),
      }),
      'In the order of the bins: what is taken from each, and into which totes.',
    ),
    out: list(
      object({
        shipmentId: uuid(),
        tote: integer(),
        reason: oneOf(['cancelled', 'held', 'in-another-wave'], 'What is held comes back upon its release.'),
      }),
      'Shipments that are not picked in it after all.',
    ),
  }),
);

export const wavePage = pageAnswer(
  answerOf<ListedWave>()(
    'ListedWave',
    object({
      waveId: uuid(),
      location,
      status,
      picker: nullable(text('Who picks it.')),
      shipments: integer('How many shipments it was released with.'),
      releasedAt: time(),
      closedAt: nullable(time()),
    }),
  ),
);

const bin = { sku: text(), bin: text('Where pickers find it.') };
export const binPage = pageAnswer(answerOf<{ readonly sku: string; readonly bin: string }>()('Bin', object(bin)));
export const assignedBins = answerOf<{ readonly location: string; readonly skus: number }>()(
  'AssignedBins',
  object({ location, skus: integer('How many SKUs have a bin there now.') }),
);
