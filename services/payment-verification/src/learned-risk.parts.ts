import type { Kit, Parts, Readings } from '@cartage/service-kit';
import { createRiskReports, recentGap } from './app/risk/risk-reports';
import { RiskShelf } from './app/risk/risk-shelf';
import type { VerificationRules } from './app/verification-rules';
import { LearnedRiskController, RISK_REPORTS } from './edge/risk/learned.controller';
import { riskFactLog, riskSlices } from './edge/risk/postgres-learned';

/** What orders teach takes weeks to be known. */
const KNOWN_FOR_MS = 60_000;

export interface LearnedRiskParts extends Required<Pick<Parts, 'controllers' | 'providers' | 'start'>> {
  readonly learned: RiskShelf;
  readonly readings: () => Promise<Readings>;
}

/** What is learned of orders that went wrong. */
export const learnedRiskParts = ({ pool, now }: Pick<Kit<object>, 'pool' | 'now'>, rules: VerificationRules): LearnedRiskParts => {
  const learned = new RiskShelf({ log: riskFactLog(pool), now, forMs: KNOWN_FOR_MS });
  const policy = async () => (await rules.inForce()).learned;
  const reports = createRiskReports({ slices: riskSlices(pool), learned: () => learned.current().model, policy, now });
  return {
    learned,
    controllers: [LearnedRiskController],
    providers: [{ provide: RISK_REPORTS, useValue: reports }],
    start: () => learned.caughtUp(),
    readings: async () => ({ learnedGap: [{ labels: { model: 'risk' }, value: recentGap(learned.current().model) }] }),
  };
};
