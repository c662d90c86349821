import { forgetting, holdsNothing, type Kit, type Parts, type Service } from '@cartage/service-kit';
import { termsOf } from './app/login';
import { WorkDesk } from './app/work-desk';
import { settings, type ConsoleSettings } from './config';
import { Bundle, bundleFolder } from './edge/bundle';
import { BUNDLE, ConsoleController, TERMS } from './edge/console.controller';
import { Work1764700000000 } from './edge/migrations/1764700000000-work';
import { WorkResolved1764800000000 } from './edge/migrations/1764800000000-work-resolved';
import { forgettableWork, workTableIn } from './edge/work-table';
import { WORK, WorkController } from './edge/work.controller';

const compose = ({ settings: given, login, pool, ...kit }: Kit<ConsoleSettings>): Parts => ({
  controllers: [WorkController, ConsoleController],
  providers: [
    { provide: BUNDLE, useValue: new Bundle(bundleFolder(__dirname)) },
    { provide: TERMS, useValue: termsOf(login, { clientId: given.CONSOLE_CLIENT_ID, scope: given.CONSOLE_SCOPE }) },
    { provide: WORK, useValue: new WorkDesk(workTableIn(pool), kit.now) },
  ],
  listeners: [],
  ...forgetting(forgettableWork(pool, given.CONSOLE_WORK_DAYS), kit),
});

/**
 * What people look at all day: the program in the browser, which asks the other services at the same address. Of its own it has who works on which item of a queue, and what they wrote
 * about it: no facts of the business, and forgotten after a while.
 */
export const consoleService: Service<ConsoleSettings> = {
  name: 'console',
  schema: 'console',
  title: 'Cartage console',
  paths: ['console'],
  area: 'work',
  port: 3011,
  settings,
  migrations: [Work1764700000000, WorkResolved1764800000000],
  views: [],
  compose,
  holdings: () => holdsNothing,
};
