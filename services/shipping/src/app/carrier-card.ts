import { learnedCarriers } from '../domain/carrier-learning';
import type { LearnedPolicy } from '../domain/learned-choice';
import type { CarriersComparedReport, CarriersForetold } from './carriers-compared';
import type { CarrierShelf } from './learned-carriers';

export interface CarrierCardNeeds {
  readonly learned: Pick<CarrierShelf, 'current'>;
  /** As the policy in force has it. */
  readonly policy: () => Promise<LearnedPolicy | undefined>;
  /** Of the last quarter. */
  readonly compared: () => Promise<CarriersComparedReport>;
  /** The oldest month first. */
  readonly months: () => Promise<readonly CarriersForetold[]>;
  /** Day of the first shipment that was learned from; null: there is none. */
  readonly since: () => Promise<string | null>;
}

const DAY_MS = 86_400_000;
const notes = [
  'Thompson sampling by lane, leaning on the service and on all: of each offer a world is drawn that is as likely as it is believed, and the one that costs least in it is taken.',
  'It may cost more than the policy’s own choice by no more than the bound of the policy, in sum; a share of choices is left to chance, so that nobody is forgotten.',
  'What was seen 120 days ago counts half. GET /shipping/reports/carrier-choice/compared sets both choices beside each other for any time.',
  'Foretold and happened are what lateness and loss cost a label by the policy that chose it, in minor units: expected of the service that it went by, and as it came out.',
];
const notFor = [
  'Blaming a carrier: who is chosen for hard lanes is late more often. A scorecard compares carriers on the same lanes.',
  'Claims: whether a parcel is lost is for whoever investigates it to say.',
  'Costs in another currency than that of the policy: there it is not looked at.',
];

const share = (part: number, of: number): number => Number((of === 0 ? 0 : part / of).toFixed(4));

const errorOf = ({ items }: CarriersComparedReport) =>
  items.flatMap(({ currency, labels, learned, baseline }) => [
    {
      measure: `late or lost, of those that went so (${currency})`,
      value: share(learned.late + learned.lost, learned.ended),
      baseline: share(baseline.late + baseline.lost, baseline.ended),
    },
    {
      measure: `expected cost of a label (${currency}, minor units)`,
      value: Math.round(share(learned.expected, labels)),
      baseline: Math.round(share(baseline.expected, labels)),
    },
  ]);

const standingOf = (policy: LearnedPolicy | undefined) => {
  if (!policy) return 'off' as const;
  return policy.decides ? ('decides' as const) : ('shadow' as const);
};

const driftOf = (months: readonly CarriersForetold[]) =>
  months.map(({ month, currency, labels, foretold, happened }) => ({
    ...{ period: `${month} (${currency})`, decisions: labels },
    ...{ foretold: Math.round(foretold), happened: Math.round(happened) },
  }));

/** What is known of what was learned of carriers. */
export const carrierCard = ({ learned, policy, compared, months, since }: CarrierCardNeeds) => ({
  card: async () => {
    const { position, all, services, arms } = learned.current().model;
    const { parcels, late, lost } = all.counts;
    return {
      ...{ name: 'carriers', title: 'Choice of carrier', ...learnedCarriers, model: position, standing: standingOf(await policy()) },
      data: {
        about: 'Shipments of the own log that were delivered as a whole, or of which a parcel is lost or came back.',
        ...{
          from: await since(),
          to: parcels === 0 ? null : new Date(all.faded.day * DAY_MS).toISOString().slice(0, 10),
          learnedFrom: parcels,
        },
        counts: { late, lost, services: services.length, 'services on a lane': arms.length },
      },
      ...{ error: errorOf(await compared()), drift: driftOf(await months()), madeOf: [], notes, notFor },
    };
  },
});

export type CarrierCard = ReturnType<typeof carrierCard>;
