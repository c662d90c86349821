/** How something is to be taken, beside what it is called: nobody has to tell colours apart. */
export type Tone = 'calm' | 'going' | 'good' | 'wary' | 'bad';

const tones: Readonly<Record<string, Tone>> = {
  placed: 'calm',
  confirmed: 'going',
  'in-fulfillment': 'going',
  'partially-shipped': 'going',
  shipped: 'going',
  completed: 'good',
  'on-hold': 'wary',
  cancelled: 'calm',
  allocated: 'going',
  packed: 'going',
  delivered: 'good',
  returned: 'calm',
  labelled: 'going',
  dispatched: 'going',
  'in-transit': 'going',
  'out-for-delivery': 'going',
  collected: 'good',
  'label-failed': 'bad',
  'label-delayed': 'wary',
  'attempt-failed': 'wary',
  exception: 'bad',
  returning: 'wary',
};

/** Of a status of an order, a line or a parcel; what is new to the console is calm. */
export const toneOf = (status: string): Tone => tones[status] ?? 'calm';
