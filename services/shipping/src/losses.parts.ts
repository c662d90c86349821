import { handling, reading } from '@cartage/eventsourcing';
import { idFor, type Kit, type Parts } from '@cartage/service-kit';
import { claimStream, createClaims } from './app/claims';
import { carrierCard } from './app/carrier-card';
import { createLearnedReports } from './app/carriers-compared';
import { createLosses } from './app/losses';
import type { CarrierPolicyBook } from './app/carrier-policies';
import type { Compliance } from './app/compliance';
import { createReports } from './app/reports';
import type { LanePerformances } from './app/lane-performances';
import type { CarrierShelf } from './app/learned-carriers';
import { PolicyTrials } from './app/policy-trials';
import { createScorecards } from './app/scorecards';
import type { ShipmentLog } from './app/shipment-log';
import type { ShippingSettings } from './config';
import { claim } from './domain/claims/claim';
import { paymentListener } from './edge/listeners';
import { CLAIMS, CarrierClaimsController, LOSSES, LossesController } from './edge/losses/losses.controller';
import { CARRIER_POLICIES, CarrierPoliciesController } from './edge/policies/policies.controller';
import { REPORTS, ReportsController } from './edge/reports/reports.controller';
import { reportShelf } from './edge/reports/postgres-reports';
import { CARRIER_CARD, LEARNED_REPORTS, LearnedReportsController, ShippingModelsController } from './edge/reports/learned.controller';
import { comparedCarriers, foretoldOfCarriers, learnedSince } from './edge/reports/postgres-learned';
import { pastQuotes } from './edge/reports/postgres-quotes';
import { scorecardShelf } from './edge/reports/postgres-scorecards';
import { SCORECARDS, ScorecardsController } from './edge/reports/scorecards.controller';
import { PolicyTrialsController } from './edge/reports/trials.controller';
import { laneShelf, listClaims } from './edge/losses/postgres-lanes';

const DAY_MS = 86_400_000;

interface Needs {
  readonly log: ShipmentLog;
  readonly lanes: LanePerformances;
  readonly learned: CarrierShelf;
  readonly policies: CarrierPolicyBook;
  readonly compliance: Compliance;
}

/** What was, counted in several ways. */
const reports = ({ pool, now, settings }: Kit<ShippingSettings>, { learned, policies }: Pick<Needs, 'learned' | 'policies'>) => {
  const compared = createLearnedReports({ compared: comparedCarriers(pool), now });
  const policy = async () => (await policies.inForce()).policy.learned;
  return [
    { provide: LEARNED_REPORTS, useValue: compared },
    {
      provide: CARRIER_CARD,
      useValue: carrierCard({
        ...{ learned, policy, compared: () => compared.compared({}) },
        ...{ months: foretoldOfCarriers(pool), since: learnedSince(pool) },
      }),
    },
    { provide: REPORTS, useValue: createReports({ shelf: reportShelf(pool), now }) },
    { provide: SCORECARDS, useValue: createScorecards({ shelf: scorecardShelf(pool, settings.STUCK_DAYS), now }) },
  ];
};

/** What is late or lost, what carriers pay for it, what became of promises, and what carriers are chosen by. */
export const lossParts = (
  kit: Kit<ShippingSettings>,
  { log, lanes, learned, policies, compliance }: Needs,
): Required<Pick<Parts, 'controllers' | 'providers' | 'listeners' | 'start' | 'onDue'>> => {
  const { store, newId, isPublic, now, deadlines, pool, settings } = kit;
  const losses = createLosses({
    ...{ log, deadlines, now },
    lanes: laneShelf(pool, settings.STUCK_DAYS),
    lostAfterMs: settings.LOST_AFTER_DAYS * DAY_MS,
  });
  const known = reading(store, claim);
  const claims = createClaims({
    ...{ log, now, list: listClaims(pool) },
    send: handling({ store, newId, isPublic }, claim),
    read: async (claimId) => (await known.load(claimStream(claimId))).state,
    claimIdOf: (shipmentId, parcelId) => idFor('claim', shipmentId, parcelId),
  });
  const trials = new PolicyTrials({ quotes: pastQuotes(pool), performance: lanes.current, policies, compliance, now });
  return {
    controllers: [
      LossesController,
      CarrierClaimsController,
      ReportsController,
      ScorecardsController,
      PolicyTrialsController,
      ...[LearnedReportsController, ShippingModelsController],
      CarrierPoliciesController,
    ],
    providers: [
      ...reports(kit, { learned, policies }),
      { provide: CARRIER_POLICIES, useValue: policies },
      { provide: LOSSES, useValue: losses },
      { provide: PolicyTrials, useValue: trials },
      { provide: CLAIMS, useValue: claims },
    ],
    listeners: [paymentListener(claims)],
    start: async () => void (await Promise.all([losses.watch(), lanes.renew(), learned.caughtUp()])),
    onDue: losses.onDue,
  };
};
