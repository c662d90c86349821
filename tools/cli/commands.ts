import { databaseUrlIn, environment, publicKeyOfLogs, verifyLogs } from '@cartage/service-kit';
import { archivesOf } from '../archive/archives';
import * as archive from '../archive/command';
import * as backup from '../backup/command';
import { backupsOf } from '../backup/backups';
import * as deadLetters from '../dead-letters/command';
import { plannedServices } from '../distributed/plan';
import * as evaluate from '../evaluate/command';
import * as imports from '../import/command';
import * as log from '../log/command';
import * as person from '../person/command';
import { bundlesOf } from '../support-bundle/bundles';
import * as supportBundle from '../support-bundle/command';
import * as reporting from '../verify/command';
import { verify as verifyReporting } from '../verify/verifying';
import type { Commands } from './command';
import * as deadlines from './deadlines';
import * as difference from './difference';
import * as explain from './explain';
import * as fork from './fork';
import * as models from './models';
import * as rebuild from './rebuild';
import * as replay from './replay';
import * as tail from './tail';
import * as trace from './trace';
import * as verification from './verify';

/** Loaded for those commands only that look into their databases: whoever follows a stream does not wait for ten services. */
const services = async () => (await import('@cartage/embedded/services')).services;

const logs: log.Logs = { verify: (what) => verifyLogs(environment(), what), publicKey: () => publicKeyOfLogs(environment()) };

/** Everything that `cartage` can do. What npm runs by a name of its own is the same function here. */
export const commands: Commands = {
  tail: { ...tail, about: 'what happens, as it happens, of an order, a channel or a type' },
  trace: { ...trace, about: 'everything that happened to an order in all services, and what led to what' },
  explain: { ...explain, about: 'why an order stands as it does, why there are so many units, where each cent went' },
  diff: { ...difference, about: 'what became another between two instants in an order, its payment, or the stock of a SKU' },
  replay: { ...replay, about: 'past events, sent once more to whoever lost them: ask for it, look how far it is, cancel it' },
  import: {
    about: 'orders, stock, settlements or carriers’ invoices out of files',
    usage: imports.usage,
    run: async (args) => ({ text: '', code: await imports.run(args) }),
  },
  'dead-letters': {
    about: 'what listeners could not take: look, send again, drop',
    usage: deadLetters.usage,
    run: (args) =>
      deadLetters.runCommand(
        args,
        plannedServices.map(({ name }) => name),
      ),
  },
  deadlines: { ...deadlines, about: 'what services wait for: what is due and not told yet, and what is not due' },
  models: { ...models, about: 'what is learned while Cartage runs: from what, how well, whether it decides' },
  fork: { ...fork, about: 'the same past without and with what is learned, beside each other' },
  rebuild: { ...rebuild, about: 'a view made anew from the log, beside the one that serves' },
  verify: {
    about: 'whether money, stock, the chain of the logs and the views are what they must be',
    usage: verification.usage,
    run: (args) => verification.run(args, logs),
  },
  'verify-reporting': {
    about: 'whether the tables for analysts say what the services say',
    usage: reporting.usage,
    run: (args) => reporting.run(args, { databaseUrl: databaseUrlIn(environment()), verify: verifyReporting }),
  },
  person: {
    about: 'what is known of a person, and to have it forgotten',
    usage: person.usage,
    run: (args) => person.runCommand(args),
  },
  log: { about: 'whether the logs are what was signed for', usage: log.usage, run: (args) => log.run(args, logs) },
  'support-bundle': {
    about: 'one order’s whole story in a file, without what is personal; played again',
    usage: supportBundle.usage,
    run: async (args) => supportBundle.run(args, bundlesOf(await services(), environment())),
  },
  archive: {
    about: 'old events of the logs, out of the tables into files',
    usage: archive.usage,
    run: async (args, { say }) => archive.run(args, archivesOf(await services(), environment()), say),
  },
  backup: {
    about: 'all data of all services at one instant, and back',
    usage: backup.usage,
    run: async (args) => backup.run(args, backupsOf(await services(), environment())),
  },
  evaluate: {
    about: 'how well decisions would have done on your own history',
    usage: evaluate.usage,
    run: async (args) => ({ text: await evaluate.run(args), code: 0 }),
  },
};
