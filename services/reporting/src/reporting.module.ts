import { holdsNothing, type Kit, type Parts, type Service } from '@cartage/service-kit';
import { following } from './app/following';
import { answering } from './app/questions';
import { settings, type ReportingSettings } from './config';
import { listenersOf } from './edge/listeners';
import { Star1764500000000 } from './edge/migrations/1764500000000-star';
import { Wording1764600000000 } from './edge/migrations/1764600000000-wording';
import { Reports1764800000000 } from './edge/migrations/1764800000000-reports';
import { ReportMails1764900000000 } from './edge/migrations/1764900000000-report-mails';
import { freshnessIn, missingIn } from './edge/postgres-freshness';
import { ratesIn } from './edge/postgres-rates';
import { pseudonymsOf } from './edge/pseudonyms';
import { answersIn, figuresIn } from './edge/questions/postgres-questions';
import { QUESTIONS, QuestionsController } from './edge/questions/questions.controller';
import { FRESHNESS, RATES, ReportingController } from './edge/reporting.controller';
import { generationOf } from './edge/star/definition';
import { grantStar, prepareStar, showStar } from './edge/star/generations';
import { starIn } from './edge/star/postgres-star';
import { tending } from './edge/star/tending';
import { reportParts } from './reports.parts';

const compose = async (kit: Kit<ReportingSettings>): Promise<Parts> => {
  const { settings: given, pool, people, clock, log } = kit;
  const generation = generationOf(given.REPORTING_GENERATION);
  const shown = { generation, reader: given.REPORTING_READER };
  await prepareStar(pool, generation);
  // The first one is shown at once, so that every name is there.
  await showStar(pool, shown);
  await grantStar(pool, shown);
  const freshness = freshnessIn(pool, generation);
  const [tended, reports] = [tending({ pool, shown, clock, log }), reportParts(kit)];
  return {
    controllers: [ReportingController, QuestionsController, ...reports.controllers],
    providers: [
      ...reports.providers,
      { provide: FRESHNESS, useValue: freshness },
      { provide: QUESTIONS, useValue: answering({ answer: answersIn(pool), figures: figuresIn(pool) }, freshness) },
      { provide: RATES, useValue: ratesIn(pool) },
    ],
    listeners: listenersOf(generation, following({ star: starIn(pool, generation), pseudonymOf: pseudonymsOf(people) })),
    readings: async () => ({ reportingMissing: await missingIn(pool, generation) }),
    checks: reports.checks,
    start: async () => {
      await tended.start();
      await reports.start();
    },
    stop: async () => {
      await Promise.all([tended.stop(), reports.stop()]);
    },
  };
};

/** Numbers for analysts: a star that follows every topic. It tells nothing to anybody. */
export const reportingService: Service<ReportingSettings> = {
  name: 'reporting',
  schema: 'reporting',
  title: 'Cartage reporting',
  paths: ['reporting'],
  area: 'reports',
  port: 3008,
  settings,
  migrations: [Star1764500000000, Wording1764600000000, Reports1764800000000, ReportMails1764900000000],
  views: [],
  compose,
  holdings: () => holdsNothing,
};
