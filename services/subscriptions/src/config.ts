import { isLoopback, wholeNumber, type SettingsSpec } from '@cartage/service-kit';
import { bool, EnvError, makeValidator } from 'envalid';
import { isTopicName } from './domain/replay-topic';

export interface SubscriptionsSettings {
  readonly JOURNAL_WAIT_SECONDS: number;
  readonly STREAM_CLIENTS: number;
  readonly STREAM_SLOW_SECONDS: number;
  readonly STREAM_HEARTBEAT_SECONDS: number;
  readonly WEBHOOK_PARALLEL: number;
  readonly WEBHOOK_TIMEOUT_SECONDS: number;
  readonly WEBHOOK_LOG_DAYS: number;
  readonly WEBHOOK_LOOPBACK: boolean;
  readonly REPLAY_TOPIC_PREFIXES: readonly string[];
}

const topicPrefixes = makeValidator<readonly string[]>((input) => {
  const prefixes = input.split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]));
  const wrong = prefixes.find((each) => !isTopicName(each));
  if (wrong === undefined) return prefixes;
  throw new EnvError(`beginnings of names of topics, apart by commas, such as replays.,erp.restore.; not ${JSON.stringify(wrong)}`);
});

export const settings: SettingsSpec<SubscriptionsSettings> = {
  JOURNAL_WAIT_SECONDS: wholeNumber(
    1,
    86_400,
  )({
    desc: 'so long an event of an order waits for the one that its journal begins with, because topics are heard apart; then the journal begins without it. 1 to 86400.',
    default: 600,
  }),
  STREAM_CLIENTS: wholeNumber(
    1,
    10_000,
  )({
    desc: 'so many clients of GET /stream are served by one process at once; who comes then is answered 503. 1 to 10000.',
    default: 100,
  }),
  STREAM_SLOW_SECONDS: wholeNumber(
    1,
    3_600,
  )({
    desc: 'a client of GET /stream that takes nothing for so long, while something waits for it, is let go. 1 to 3600.',
    default: 30,
  }),
  STREAM_HEARTBEAT_SECONDS: wholeNumber(
    1,
    3_600,
  )({
    desc: 'so often a client of GET /stream is told that the connection lives while nothing happens. 1 to 3600.',
    default: 15,
  }),
  WEBHOOK_PARALLEL: wholeNumber(
    1,
    100,
  )({
    desc: 'so many deliveries are under way to one webhook endpoint at once, of different orders, over all processes. 1 to 100.',
    default: 10,
  }),
  WEBHOOK_TIMEOUT_SECONDS: wholeNumber(
    1,
    60,
  )({
    desc: 'a webhook endpoint that has not answered after so long has not taken the event, which is sent again. 1 to 60.',
    default: 15,
  }),
  WEBHOOK_LOG_DAYS: wholeNumber(
    1,
    90,
  )({
    desc: 'so long it can be seen what was sent to webhook endpoints and what they answered, and be sent again. 1 to 90.',
    default: 14,
  }),
  WEBHOOK_LOOPBACK: bool({
    desc: 'whether webhook endpoints may be on this machine, and be reached without TLS there: for development and tests. Refused unless HOST is a loopback address.',
    default: false,
  }),
  REPLAY_TOPIC_PREFIXES: topicPrefixes({
    desc: 'what the names of topics begin with that past events may be sent to once more, apart by commas; empty: to none. Its user of Kafka needs the right to make and write such topics.',
    default: ['replays.'],
    example: 'replays.,erp.restore.',
  }),
};

/** Off the loopback strangers could have this process ask its own machine. */
export const unfitting = ({ WEBHOOK_LOOPBACK }: SubscriptionsSettings, { HOST }: { readonly HOST: string }): readonly string[] =>
  WEBHOOK_LOOPBACK && !isLoopback(HOST)
    ? [
        `Setting WEBHOOK_LOOPBACK is wrong: true lets whoever reaches HOST ${JSON.stringify(HOST)} have this machine ask itself. Leave it out, or set HOST=127.0.0.1.`,
      ]
    : [];
