import type { PartnerAdapter } from '../../app/partners/partner';

/** Knows what it was asked as long as the process lives; takes everything, and lets go of it when it is asked. What it does with the goods, people say for it (`POST …/notices`). */
export const simulatedPartners = (): (() => PartnerAdapter) => {
  const known = new Set<string>();
  return () => ({
    answersAtOnce: true,
    tell: async ({ type, reference }) => {
      if (type === 'fulfilment.status') return { known: known.has(reference), notices: [] };
      if (type === 'fulfilment.cancel') return { notices: [{ type: 'cancelled', reference }] };
      if (type !== 'fulfilment.request') return { notices: [] };
      known.add(reference);
      return { notices: [{ type: 'accepted', reference }] };
    },
  });
};
