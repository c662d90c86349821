import type { Row } from './dashboard';

const of = 'service=~"$service"';
const rate = (series: string): string => `rate(${series}[$__rate_interval])`;
const quantile = (q: number, by: string, buckets: string): string => `histogram_quantile(${q}, sum by (${by}) (${rate(buckets)}))`;
const commands = 'method!~"GET|HEAD|OPTIONS"';

export const entrance: Row = {
  title: 'Entrance and commands',
  panels: [
    {
      title: 'Requests',
      about: 'Requests a second by status. 429 and 503 are turned away at the entrance; any other 5xx is a fault.',
      unit: 'reqps',
      queries: [{ expr: `sum by (status) (${rate('cartage_http_request_seconds_count')})`, legend: '{{status}}' }],
    },
    {
      title: 'Requests that fail',
      about: 'Share of requests that end in 5xx. The alert CartageRequestsFail is at 2 %.',
      unit: 'percentunit',
      queries: [
        {
          expr: `sum(${rate('cartage_http_request_seconds_count{status=~"5.."}')}) / sum(${rate('cartage_http_request_seconds_count')})`,
          legend: 'failing',
        },
      ],
    },
    {
      title: 'How long commands take',
      about: 'Requests that change something, answer included. The alert CartageRequestsSlow is at 1 s for one in a hundred.',
      unit: 's',
      queries: [0.5, 0.99].map((q) => ({
        expr: quantile(q, 'le', `cartage_http_request_seconds_bucket{${commands}}`),
        legend: `p${q * 100}`,
      })),
    },
    {
      title: 'Busiest commands',
      about: 'The ten routes that change something and are asked most, in requests a second.',
      unit: 'reqps',
      queries: [
        {
          expr: `topk(10, sum by (method, route) (${rate(`cartage_http_request_seconds_count{${commands}}`)}))`,
          legend: '{{method}} {{route}}',
        },
      ],
    },
  ],
};

export const log: Row = {
  title: 'The event log',
  panels: [
    {
      title: 'Appends',
      about: 'Writes to the log of each service, a second: one may hold the events of many commands.',
      unit: 'ops',
      queries: [{ expr: `sum by (service) (${rate(`cartage_append_seconds_count{${of}}`)})`, legend: '{{service}}' }],
    },
    {
      title: 'Events in an append',
      about: 'How many events share one write, on average. It grows with the load: that is what keeps Postgres from being the limit.',
      unit: 'none',
      queries: [
        {
          expr: `sum by (service) (${rate(`cartage_append_batch_events_sum{${of}}`)}) / sum by (service) (${rate(`cartage_append_batch_events_count{${of}}`)})`,
          legend: '{{service}}',
        },
      ],
    },
    {
      title: 'How long an append takes',
      about: 'One in a hundred takes longer, commit included. Slow appends with few of them mean a slow disk, or a database far away.',
      unit: 's',
      queries: [{ expr: quantile(0.99, 'service, le', `cartage_append_seconds_bucket{${of}}`), legend: '{{service}}' }],
    },
    {
      title: 'Conflicts',
      about:
        'Writes a second that lost a race for their stream and were decided again. Nothing is wrong; many of them are many writers of one stream.',
      unit: 'ops',
      queries: [{ expr: `sum by (service) (${rate(`cartage_append_conflicts_total{${of}}`)})`, legend: '{{service}}' }],
    },
    {
      title: 'Not signed for yet',
      about:
        'Age of the oldest event that no attestation holds. Workers sign every five minutes; CartageLogNotAttested is at half an hour.',
      unit: 's',
      queries: [{ expr: `max by (service) (cartage_log_unattested_seconds{${of}})`, legend: '{{service}}' }],
    },
    {
      title: 'Not what was signed for',
      about: 'Attestations that do not hold: events were changed, or are missing. Anything but 0 pages somebody (CartageLogBroken).',
      unit: 'none',
      queries: [{ expr: `max by (service) (cartage_log_broken_attestations{${of}})`, legend: '{{service}}' }],
    },
  ],
};

export const lag: Row = {
  title: 'How far behind',
  panels: [
    {
      title: 'Publisher',
      about:
        'Positions between the end of a log and what Kafka has of it: events in Postgres, bytes in KurrentDB. It should come back to 0.',
      unit: 'none',
      queries: [
        {
          expr: `max by (service) (cartage_log_follower_lag_positions{${of},follower=~"publisher[.].*"})`,
          legend: '{{service}}',
        },
      ],
    },
    {
      title: 'Listeners over Kafka',
      about:
        'Records that the members of a group had not done when they fetched last. One group that grows while others do not needs more workers, or waits.',
      unit: 'none',
      queries: [{ expr: `sum by (group) (cartage_listener_lag_records{${of}})`, legend: '{{group}}' }],
    },
    {
      title: 'Listeners on a log',
      about: 'Positions that a group which follows a log directly (embedded) has not done.',
      unit: 'none',
      queries: [
        {
          expr: `max by (follower) (cartage_log_follower_lag_positions{${of},follower!~"publisher[.].*"})`,
          legend: '{{follower}}',
        },
      ],
    },
    {
      title: 'Views',
      about: 'Age of what a view does not show yet. Commands are not concerned; lists are. The alert CartageViewBehind is at a minute.',
      unit: 's',
      queries: [{ expr: `max by (service, view) (cartage_view_lag_seconds{${of}}) > 0`, legend: '{{service}}.{{view}}' }],
    },
    {
      title: 'Listeners that wait',
      about: 'For so long a group has waited for a database, a broker or a carrier that is away. Nothing is lost meanwhile.',
      unit: 's',
      queries: [{ expr: `max by (group) (cartage_listener_waiting_seconds{${of}}) > 0`, legend: '{{group}}' }],
    },
    {
      title: 'Processes that publish',
      about: 'Processes that publish the log of each service. One is right; none stops what others hear.',
      unit: 'none',
      queries: [{ expr: `sum by (service) (cartage_publisher_active{${of}})`, legend: '{{service}}' }],
    },
    {
      title: 'Deadlines',
      about: 'How long the first deadline is due that nobody was told of: holds, retries and promises end late.',
      unit: 's',
      queries: [{ expr: `max by (service) (cartage_deadlines_overdue_seconds{${of}})`, legend: '{{service}}' }],
    },
    {
      title: 'Deadlines that are due',
      about: 'Deadlines that are due and not told yet. Many, with a short wait, are a busy hour; few with a long one are a fault.',
      unit: 'none',
      queries: [{ expr: `max by (service) (cartage_deadlines_overdue{${of}})`, legend: '{{service}}' }],
    },
  ],
};
