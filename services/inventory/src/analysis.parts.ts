import type { Kit, Parts } from '@cartage/service-kit';
import { ANALYSIS, ANALYSIS_NOW, AnalysisController } from './edge/analysis/analysis.controller';
import { postgresAnalysis } from './edge/analysis/postgres-analysis';

/** What sells, what lies, and for how long. */
export const analysisParts = ({ pool, now }: Kit) =>
  ({
    controllers: [AnalysisController],
    providers: [
      { provide: ANALYSIS, useValue: postgresAnalysis(pool) },
      { provide: ANALYSIS_NOW, useValue: now },
    ],
  }) satisfies Partial<Parts>;
