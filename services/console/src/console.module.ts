import { holdsNothing, type Kit, type Parts, type Service } from '@cartage/service-kit';
import { termsOf } from './app/login';
import { settings, type ConsoleSettings } from './config';
import { Bundle, bundleFolder } from './edge/bundle';
import { BUNDLE, ConsoleController, TERMS } from './edge/console.controller';

const compose = ({ settings: given, login }: Kit<ConsoleSettings>): Parts => ({
  controllers: [ConsoleController],
  providers: [
    { provide: BUNDLE, useValue: new Bundle(bundleFolder(__dirname)) },
    { provide: TERMS, useValue: termsOf(login, { clientId: given.CONSOLE_CLIENT_ID, scope: given.CONSOLE_SCOPE }) },
  ],
  listeners: [],
});

/** What people look at all day. It has no facts of its own: the program in the browser asks the other services, at the same address. */
export const consoleService: Service<ConsoleSettings> = {
  name: 'console',
  schema: 'console',
  title: 'Cartage console',
  paths: ['console'],
  area: 'operations',
  port: 3011,
  settings,
  migrations: [],
  entities: [],
  views: [],
  compose,
  holdings: () => holdsNothing,
};
