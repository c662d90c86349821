import { unfitting, type SubscriptionsSettings } from './config';

const settings = (WEBHOOK_LOOPBACK: boolean): SubscriptionsSettings => ({
  ...{ JOURNAL_WAIT_SECONDS: 600, STREAM_CLIENTS: 100, STREAM_SLOW_SECONDS: 30, STREAM_HEARTBEAT_SECONDS: 15 },
  ...{ WEBHOOK_PARALLEL: 10, WEBHOOK_TIMEOUT_SECONDS: 15, WEBHOOK_LOG_DAYS: 14, WEBHOOK_LOOPBACK, REPLAY_TOPIC_PREFIXES: [] },
});

it.each([
  [true, '0.0.0.0', 1],
  [true, '10.0.0.7', 1],
  [true, '127.0.0.1', 0],
  [true, '::1', 0],
  [false, '0.0.0.0', 0],
])('WEBHOOK_LOOPBACK=%s at HOST %s has %d faults', (allowed, HOST, faults) => {
  const lines = unfitting(settings(allowed), { HOST });
  expect(lines).toHaveLength(faults);
  for (const line of lines) expect(line).toContain('WEBHOOK_LOOPBACK');
});
