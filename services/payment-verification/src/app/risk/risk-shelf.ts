import type { LearnedRisk } from '@cartage/contracts';
import { Learning, type LearningLog, type LearningNeeds } from '@cartage/eventsourcing';
import { learnedSaid } from '../../domain/learned-risk';
import { riskValuesOf } from '../../domain/risk-features';
import { RiskLearner, type RiskFact, type RiskLearned } from '../../domain/risk-learner';
import type { Terms } from '../../domain/terms';
import type { CustomerFacts } from '../../domain/verification';

export type RiskFactLog = LearningLog<RiskFact, RiskLearned>;

/** What was learned of orders that went wrong, in memory: no order waits for a table. */
export class RiskShelf extends Learning<RiskFact, RiskLearned, RiskLearner> {
  constructor(needs: Omit<LearningNeeds<RiskFact, RiskLearned, RiskLearner>, 'begin'>) {
    super({ ...needs, begin: (learned?: RiskLearned) => new RiskLearner(learned) });
  }

  readonly said = (terms: Terms, facts: CustomerFacts): LearnedRisk | undefined => {
    const assessed = this.current().assess(riskValuesOf(terms, facts));
    return assessed && learnedSaid(assessed);
  };
}
